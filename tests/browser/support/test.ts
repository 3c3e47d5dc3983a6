// `test` with a server of its own and a watch over every page: what the policy refused, what the console said, what was
// asked of the network. A test fails when any of it was not expected.
import { expect, test as base, type Page } from '@playwright/test';
import { serve } from '../../../tools/serve.mjs';
import { packageFolder, webFolder } from './paths.ts';

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Waits until a page of ours has done all that it does on loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  if (page.url().endsWith('/panel.html')) await expect(page.locator('bearproof-panel .row').first()).toBeVisible();
  if (page.url().endsWith('/live.html')) await expect(page.locator('#unbridged h2')).toBeVisible();
  if (page.url().endsWith('/playground.html')) {
    await expect(page.locator('#outcome')).toContainText(/Valid|Invalid|Unrecognised|Unreadable/);
  }
}

export class Watch {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.complaints.push(`console ${message.type()}: ${message.text()}`);
    });
  }

  /** Counts violations of the policy inside the page too: the event names what the console may leave out. */
  async install(): Promise<void> {
    await this.page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { policyViolations: seen });
      document.addEventListener('securitypolicyviolation', (event) => {
        seen.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { policyViolations: string[] }).policyViolations);
  }
}

/**
 * What a page of a test has in its head, so that the browser asks for no icon: Firefox asks for /favicon.ico unless told
 * otherwise (web/public/head.js), Chromium is refused this one.
 */
export const noIcon = (browserName: string): string =>
  browserName === 'firefox' ? '<link rel="icon" href="about:blank" />' : '';

export const test = base.extend<{ watch: Watch; forgiving: boolean }, { site: Site; packageSite: Site }>({
  site: [
    async ({}, use) => {
      const site = await serve(webFolder);
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  packageSite: [
    async ({}, use) => {
      const site = await serve(packageFolder);
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  /** true: the test provokes complaints and looks at them itself. */
  forgiving: [false, { option: true }],
  watch: [
    async ({ page, forgiving }, use) => {
      const watch = new Watch(page);
      await watch.install();
      await use(watch);
      if (forgiving) return;
      expect(watch.complaints, 'what the console said').toEqual([]);
      if (page.url().startsWith('http')) expect(await watch.violations(), 'what the policy refused').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
