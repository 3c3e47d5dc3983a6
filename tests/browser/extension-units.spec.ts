// The extension's parts that need no browser: what the toolbar button says, and the relay between the host and the pages.
import { expect, test } from '@playwright/test';
import { buttonText, colors, type ButtonState, type Sums } from '../../web/extension/badge.ts';
import { entriesOf, Relay } from '../../web/extension/relay.ts';
import { HostClient, type Change, type HostListener, type RevokeProgress } from '../../web/live/host-client.ts';

const none: Sums = { active: 0, unstated: 0, notAdmitted: 0, needsAttention: 0, unreadable: 0 };
const state = (change: Partial<ButtonState> & { sums?: Sums | undefined } = {}): ButtonState => ({
  connection: 'connected',
  sums: none,
  undeclaredAutomation: false,
  failure: undefined,
  ...change,
});

test.describe('the toolbar button', () => {
  test('is empty and calm when nothing runs', () => {
    expect(buttonText(state())).toEqual({
      text: '',
      color: colors.calm,
      title: 'Bearproof: no automation session is active',
    });
  });

  test('counts sessions that have not ended, those that do not say included', () => {
    const sums = { ...none, active: 2, unstated: 1, needsAttention: 1 };
    expect(buttonText(state({ sums }))).toEqual({
      text: '3',
      color: colors.calm,
      title: 'Bearproof: 3 automation sessions; 1 needs attention',
    });
  });

  test('is red with a mark, and says why, for each thing that is not admitted', () => {
    const red = (change: Partial<ButtonState>, text: string, words: string) => {
      const button = buttonText(state(change));
      expect(button).toMatchObject({ text, color: colors.alarm });
      expect(button.title).toContain(words);
    };
    red({ sums: { ...none, active: 2, notAdmitted: 1 } }, '2!', '2 automation sessions; 1 not admitted');
    red({ sums: { ...none, unreadable: 2 } }, '!', '2 documents could not be read');
    red({ undeclaredAutomation: true }, '!', 'this browser is under remote control that no receipt declares');
    red({ undeclaredAutomation: true, sums: { ...none, active: 1 } }, '1!', '1 automation session');
    red({ failure: 'no WebAssembly', sums: undefined }, '!', 'the rule core does not run: no WebAssembly');
    red({ undeclaredAutomation: true, connection: 'none' }, '!', 'no host is connected');
  });

  test('never shows more than four characters', () => {
    for (const active of [0, 1, 9, 10, 99, 100, 12_345, 2 ** 40]) {
      for (const notAdmitted of [0, 1]) {
        for (const connection of ['connected', 'connecting', 'none'] as const) {
          const { text } = buttonText(state({ connection, sums: { ...none, active, notAdmitted } }));
          expect(text.length).toBeLessThanOrEqual(4);
          if (notAdmitted) expect(text).toMatch(/!$/);
        }
      }
    }
    expect(buttonText(state({ sums: { ...none, active: 100 } })).text).toBe('99+');
    expect(buttonText(state({ sums: { ...none, active: 12_345 } })).title).toContain('12,345 automation sessions');
  });

  test('without a host it does not say that nothing runs', () => {
    const button = buttonText(state({ connection: 'none' }));
    expect(button).toEqual({
      text: '?',
      color: colors.unknown,
      title: 'Bearproof: no host is connected, so sessions on this machine are not seen',
    });
    const lost = buttonText(state({ connection: 'none', sums: { ...none, active: 2 } }));
    expect(lost.text).toBe('2?');
    expect(lost.title).toContain('2 automation sessions; no host is connected');
    expect(buttonText(state({ connection: 'connecting', sums: undefined }))).toMatchObject({
      text: '',
      title: 'Bearproof: connecting to the host',
    });
  });
});

/** A host, the background's client and relay, and a page's client, each end in this process. */
class Chain {
  host: HostListener | undefined;
  readonly toHost: Record<string, unknown>[] = [];
  #sequence = 0;
  readonly background: HostClient;
  readonly relay: Relay;
  readonly reports: string[] = [];

  constructor() {
    this.relay = new Relay(() => this.background);
    const add = this.relay.add.bind(this.relay);
    this.relay.add = (port) => {
      this.pages++;
      return add(port);
    };
    this.background = new HostClient(
      (listener) => {
        this.host = listener;
        return { send: (message) => void this.toHost.push(message as Record<string, unknown>), close: () => undefined };
      },
      {
        client: 'background',
        onDocuments: () => undefined,
        onComplete: this.relay.onComplete,
        onChange: this.relay.onChange,
        onConnection: this.relay.onConnection,
        onReport: (report) => this.reports.push(`background: ${report}`),
        backoff: { first: 5, longest: 5 },
      },
    );
    this.background.start();
  }

  welcome(documents: object[]): void {
    this.#sequence = 0;
    const folders = [{ path: '/r', label: 'Receipts', exists: true }];
    this.host?.message({ type: 'welcome', version: 1, program: 'host', folders, canStop: true, stopSeconds: 7 });
    this.host?.message({ type: 'documents', sequence: ++this.#sequence, complete: true, documents });
  }
  change(entry: object): void {
    this.host?.message({ type: 'change', sequence: ++this.#sequence, ...entry });
  }

  /** How many pages have connected. */
  pages = 0;

  /** @param relay  the one that is there when the page connects */
  page(relay = () => this.relay): { client: HostClient; connections: unknown[]; end(): void; cut(): void } {
    const connections: unknown[] = [];
    let end = (): void => undefined;
    let cut = (): void => undefined;
    const client = new HostClient(
      (listener) => {
        cut = () => listener.closed();
        const page = relay().add({
          // As the browser's ports do: what arrives is a copy.
          postMessage: (message) => {
            const copy = JSON.parse(JSON.stringify(message)) as Record<string, unknown>;
            if (copy['type'] === 'connection') connections.push(copy['connection']);
            else listener.message(copy);
          },
        });
        end = () => page.end();
        return { send: (message) => page.receive(message), close: () => page.end() };
      },
      {
        client: 'page',
        onDocuments: () => undefined,
        onReport: (report) => this.reports.push(`page: ${report}`),
        backoff: { first: 5, longest: 5 },
      },
    );
    client.start();
    return { client, connections, end: () => end(), cut: () => cut() };
  }
}

const big = (characters: number) => '🐻'.repeat(characters / 2);

test.describe('the relay', () => {
  test('gives pages what the background has, and every change', () => {
    const chain = new Chain();
    const early = chain.page();
    expect(early.client.connection, 'nothing is known before the host answers').toBe('connecting');
    chain.welcome([
      { source: '/r/a', content: 'Grüße' },
      { source: '/r/log', content: '1\n', lines: true },
      { source: '/r/bytes', base64: 'AP8=' },
      { source: '/r/huge', oversized: 1e9 },
      { source: '/r/big', content: big(3_000_000), part: 1, parts: 2 },
      { source: '/r/big', content: 'end', part: 2, parts: 2 },
    ]);
    const late = chain.page();
    chain.change({ source: '/r/log', lines: true, content: '2\n', line: 2, offset: 2 });
    chain.change({ source: '/r/log', lines: true, base64: '/wo=', line: 3, offset: 4 });
    chain.change({ source: '/r/a', content: 'changed' });
    chain.change({ source: '/r/huge', content: null });
    chain.change({ source: '/r/rotated', lines: true, content: 'x\n', line: 5, offset: 50, reset: true });
    chain.change({ source: '/r/rotated', lines: true, content: 'y\n', line: 6, offset: 52 });
    const later = chain.page();
    chain.change({ source: '/r/rotated', lines: true, content: 'z\n', line: 7, offset: 54 });
    expect(chain.reports).toEqual([]);
    expect(chain.background.documents).toHaveLength(5);
    for (const { client } of [early, late, later]) {
      expect(client.documents).toEqual(chain.background.documents);
      expect(client.welcome).toEqual(chain.background.welcome);
    }
    expect(late.client.documents.find(({ source }) => source === '/r/log')?.content).toEqual(
      Uint8Array.of(0x31, 10, 0x32, 10, 0xff, 10),
    );
    expect(early.connections).toEqual(['connecting', 'connected']);
  });

  test('a host that comes back replaces what pages know', async () => {
    const chain = new Chain();
    const page = chain.page();
    chain.welcome([{ source: '/r/a', content: '1' }]);
    chain.host?.closed('gone');
    expect(page.client.documents).toHaveLength(1);
    const before = chain.toHost.length;
    await expect.poll(() => chain.toHost.length).toBeGreaterThan(before);
    chain.welcome([{ source: '/r/b', content: '2' }]);
    expect(page.client.documents.map(({ source }) => source)).toEqual(['/r/b']);
    expect(page.connections).toEqual(['connecting', 'connected', 'connecting', 'connected']);
    expect(chain.reports).toEqual([]);
  });

  test('a background that is started again leaves pages what they know until the host has answered', async () => {
    const first = new Chain();
    let chain = first;
    const page = first.page(() => chain.relay);
    first.welcome([{ source: '/r/a', content: '1' }]);
    chain = new Chain();
    page.cut();
    await expect.poll(() => chain.pages).toBe(1);
    expect(page.client.documents).toHaveLength(1);
    expect(page.client.connection).toBe('connecting');
    chain.welcome([{ source: '/r/b', content: '2' }]);
    expect(page.client.documents.map(({ source }) => source)).toEqual(['/r/b']);
    expect(page.client.connection).toBe('connected');
  });

  test('where there is no host, pages are told that nothing is known', async () => {
    const chain = new Chain();
    const page = chain.page();
    chain.host?.closed('no such host');
    await expect.poll(() => chain.toHost.length).toBe(2);
    expect(page.client.connection).toBe('connecting');
    chain.host?.closed('no such host');
    expect(page.client.connection).toBe('connected');
    expect(page.client.documents).toEqual([]);
    expect(page.connections.at(-1)).toBe('none');
  });

  test('a page that has gone is told nothing, and the others all', () => {
    const chain = new Chain();
    const [one, two] = [chain.page(), chain.page()];
    chain.welcome([]);
    one.end();
    chain.change({ source: '/r/a', content: '1' });
    expect(one.client.documents).toEqual([]);
    expect(two.client.documents).toHaveLength(1);
  });

  test('revocations of two pages do not mix', () => {
    const chain = new Chain();
    const [one, two] = [chain.page(), chain.page()];
    chain.welcome([]);
    const told: [string, RevokeProgress][] = [];
    one.client.revoke('first', '/r/a', '', (progress) => told.push(['one', progress]));
    two.client.revoke('second', '/r/b', '', (progress) => told.push(['two', progress]));
    const [first, second] = chain.toHost.filter(({ type }) => type === 'revoke');
    expect([first?.['receipt'], second?.['receipt']]).toEqual(['first', 'second']);
    const effect = { effect: 'record', ok: true };
    chain.host?.message({ type: 'effect', id: second?.['id'], ...effect });
    chain.host?.message({ type: 'revoked', id: second?.['id'], changed: true, effects: [effect] });
    chain.host?.message({ type: 'error', id: first?.['id'], message: 'no such receipt' });
    expect(told.slice(0, 2)).toEqual([
      ['two', { effects: [effect], final: false, changed: false }],
      ['two', { effects: [effect], final: true, changed: true }],
    ]);
    expect(told[2]?.[0]).toBe('one');
    expect(told[2]?.[1].effects[0]).toEqual({ effect: 'record', ok: false, detail: 'no such receipt' });
    expect(told).toHaveLength(3);
  });

  test('without a host a revocation is answered at once', () => {
    const chain = new Chain();
    const told: RevokeProgress[] = [];
    const { client } = chain.page();
    client.revoke('r', '/r/a', '', (progress) => told.push(progress));
    expect(told.map(({ final }) => final)).toEqual([true]);
    expect(told[0]?.effects[0]).toMatchObject({ ok: false, detail: 'no host is connected' });
  });

  test('long texts travel in parts that cut no character in two', () => {
    const text = `x${big(5_000_000)}`;
    const change: Change = {
      source: '/r/a',
      pieces: [{ content: text }, { base64: 'AP8='.repeat(600_000) }],
      lines: false,
      append: false,
    };
    const entries = [...entriesOf(change)];
    expect(entries.length).toBeGreaterThan(5);
    for (const [at, { content, part, parts }] of entries.entries()) {
      expect([part, parts]).toEqual([at + 1, entries.length]);
      expect(content ?? '').not.toMatch(/\p{Cs}/u);
    }
    expect(entries.map(({ content }) => content ?? '').join('')).toBe(text);
    expect([...entriesOf({ source: '/e', pieces: [], lines: false, append: false })]).toEqual([
      { source: '/e', content: '' },
    ]);
  });
});
