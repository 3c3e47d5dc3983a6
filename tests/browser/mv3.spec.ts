// The package inside a Manifest V3 extension: its page, a module worker of that page, and its service worker, under the
// strictest policy that such an extension can have and still run Wasm.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import type * as Package from 'bearproof';
import { packageFolder } from './support/paths.ts';

const document = '{ "schemaVersion": "bearbrowser.browser_automation_receipt.v1", "userVisible": false, }';

const files = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Bearproof under test',
    version: '1',
    background: { service_worker: 'background.js', type: 'module' },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'",
    },
  }),
  'page.html': '<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="page.js"></script>',
  'page.js': `
    import { load } from './bearproof/index.js';
    addEventListener('securitypolicyviolation', (event) => (window.violation = event.effectiveDirective));
    if (location.hash === '#code') {
      try {
        window.codeFromString = new Function('return "ran"')();
      } catch (error) {
        window.codeFromString = error.name;
      }
    }
    window.inPage = async (text) => (await load()).checkText(text);
    window.inWorker = (text) =>
      new Promise((resolve, reject) => {
        const worker = new Worker('worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(text);
      });`,
  'worker.js': `
    import { load } from './bearproof/index.js';
    addEventListener('message', async ({ data }) => postMessage((await load()).checkText(data)));`,
  'background.js': `
    import { load } from './bearproof/index.js';
    self.check = async (text) => (await load()).checkText(text);`,
};

interface PageWindow {
  inPage(text: string): Promise<string>;
  inWorker(text: string): Promise<string>;
  violation?: string;
  codeFromString?: string;
}

test.describe('Manifest V3', () => {
  let folder: string;
  let context: BrowserContext;
  let expected: string;

  test.beforeAll(async () => {
    const { load } = (await import(pathToFileURL(join(packageFolder, 'index.js')).href)) as typeof Package;
    expected = (await load()).checkText(document);
    folder = mkdtempSync(join(tmpdir(), 'bearproof-mv3-'));
    const extension = join(folder, 'extension');
    mkdirSync(join(extension, 'bearproof'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(extension, name), text);
    for (const name of ['index.js', 'bearproof.wasm'])
      cpSync(join(packageFolder, name), join(extension, 'bearproof', name));
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: process.env['BEARPROOF_CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: ['--no-sandbox', `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
    });
  });

  test.afterAll(async () => {
    await context.close();
    rmSync(folder, { recursive: true });
  });

  const background = async () => context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));

  test('an extension page and its module worker give the report that Node gives', async () => {
    const page = await context.newPage();
    await page.goto(new URL('page.html', (await background()).url()).href);
    const inPage = await page.evaluate((text) => (window as unknown as PageWindow).inPage(text), document);
    expect(inPage).toBe(expected);
    const inWorker = await page.evaluate((text) => (window as unknown as PageWindow).inWorker(text), document);
    expect(inWorker).toBe(expected);
    expect(await page.evaluate(() => (window as unknown as PageWindow).violation)).toBeUndefined();
    expect(JSON.parse(expected)).toMatchObject({ documents: [{ verdict: 'unreadable' }] });
  });

  test('so does the service worker', async () => {
    const worker = await background();
    const report = await worker.evaluate(
      (text) => (self as unknown as { check(text: string): Promise<string> }).check(text),
      document,
    );
    expect(report).toBe(expected);
  });

  test('the policy was in force', async () => {
    const page = await context.newPage();
    await page.goto(new URL('page.html#code', (await background()).url()).href);
    expect(await page.evaluate(() => (window as unknown as PageWindow).codeFromString)).toBe('EvalError');
    expect(await page.evaluate(() => (window as unknown as PageWindow).violation)).toBe('script-src');
  });
});
