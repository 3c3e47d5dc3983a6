// Pictures of one scene in all widths and both themes, and all of them on sheets, to be looked at together.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { root } from './paths.ts';

export const folder = process.env['BEARPROOF_PICTURES'] ?? join(root, 'build/pictures');
export const widths = [220, 320, 768, 1280] as const;
export type Width = (typeof widths)[number];
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** As tall as a sidebar on a small screen, or a window on a laptop. */
export const heightOf = (width: number): number => (width < 500 ? 640 : 600);

interface Shot {
  readonly width: number;
  readonly theme: Theme;
  readonly file: string;
}

/** What stands beside what: narrow ones together, so that a sheet can be read without being scaled down. */
const sheets: Record<string, (shot: Shot) => boolean> = {
  narrow: ({ width }) => width < 1000,
  wide: ({ width }) => width >= 1000,
};

/**
 * Takes the pictures of a scene: `FOLDER/BROWSER/SCENE/THEME-WIDTH.png`, and the sheets `FOLDER/BROWSER-SCENE-SHEET.png`.
 * @param shoot  makes one picture
 */
export async function take(
  browser: Browser,
  name: string,
  scene: string,
  shoot: (file: string, width: Width, theme: Theme) => Promise<void>,
): Promise<void> {
  const own = join(folder, name, scene);
  mkdirSync(own, { recursive: true });
  const shots: Shot[] = [];
  for (const theme of themes) {
    for (const width of widths) {
      const file = join(own, `${theme}-${width}.png`);
      await shoot(file, width, theme);
      shots.push({ width, theme, file });
    }
  }
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  for (const [sheet, belongs] of Object.entries(sheets)) {
    const images = shots.filter(belongs).map(({ file }) => {
      const source = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
      return `<img src="${source}" style="margin:4px;vertical-align:top;outline:1px solid #888">`;
    });
    await page.setContent(`<body style="margin:0;background:#777">${images.join('')}</body>`);
    await page.screenshot({ path: join(folder, `${name}-${scene}-${sheet}.png`), fullPage: true });
  }
  await page.close();
}
