// Everything that the panel can show, and how each of it comes about: for pictures, and for what holds in every state.
import { expect, type Locator, type Page } from '@playwright/test';
import { Panel, type PanelInput } from './panel.ts';
import { apart, bearbrowser, text } from './receipts.ts';
import type { Site } from './test.ts';

export interface Scene {
  /** What has to be in sight. */
  readonly about?: Locator;
  /** Waits until the page is as it has to be, after each change of its size. */
  readonly ready?: () => Promise<void>;
}

const home = '/home/anna/.local';
const receipt = (name: string, change: Record<string, unknown>): PanelInput => ({
  source: `${home}/share/bearbrowser/automation/receipts/${name}.json`,
  label: 'BearBrowser receipts',
  content: text(bearbrowser({ ...apart(`4f1c-${name}`), ...change })),
});

/** Times as a person meets them: minutes ago. */
const now = '2026-03-01T10:20:00Z';
const sessions: PanelInput[] = [
  receipt('prices', {
    displayName: 'price-watcher (playwright smoke)',
    ownerRef: 'urn:srcos:agent:price-watcher',
    policyDecisionRef: 'not-yet-assigned',
    permissionScope: ['read_dom', 'navigate'],
    tabScope: ['https://shop.example.org/list?page=2'],
  }),
  receipt('trip', {
    displayName: 'Book the trip to Lisbon',
    ownerRef: 'urn:srcos:agent:travel-desk',
    policyDecisionRef: 'urn:srcos:decision:trip-17',
    permissionScope: ['read_dom', 'click', 'type', 'use_credentials', 'upload'],
    tabScope: ['https://rail.example.org/booking', 'https://hotel.example.org/'],
    origin: 'remote',
    capturedAt: '2026-03-01T10:12:00Z',
  }),
  receipt('invoices', {
    displayName: 'Fetch this month’s invoices',
    ownerRef: 'urn:srcos:agent:ledger-clerk',
    policyDecisionRef: 'urn:srcos:decision:invoices-4',
    capturedAt: '2026-03-01T09:31:00Z',
  }),
  receipt('forms', {
    displayName: 'Fill in the customs form',
    ownerRef: 'urn:srcos:agent:form-filler',
    status: 'revoked',
    revokedAt: '2026-03-01T10:02:00Z',
    capturedAt: '2026-03-01T08:59:00Z',
  }),
];
const others: PanelInput[] = [
  {
    source: `${home}/state/bearbrowser/automation/agent-runtime/half-written-receipt.json`,
    label: 'BearBrowser agent runtime',
    content: '{ "schemaVersion": "bearbrowser.browser_automation',
  },
  {
    source: `${home}/state/bearbrowser/automation/agent-runtime/decisions.jsonl`,
    label: 'BearBrowser agent runtime',
    lines: true,
    content: ['trip-17', 'invoices-4']
      .map((name) =>
        JSON.stringify({
          schemaVersion: 'bearbrowser.policy-decision.v1',
          decisionId: `urn:srcos:decision:${name}`,
          decision: 'allow',
        }),
      )
      .join('\n'),
  },
];

const label = 'Book the trip to Lisbon';

/** The panel with a host that has no answer yet. */
export async function connected(page: Page, site: Site): Promise<Panel> {
  const panel = new Panel(page, site);
  await panel.open();
  await panel.answerRevocations();
  await panel.show([...sessions, ...others], { now, canStop: true, connection: 'connected', stopSeconds: 600 });
  return panel;
}

/** One press, with the confirmation that is in the middle of the window. */
export async function ask(panel: Panel, from: Locator): Promise<void> {
  await from.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await panel.press(from);
  await expect(panel.confirmation).toBeVisible();
}

async function confirmed(panel: Panel): Promise<string> {
  await ask(panel, panel.row(label).locator('.revoke'));
  await expect(panel.confirm).toHaveClass(/armed/);
  await panel.press(panel.confirm);
  await expect(panel.row(label).locator('.result')).toBeVisible();
  await panel.leave();
  return (await panel.revocations())[0]?.key ?? '';
}

/** Each scene of the panel: how it comes about. */
export const scenes: Record<string, (panel: Panel) => Promise<Scene | void>> = {
  sessions: () => Promise.resolve(),
  open: async (panel) => {
    await panel.opened(panel.row(label));
    await panel.leave();
    return { about: panel.row(label).locator('dl') };
  },
  findings: async (panel) => {
    const row = await panel.opened(panel.row('price-watcher'));
    await row.locator('.rule').first().click();
    await expect(row.locator('.explanation')).toContainText('Why:');
    await panel.leave();
    return { about: row.locator('.explanation').first() };
  },
  others: async (panel) => {
    await panel.host.locator('.others summary').first().click();
    await panel.leave();
    return { about: panel.host.locator('.others') };
  },
  filtered: async (panel) => {
    await panel.host.getByRole('button', { name: /ended/ }).click();
    await panel.leave();
  },
  waiting: async (panel) => {
    await panel.row(label).locator('.open').focus();
    await panel.show([...sessions.slice(1), receipt('new', { displayName: 'Something new', ownerRef: '' })]);
  },
  empty: async (panel) => panel.show([], { connection: 'connected' }).then(() => undefined),
  'no-host': async (panel) => {
    await panel.show([], { connection: 'none', canStop: undefined });
  },
  'no-host-with-sessions': async (panel) => {
    await panel.show(sessions, { connection: 'none', canStop: undefined });
  },
  undeclared: async (panel) => {
    await panel.show([], { remoteControl: true });
  },
  failed: async (panel) => {
    await panel.host.evaluate((host) => {
      (host as unknown as { documents: unknown }).documents = [7];
    });
    await expect(panel.host.locator('.blank.bad')).toBeVisible();
  },
  'confirm-unarmed': async (panel) => {
    await panel.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await ask(panel, panel.row(label).locator('.revoke'));
    return { about: panel.confirmation };
  },
  'confirm-armed': async (panel) => {
    await ask(panel, panel.row(label).locator('.revoke'));
    return { about: panel.confirmation, ready: () => expect(panel.confirm).toHaveClass(/armed/) };
  },
  'confirm-no-stop-command': async (panel) => {
    await panel.set({ canStop: false });
    await ask(panel, panel.row(label).locator('.revoke'));
    return { about: panel.confirmation, ready: () => expect(panel.confirm).toHaveClass(/armed/) };
  },
  'confirm-ended-meanwhile': async (panel) => {
    await ask(panel, panel.row(label).locator('.revoke'));
    await panel.show(sessions.filter(({ source }) => !source.includes('trip')));
    return { about: panel.confirmation };
  },
  'confirm-save': async (panel) => {
    await panel.set({ connection: 'none', canStop: undefined });
    await ask(panel, panel.row(label).locator('.revoke'));
    return { about: panel.confirmation, ready: () => expect(panel.confirm).toHaveClass(/armed/) };
  },
  'confirm-all': async (panel) => {
    await ask(panel, panel.host.locator('.revoke-all'));
    return { about: panel.confirmation, ready: () => expect(panel.confirm).toHaveClass(/armed/) };
  },
  asked: async (panel) => {
    await confirmed(panel);
    return { about: panel.row(label).locator('.result') };
  },
  recorded: async (panel) => {
    await panel.tell(await confirmed(panel), [
      { effect: 'record', ok: true },
      { effect: 'event', ok: true },
    ]);
    return { about: panel.row(label).locator('.result') };
  },
  ended: async (panel) => {
    await panel.tell(
      await confirmed(panel),
      [
        { effect: 'record', ok: true },
        { effect: 'event', ok: true },
        { effect: 'transport', ok: true, detail: 'ended 3 processes' },
        { effect: 'token', ok: true, detail: 'the processes that held it have ended' },
      ],
      true,
    );
    return { about: panel.row(label).locator('.result') };
  },
  'not-confirmed': async (panel) => {
    await panel.tell(
      await confirmed(panel),
      [
        { effect: 'record', ok: true },
        { effect: 'event', ok: false, detail: 'the event log cannot be written: No space left on device' },
        { effect: 'transport', ok: false, detail: 'the stop command ended with 1' },
        { effect: 'token', ok: false, detail: 'the processes that hold it still run' },
      ],
      true,
    );
    return { about: panel.row(label).locator('.result') };
  },
  refused: async (panel) => {
    const detail = 'no receipt with this id lies in the folders';
    await panel.tell(
      await confirmed(panel),
      ['record', 'event', 'transport', 'token'].map((effect) => ({ effect, ok: false, detail })),
      true,
    );
    return { about: panel.row(label).locator('.result') };
  },
  saved: async (panel) => {
    await panel.set({ connection: 'none', canStop: undefined });
    await confirmed(panel);
    return { about: panel.row(label).locator('.result') };
  },
};
