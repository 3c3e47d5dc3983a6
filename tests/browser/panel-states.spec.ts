// What holds in every state of the panel.
import { faults, sizes } from './support/axe.ts';
import { connected, scenes } from './support/scenes.ts';
import { expect, test } from './support/test.ts';

for (const [name, reach] of Object.entries(scenes)) {
  test(`axe finds nothing, and nothing sticks out: ${name}`, async ({ page, site }) => {
    const panel = await connected(page, site);
    const scene = (await reach(panel)) ?? {};
    for (const theme of ['light', 'dark'] as const) {
      await panel.host.evaluate((host, theme) => Object.assign(host, { theme }), theme);
      await scene.ready?.();
      expect(await faults(page), theme).toEqual([]);
    }
    for (const width of [220, 320, 768]) {
      await page.setViewportSize({ ...sizes.narrow, width });
      const wider = await panel.host.evaluate((host) =>
        [
          host,
          ...(host.shadowRoot?.querySelectorAll<HTMLElement>('section, .bar, .row, .face, .confirm, .result') ?? []),
        ]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ className, tagName }) => `${tagName} ${className}`),
      );
      expect(wider, `${width} pixels`).toEqual([]);
    }
  });
}
