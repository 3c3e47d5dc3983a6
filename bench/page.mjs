// Page load to first verdict in Chromium: the package and a receipt from localhost, under the pages' own policy.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { serve } from '../tools/serve.mjs';
import { root } from './contenders.mjs';
import { folder } from './corpora.mjs';
import { median } from './measure.mjs';
import { receiptLines } from './receipts.mjs';

/**
 * Twice the same: the module's bytes handed over when all of them are there, and the module loaded by the package, which
 * has it compiled while it arrives. "After the bytes" begins with the last byte of whatever was fetched.
 */
const scripts = {
  handed: `import { load } from './bearproof/index.js';
const bytes = async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer());
const [wasm, receipt] = await Promise.all([bytes('./bearproof/bearproof.wasm'), bytes('./receipt.json')]);
const start = performance.now();
const bearproof = await load({ wasm });
const loaded = performance.now();
const { verdict } = bearproof.check(receipt).documents[0];
const end = performance.now();
window.measured = { verdict, load: loaded - start, check: end - loaded, afterBytes: end - start, sinceNavigation: end };
`,
  streamed: `import { load } from './bearproof/index.js';
const receipt = fetch('./receipt.json').then((response) => response.arrayBuffer());
const bearproof = await load();
const text = new Uint8Array(await receipt);
const loaded = performance.now();
const { verdict } = bearproof.check(text).documents[0];
const end = performance.now();
await new Promise((done) => setTimeout(done)); // until then the last file's times may not be told
const start = Math.max(...performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd));
window.measured = { verdict, load: loaded - start, check: end - loaded, afterBytes: end - start, sinceNavigation: end };
`,
};

/** @returns {Promise<Record<keyof scripts, object> | undefined>} medians in milliseconds; nothing without Chromium */
export const measurePage = async (rounds) => {
  const executablePath = process.env.BEARPROOF_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return undefined;
  const site = join(folder, 'page');
  mkdirSync(site, { recursive: true });
  cpSync(join(root, 'build/npm/bearproof'), join(site, 'bearproof'), { recursive: true });
  writeFileSync(join(site, 'receipt.json'), receiptLines(1, { dialect: 'sourceos-v2' }));
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(site, `${name}.js`), script);
    writeFileSync(join(site, `${name}.html`), `<!doctype html><script type="module" src="${name}.js"></script>`);
  }
  const server = await serve(site);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const all = Object.fromEntries(Object.keys(scripts).map((name) => [name, []]));
  const measure = async (name) => {
    const context = await browser.newContext(); // nothing is cached
    const page = await context.newPage();
    await page.goto(`${server.url}${name}.html`);
    const measured = await page.waitForFunction(() => window.measured).then((handle) => handle.jsonValue());
    if (measured.verdict !== 'valid') throw new Error(`the page says ${measured.verdict}`);
    await context.close();
    return measured;
  };
  try {
    for (let round = -1; round < rounds; ++round) {
      for (const name of Object.keys(scripts)) {
        const measured = await measure(name);
        if (round >= 0) all[name].push(measured);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  const times = ['load', 'check', 'afterBytes', 'sinceNavigation'];
  const medians = (list) => Object.fromEntries(times.map((time) => [time, median(list.map((one) => one[time]))]));
  return Object.fromEntries(Object.entries(all).map(([name, list]) => [name, medians(list)]));
};
