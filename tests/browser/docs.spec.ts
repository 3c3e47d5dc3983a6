// The pages that README and docs/panel.md show, as their readers would make them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../tools/serve.mjs';
import { makeProject, scriptOf } from '../package/doc-blocks.mjs';
import { Panel } from './support/panel.ts';
import { root } from './support/paths.ts';
import { expect, noIcon, test, type Site } from './support/test.ts';

let project: string;
let site: Site;
test.beforeAll(async () => {
  project = makeProject();
  site = await serve(project);
});
test.afterAll(async () => {
  await site.close();
  rmSync(project, { recursive: true });
});

/** Writes page.html and page.js of a document. Nothing resolves a package's name in a page: it is its path there. */
const writePage = (document: string, browserName: string) => {
  const [, html] = /^```html\n(.*?)^```$/ms.exec(readFileSync(join(root, document), 'utf8')) ?? [];
  const script = scriptOf(document).replaceAll("'bearproof/panel'", "'./npm/bearproof/panel/index.js'");
  const page = (html ?? '').replaceAll('"bearproof/', '"npm/bearproof/');
  const head = page.includes('<!doctype') ? '' : '<!doctype html><meta charset="utf-8"><title>Sessions</title>';
  const loader = page.includes('page.js') ? '' : '<script type="module" src="page.js"></script>';
  writeFileSync(
    join(project, 'page.html'),
    `${head}${page}${loader}`.replace(/<!doctype html>/i, `$&${noIcon(browserName)}`),
  );
  writeFileSync(join(project, 'page.js'), script);
};

test('the page of README shows a session', async ({ page, browserName }) => {
  writePage('README.md', browserName);
  await page.goto(`${site.url}page.html`);
  const panel = new Panel(page, site);
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.standing(panel.rows.first())).toHaveText('Not admitted');
});

test('the page of docs/panel.md carries out a revocation', async ({ page, browserName }) => {
  writePage('docs/panel.md', browserName);
  await page.goto(`${site.url}page.html`);
  const panel = new Panel(page, site);
  const row = panel.rows.first();
  await expect(row).toBeVisible();
  await panel.host.evaluate((host) => Object.assign(host, { canStop: false }));
  await panel.askToRevoke(row);
  await panel.press(panel.confirm);
  await expect(row).toContainText('no stop command');
});
