// picture.mjs [FILE]: takes the picture of README, docs/images/panel.png, from the live page as ./dev run serves it: real host,
// simulated agents, one of them just revoked. Needs Chromium and the packages of the tests.
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { serve } from '../serve.mjs';
import { Bridge } from './bridge.mjs';
import { builtHost } from './host.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const file = process.argv[2] ?? here('../../docs/images/panel.png');
const folder = here('../../build/web');

const bridge = await Bridge.start({ ...builtHost, page: `${folder}/live.html` });
const site = await serve(folder, { bridge });
const browser = await chromium.launch({
  executablePath: process.env.BEARPROOF_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
  });
  await page.goto(`${site.url}live.html`);
  const panel = page.locator('bearproof-panel');
  await panel.getByRole('button', { name: /^Revoke Fetch/ }).click();
  const confirm = panel.getByRole('alertdialog').getByRole('button', { name: 'Revoke / Kill session' });
  await page.waitForFunction(
    (button) => button?.getAttribute('aria-disabled') === 'false',
    await confirm.elementHandle(),
  );
  await confirm.click();
  await panel.getByText('Revoked: the transport ended.').waitFor();
  await page
    .locator('#agents')
    .getByText(/ended by SIG/)
    .waitFor();
  await page.mouse.move(0, 0);
  const main = await page.locator('main').boundingBox();
  if (!main) throw new Error('the page has no main part');
  const [top, height] = [Math.floor(main.y), Math.ceil(main.height)];
  await page.setViewportSize({ width: 1280, height: top + height });
  await page.screenshot({ path: file, clip: { x: 64, y: top, width: 1152, height } });
} finally {
  await browser.close();
  await bridge.close();
  await site.close();
}
