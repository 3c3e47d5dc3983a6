// What a person sees of live consent: a picture of each page and of each state of a revocation, see pictures.config.ts.
// Tests only by their form: they fail where a scene cannot be reached.
import type { Browser, Page } from '@playwright/test';
import { Bridge } from '../../tools/live/bridge.mjs';
import { builtHost } from '../../tools/live/host.mjs';
import { serve } from '../../tools/serve.mjs';
import { heightOf, take, type Theme } from './support/album.ts';
import { Panel } from './support/panel.ts';
import { webFolder } from './support/paths.ts';
import { ask, connected, scenes, type Scene } from './support/scenes.ts';
import { expect, test } from './support/test.ts';

// What takes a picture in Firefox adds an inline style, which the pages' policy refuses and the console tells.
test.use({ forgiving: true });

/** Chooses a theme without moving focus or pointer. */
const choose = (page: Page, theme: Theme) =>
  page.evaluate((theme) => document.querySelector<HTMLInputElement>(`#theme input[value="${theme}"]`)?.click(), theme);

async function album(page: Page, browser: Browser, name: string, { about, ready }: Scene = {}): Promise<void> {
  await take(browser, browser.browserType().name(), name, async (file, width, theme) => {
    await page.setViewportSize({ width, height: heightOf(width) });
    await choose(page, theme);
    if (about) await about.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    else await page.evaluate(() => window.scrollTo(0, 0));
    await ready?.();
    await page.waitForTimeout(50);
    // Hiding the caret would take an inline style.
    await page.screenshot({ path: file, caret: 'initial' });
  });
}

test.describe('panel', () => {
  for (const [name, reach] of Object.entries(scenes)) {
    test(`panel-${name}`, async ({ page, browser, site }) => {
      const panel = await connected(page, site);
      await album(page, browser, `panel-${name}`, (await reach(panel)) ?? {});
    });
  }

  test('panel-samples', async ({ page, browser, site }) => {
    await new Panel(page, site).open();
    await album(page, browser, 'panel-samples');
  });
});

test('live', async ({ page, browser }) => {
  const bridge = await Bridge.start({ ...builtHost, page: `${webFolder}/live.html` });
  const site = await serve(webFolder, { bridge });
  try {
    await page.goto(`${site.url}live.html`);
    const panel = new Panel(page, site);
    await expect(panel.rows).toHaveCount(3);
    await album(page, browser, 'live');
    await page.setViewportSize({ width: 1280, height: 800 });
    await ask(panel, panel.row('invoices').locator('.revoke'));
    await album(page, browser, 'live-confirm', {
      about: panel.confirmation,
      ready: () => expect(panel.confirm).toHaveClass(/armed/),
    });
    await panel.press(panel.confirm);
    await expect(panel.host.getByText('Revoked: the transport ended.')).toBeVisible();
    await page.mouse.move(2, 2);
    await album(page, browser, 'live-ended', { about: panel.host.locator('.result') });
  } finally {
    await page.goto('about:blank');
    await bridge.close();
    await site.close();
  }
});

test('live-unbridged', async ({ page, browser, site }) => {
  await page.goto(`${site.url}live.html`);
  await album(page, browser, 'live-unbridged');
});

test('home', async ({ page, browser, site }) => {
  await page.goto(site.url);
  await album(page, browser, 'home');
});
