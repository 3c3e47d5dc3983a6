// The page that ./dev run ends on: real hosts, simulated agents with real processes.
import { existsSync, readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { Bridge } from '../../tools/live/bridge.mjs';
import { builtHost } from '../../tools/live/host.mjs';
import { serve } from '../../tools/serve.mjs';
import { webFolder } from './support/paths.ts';
import { faults, sizes } from './support/axe.ts';
import { expect, settled, test as base } from './support/test.ts';

interface Live {
  readonly url: string;
  readonly bridge: Bridge;
  /** What the terminal was told. */
  readonly said: readonly string[];
  /** The agent's receipt as it is on disk. */
  receipt(role: string): Record<string, string>;
  /** The statuses of its records in the log. */
  logged(role: string): string[];
  stop(): Promise<void>;
}

async function startLive(): Promise<Live> {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const bridge = await Bridge.start({ ...builtHost, page: `${webFolder}/live.html`, say });
  const site = await serve(webFolder, { bridge });
  const agent = (role: string) => bridge.agents.agent(role)!;
  return {
    url: `${site.url}live.html`,
    bridge,
    said,
    receipt: (role) => JSON.parse(readFileSync(agent(role).path, 'utf8')) as Record<string, string>,
    logged: (role) =>
      readFileSync(bridge.agents.places.log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>)
        .filter(({ receiptId }) => receiptId === agent(role).receipt.receiptId)
        .map(({ status }) => status!),
    stop: async () => {
      await bridge.close();
      await site.close();
    },
  };
}

const test = base.extend<{ live: Live }>({
  live: async ({}, use) => {
    const live = await startLive();
    await use(live);
    await live.stop();
  },
});

const panelOf = (page: Page): Locator => page.locator('bearproof-panel');
const rows = (page: Page): Locator => panelOf(page).getByRole('listitem');
const row = (page: Page, label: string | RegExp): Locator =>
  page.locator('bearproof-panel .row').filter({ has: page.getByRole('heading', { name: label }) });
const processOf = (page: Page, role: string): Locator => page.locator(`#agents [data-role="${role}"]`);

/** Presses a button that counts only when it has stood still: again, as a person would, when something moved meanwhile. */
async function press(button: Locator): Promise<void> {
  await expect(async () => {
    await expect(button).toHaveAttribute('aria-disabled', 'false');
    await button.click();
    await expect(button).toBeHidden({ timeout: 1000 });
  }).toPass();
}

/** Milliseconds from the confirmation of a revocation until the card says that the transport ended, as the page sees it. */
function timed(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((settle) => {
        const panel = document.querySelector('bearproof-panel')!;
        panel.addEventListener('bearproof-revoke', () => {
          const start = performance.now();
          const look = () => {
            const told = [...panel.shadowRoot!.querySelectorAll('.headline')].some(({ textContent }) =>
              textContent.includes('the transport ended'),
            );
            if (told) settle(Math.round(performance.now() - start));
            else requestAnimationFrame(look);
          };
          look();
        });
      }),
  );
}

async function open(page: Page, live: Live): Promise<void> {
  await page.goto(live.url);
  await expect(panelOf(page).locator('.connection')).toHaveText('Live');
  await expect(row(page, /Fetch this month/)).toBeVisible();
}

test('three sessions stand with what they are, each with its process', async ({ page, live }) => {
  await open(page, live);
  await expect(row(page, /Fetch this month/)).toContainText('Consistent');
  await expect(row(page, /Book the trip/)).toContainText('sign in as you');
  await expect(row(page, /price-watcher/)).toContainText('Not admitted');
  for (const { role, pid } of live.bridge.agents.state) {
    await expect(processOf(page, role)).toContainText(`process ${pid}`);
    expect(existsSync(`/proc/${pid}`)).toBe(true);
  }
  expect(await rows(page).count()).toBeGreaterThanOrEqual(3);
});

test('Revoke, once confirmed, is on disk and in the log, the process has ended, and the card says so', async ({
  page,
  live,
}) => {
  await open(page, live);
  const [agent] = live.bridge.agents.state.filter(({ role }) => role === 'invoices');
  const pid = agent!.pid;
  const card = row(page, /Fetch this month/);
  await card.getByRole('button', { name: /^Revoke/ }).click();
  const confirm = panelOf(page).getByRole('alertdialog');
  await expect(confirm).toContainText('urn:srcos:agent:ledger-clerk');
  const took = timed(page);
  await press(confirm.getByRole('button', { name: 'Revoke / Kill session' }));
  await expect(card).toContainText('Revoked: the transport ended.');
  expect(existsSync(`/proc/${pid}`)).toBe(false);
  test.info().annotations.push({ type: 'revocation', description: `${await took} ms` });
  expect(await took).toBeLessThan(1000);

  await expect.poll(() => live.logged('invoices')).toEqual(['active', 'revoked', 'failed']);
  expect(live.receipt('invoices')['revokedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(readFileSync(live.bridge.agents.places.events, 'utf8')).toContain('automation.action_denied');
  await expect(processOf(page, 'invoices')).toContainText(/ended by SIG(TERM|KILL)/);
  await expect(card).toContainText('Revoked');
  expect(live.said.join('\n')).toMatch(
    new RegExp(`ledger-clerk: process ${pid} has ended by SIG\\w+; its receipt records`),
  );
  // Nobody else was touched.
  for (const { role, running } of live.bridge.agents.state) expect(running, role).toBe(role !== 'invoices');
});

test('an agent is started again from the page, and its new session appears at once', async ({ page, live }) => {
  await open(page, live);
  const again = page.getByRole('button', { name: 'Start again: ledger-clerk' });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await live.bridge.agents.agent('invoices')!.end();
  await expect(again).toHaveAttribute('aria-disabled', 'false');
  await expect(row(page, /Fetch this month/).getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  const start = performance.now();
  await again.click();
  await expect(row(page, /Fetch this month/).getByRole('button', { name: /^Revoke/ })).toHaveCount(1);
  test.info().annotations.push({ type: 'appeared', description: `${Math.round(performance.now() - start)} ms` });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await expect(again).toBeFocused();
  expect(live.bridge.agents.state.every(({ running }) => running)).toBe(true);
});

test.describe('when the server is gone', () => {
  // The console reports requests that nobody answers.
  test.use({ forgiving: true });
  test('a page that loses its server says so, and keeps what it knows', async ({ page, live }) => {
    await open(page, live);
    await live.stop();
    await expect(panelOf(page).locator('.connection')).not.toHaveText('Live');
    await expect(row(page, /Fetch this month/)).toBeVisible();
  });
});

test.describe('on a server without a bridge', () => {
  for (const theme of ['Light', 'Dark']) {
    test(`the page says what it needs, ${theme.toLowerCase()}`, async ({ page, site, watch }) => {
      await page.setViewportSize(sizes.narrow);
      await page.goto(`${site.url}live.html`);
      await settled(page);
      await page.getByRole('radio', { name: theme }).check();
      await expect(page.locator('main')).toContainText('./dev run');
      await expect(panelOf(page)).toBeHidden();
      expect(await faults(page)).toEqual([]);
      expect(watch.requests.filter((url) => url.includes('/bridge/'))).toEqual([]);
      await page.getByRole('link', { name: 'See sample sessions here' }).click();
      await expect(page).toHaveURL(/panel\.html$/);
    });
  }
});

for (const theme of ['Light', 'Dark']) {
  for (const [name, size] of Object.entries(sizes)) {
    test(`axe finds nothing on live sessions, ${theme.toLowerCase()}, ${name}`, async ({ page, live }) => {
      await page.setViewportSize(size);
      await open(page, live);
      await page.getByRole('radio', { name: theme }).check();
      expect(await faults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      await row(page, /Fetch this month/)
        .getByRole('button', { name: /^Revoke/ })
        .click();
      expect(await faults(page)).toEqual([]);
    });
  }
}
