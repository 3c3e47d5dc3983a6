// Page load to first verdict in Chromium: the package and a receipt from localhost, under the pages' own policy.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { serve } from '../tools/serve.mjs';
import { root } from './contenders.mjs';
import { folder } from './corpora.mjs';
import { median } from './measure.mjs';
import { receiptLines } from './receipts.mjs';

const script = `import { load } from './bearproof/index.js';
const wasm = await (await fetch('./bearproof/bearproof.wasm')).arrayBuffer();
const receipt = new Uint8Array(await (await fetch('./receipt.json')).arrayBuffer());
const start = performance.now();
const bearproof = await load({ wasm: new Uint8Array(wasm) });
const loaded = performance.now();
const verdict = bearproof.check(receipt).documents[0].verdict;
const end = performance.now();
window.measured = { verdict, load: loaded - start, check: end - loaded, afterBytes: end - start, sinceNavigation: end };
`;

/** @returns {Promise<object | undefined>} medians in milliseconds; nothing where Chromium cannot be started */
export const measurePage = async (rounds) => {
  const executablePath = process.env.BEARPROOF_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return undefined;
  const site = join(folder, 'page');
  mkdirSync(site, { recursive: true });
  cpSync(join(root, 'build/npm/bearproof'), join(site, 'bearproof'), { recursive: true });
  writeFileSync(join(site, 'receipt.json'), receiptLines(1, { dialect: 'sourceos-v2' }));
  writeFileSync(join(site, 'page.js'), script);
  writeFileSync(join(site, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  const server = await serve(site);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const all = [];
  try {
    for (let round = -1; round < rounds; ++round) {
      const context = await browser.newContext(); // nothing is cached
      const page = await context.newPage();
      await page.goto(server.url);
      const measured = await page.waitForFunction(() => window.measured).then((handle) => handle.jsonValue());
      if (measured.verdict !== 'valid') throw new Error(`the page says ${measured.verdict}`);
      if (round >= 0) all.push(measured);
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  const middle = (name) => median(all.map((one) => one[name]));
  return Object.fromEntries(['load', 'check', 'afterBytes', 'sinceNavigation'].map((name) => [name, middle(name)]));
};
