// The pages for everyone: axe, keyboard alone, narrow windows, forced colours, no motion.
import { faults, sizes } from './support/axe.ts';
import { Panel } from './support/panel.ts';
import { Playground } from './support/playground.ts';
import { expect, settled, test } from './support/test.ts';

for (const theme of ['Light', 'Dark']) {
  for (const [name, size] of Object.entries(sizes)) {
    test(`axe finds nothing, ${theme.toLowerCase()}, ${name}`, async ({ page, site }) => {
      test.setTimeout(180_000);
      await page.setViewportSize(size);
      await page.goto(site.url);
      await page.getByRole('radio', { name: theme }).check();
      expect(await faults(page)).toEqual([]);

      const panel = new Panel(page, site);
      await panel.open();
      await expect(page.getByRole('radio', { name: theme })).toBeChecked();
      await panel.rows.nth(1).locator('.open').press('Enter');
      await panel.rows.first().locator('.open').press('Enter');
      await panel.host.locator('.rule').first().press('Enter');
      await expect(panel.host.locator('.explanation')).toContainText('Why:');
      expect(await faults(page)).toEqual([]);

      const playground = new Playground(page, site);
      await playground.open();
      expect(await faults(page)).toEqual([]);
      for (const tab of ['Report', 'Command line', 'Rule']) {
        await playground.tab(tab).click();
        expect(await faults(page)).toEqual([]);
      }
      await playground.tab('Findings').click();
      await page.locator('#findings .link').first().click();
      expect(await faults(page)).toEqual([]);
    });
  }
}

test('axe itself finds what is wrong', async ({ page, site }) => {
  await page.goto(site.url);
  await page.evaluate(() => document.querySelector('h1')?.after(document.createElement('button')));
  expect((await faults(page)).join('\n')).toContain('button-name');
});

for (const name of ['index.html', 'live.html', 'panel.html', 'playground.html']) {
  for (const width of [320, 400, 768, 1280]) {
    test(`${name} fits ${width} pixels`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 640 });
      await page.goto(site.url + name);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      // Nothing of a row sticks out of it either.
      const sticking = await page.evaluate(() => {
        const cards = document.querySelector('bearproof-panel')?.shadowRoot?.querySelectorAll('.row, .face') ?? [];
        return [...cards].filter((card) => card.scrollWidth > card.clientWidth + 1).length;
      });
      expect(sticking).toBe(0);
    });
  }
}

test('the panel stands in 220 pixels, a narrow sidebar', async ({ page, site }) => {
  const panel = new Panel(page, site);
  await panel.open();
  await panel.host.evaluate((element) => (element.style.width = '220px'));
  const overflow = await panel.host.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the keyboard alone reaches everything on the panel page, and the focus shows', async ({ page, site }) => {
  const panel = new Panel(page, site);
  await panel.open();
  const expected = await panel.host.locator('summary:visible, button:enabled:visible').count();
  const seen = new Set<string>();
  let invisible = 0;
  for (let i = 0; i < expected + 20; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return null;
      const shown = element.matches('input') ? (element.nextElementSibling ?? element) : element;
      const style = getComputedStyle(element.matches('input[type=file]') ? (element.parentElement as Element) : shown);
      const box = element.getBoundingClientRect();
      return {
        name: `${element.tagName} ${element.textContent?.trim().slice(0, 80) ?? ''} ${Math.round(box.y + scrollY)} ${Math.round(box.x)}`,
        inPanel: document.activeElement?.tagName === 'BEARPROOF-PANEL',
        // A row's button shows its focus around the row.
        outlined: [style, getComputedStyle(element, '::after')].some(
          ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
        ),
      };
    });
    if (!focus) break;
    if (focus.inPanel) seen.add(focus.name);
    if (!focus.outlined) invisible++;
  }
  expect(seen.size).toBe(expected);
  expect(invisible).toBe(0);
});

test('nothing moves by itself', async ({ page, site }) => {
  for (const name of ['index.html', 'live.html', 'panel.html']) {
    await page.goto(site.url + name);
    await settled(page);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    const moving = await page.evaluate(() => {
      const roots: (Document | ShadowRoot)[] = [document];
      const inner = document.querySelector('bearproof-panel')?.shadowRoot;
      if (inner) roots.push(inner);
      return roots
        .flatMap((root) => [...root.querySelectorAll('*')])
        .filter((element) => {
          const style = getComputedStyle(element);
          return style.animationName !== 'none' || /[1-9]/.test(style.transitionDuration);
        }).length;
    });
    expect(moving).toBe(0);
  }
});

test('standings differ by word and by shape, not by colour alone', async ({ page, site }) => {
  const panel = new Panel(page, site);
  await panel.open();
  const shapes = new Map<string, string>();
  for (const card of await panel.rows.all()) {
    const word = (await panel.standing(card).innerText()).trim();
    shapes.set(
      word,
      await card
        .locator('.standing svg > *')
        .evaluateAll((shapes) => shapes.map((shape) => shape.getAttribute('d') ?? shape.tagName).join()),
    );
  }
  expect([...shapes.keys()].sort()).toEqual(['Consistent', 'Needs attention', 'Not admitted']);
  expect(new Set(shapes.values()).size).toBe(3);
});

test('in forced colours what is not admitted still stands out', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'skipped: the stock Firefox cannot be told to force colours from outside');
  await page.emulateMedia({ forcedColors: 'active' });
  const panel = new Panel(page, site);
  await panel.open();
  const width = (selector: string) =>
    panel.host
      .locator(selector)
      .first()
      .evaluate((card) => getComputedStyle(card).borderInlineStartWidth);
  expect(await width('.row.not-admitted:not(.ended)')).toBe('4px');
  expect(await width('.row.consistent')).toBe('1px');
});

test('without a choice the theme follows the system', async ({ page, site, browserName }) => {
  test.skip(browserName === 'firefox', 'skipped: the stock Firefox cannot be given a colour scheme from outside');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(site.url);
  expect(await background()).toBe('rgb(236, 239, 245)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe('rgb(10, 14, 24)');
});
