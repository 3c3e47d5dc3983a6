// The client of the host's messages, without a page and without a host: a channel that the test holds the other end of.
import { expect, test } from '@playwright/test';
import {
  HostClient,
  join,
  type Change,
  type Connection,
  type HostClientOptions,
  type HostDocument,
  type HostListener,
  type RevokeProgress,
} from '../../web/live/host-client.ts';

type Sent = Record<string, unknown>;

/** One connection as the host's side sees it. */
class Line {
  readonly sent: Sent[] = [];
  closed = false;
  sequence = 0;
  constructor(readonly listener: HostListener) {}

  welcome(more: object = {}): this {
    const folders = [
      { path: '/r', label: 'Receipts', exists: true },
      { path: '/r/inner', label: 'Inner', exists: true },
    ];
    this.listener.message({
      type: 'welcome',
      version: 1,
      program: 'bearproof 0',
      folders,
      canStop: true,
      stopSeconds: 5,
      ...more,
    });
    return this;
  }
  documents(documents: unknown, complete = true): this {
    this.listener.message({ type: 'documents', sequence: ++this.sequence, complete, documents });
    return this;
  }
  change(entry: object): this {
    this.listener.message({ type: 'change', sequence: ++this.sequence, ...entry });
    return this;
  }
}

class Bench {
  readonly lines: Line[] = [];
  readonly lists: (readonly HostDocument[])[] = [];
  readonly times: number[] = [];
  readonly reports: string[] = [];
  readonly states: Connection[] = [];
  readonly changes: Change[] = [];
  refuse: string | undefined;
  /** Pings are answered. */
  answers = false;
  readonly client: HostClient;

  constructor(options: Partial<HostClientOptions> = {}) {
    this.client = new HostClient(
      (listener) => {
        if (this.refuse !== undefined) throw new Error(this.refuse);
        const line = new Line(listener);
        this.lines.push(line);
        return {
          send: (message) => {
            line.sent.push(message as Sent);
            if (this.answers && line.sent.at(-1)?.['type'] === 'ping') listener.message({ type: 'pong' });
          },
          close: () => (line.closed = true),
        };
      },
      {
        client: 'test',
        onDocuments: (documents) => {
          this.lists.push(documents);
          this.times.push(performance.now());
        },
        onConnection: (state) => this.states.push(state),
        onReport: (report) => this.reports.push(report),
        onChange: (change) => this.changes.push(change),
        interval: 0,
        backoff: { first: 5, longest: 40 },
        ...options,
      },
    );
    this.client.start();
  }

  get line(): Line {
    const line = this.lines.at(-1);
    if (!line) throw new Error('nothing was opened');
    return line;
  }
  /** Waits until the n-th connection, from 1, is open. */
  async opened(n: number): Promise<Line> {
    await expect.poll(() => this.lines.length).toBeGreaterThanOrEqual(n);
    return this.lines[n - 1] as Line;
  }
  get texts(): Record<string, unknown> {
    return Object.fromEntries(
      this.client.documents.map(({ source, content, oversized }) => [
        source,
        typeof content === 'string' ? content : content ? [...content] : oversized,
      ]),
    );
  }
}

const benches: Bench[] = [];
function bench(options?: Partial<HostClientOptions>): Bench {
  const made = new Bench(options);
  benches.push(made);
  return made;
}
test.afterEach(() => {
  for (const made of benches.splice(0)) made.client.stop();
});

const base64 = (bytes: number[]) => Buffer.from(bytes).toString('base64');

test('it introduces itself, and is connected once all documents are there', () => {
  const b = bench();
  expect(b.line.sent).toEqual([{ type: 'hello', version: 1, client: 'test' }]);
  expect(b.client.connection).toBe('connecting');
  b.line.welcome();
  expect(b.client.welcome).toMatchObject({ program: 'bearproof 0', canStop: true, stopSeconds: 5 });
  b.line.documents([{ source: '/r/a.json', content: '{}' }], false);
  expect(b.client.connection).toBe('connecting');
  expect(b.lists).toEqual([]);
  b.line.documents([{ source: '/r/inner/b.jsonl', content: '{}\n', lines: true }]);
  expect(b.client.connection).toBe('connected');
  expect(b.lists).toEqual([
    [
      { source: '/r/a.json', content: '{}', label: 'Receipts' },
      { source: '/r/inner/b.jsonl', content: '{}\n', lines: true, label: 'Inner' },
    ],
  ]);
  expect(b.reports).toEqual([]);
});

test('documents change, grow too large, and go', () => {
  const b = bench();
  b.line.welcome().documents([
    { source: '/r/a', content: '1' },
    { source: '/r/b', content: '2' },
  ]);
  const before = b.client.documents;
  b.line.change({ source: '/r/a', content: '3' });
  expect(b.texts).toEqual({ '/r/a': '3', '/r/b': '2' });
  expect(b.client.documents[1], 'what did not change is the same object').toBe(before[1]);
  b.line.change({ source: '/r/b', oversized: 99 });
  expect(b.client.documents[1]).toEqual({ source: '/r/b', oversized: 99, label: 'Receipts' });
  b.line.change({ source: '/r/a', content: null }).change({ source: '/r/never', content: null });
  expect(b.texts).toEqual({ '/r/b': 99 });
  b.line.change({ source: '/r/c', base64: base64([0xff, 0x00, 0x7b]) });
  expect(b.texts).toEqual({ '/r/b': 99, '/r/c': [0xff, 0x00, 0x7b] });
  expect(b.reports).toEqual([]);
});

test('parts make one document, in lists and in changes, text and bytes', () => {
  const b = bench();
  b.line
    .welcome()
    .documents([{ source: '/r/a', content: 'Grüße ', part: 1, parts: 3 }], false)
    .documents([{ source: '/r/a', content: '🐻', part: 2, parts: 3 }], false)
    .documents([
      { source: '/r/a', content: ' end', part: 3, parts: 3 },
      { source: '/r/b', content: 'x', part: 1, parts: 1 },
    ]);
  expect(b.texts).toEqual({ '/r/a': 'Grüße 🐻 end', '/r/b': 'x' });
  b.line.change({ source: '/r/a', base64: base64([0xc3]), part: 1, parts: 2 });
  expect(b.texts['/r/a'], 'an unfinished document is not shown').toBe('Grüße 🐻 end');
  b.line.change({ source: '/r/a', content: 'é', part: 2, parts: 2 });
  expect(b.texts['/r/a']).toEqual([0xc3, 0xc3, 0xa9]);
  expect(b.reports).toEqual([]);
});

test('a part that is missing has all asked for anew', async () => {
  for (const [first, second] of [
    [
      { source: '/r/a', content: '1', part: 1, parts: 3 },
      { source: '/r/a', content: '3', part: 3, parts: 3 },
    ],
    [
      { source: '/r/a', content: '1', part: 1, parts: 2 },
      { source: '/r/b', content: '2' },
    ],
    [
      { source: '/r/a', content: '1', part: 1, parts: 2 },
      { source: '/r/a', content: '2', part: 2, parts: 3 },
    ],
  ]) {
    const b = bench();
    b.line.welcome().documents([]);
    b.line.change(first as object).change(second as object);
    expect(b.lines[0]?.closed).toBe(true);
    expect(b.reports.join()).toContain('part of a document is missing');
    (await b.opened(2)).welcome().documents([{ source: '/r/a', content: 'whole' }]);
    expect(b.texts).toEqual({ '/r/a': 'whole' });
  }
});

test('a log grows by whole lines, and starts anew after rotation', () => {
  const b = bench();
  b.line.welcome().documents([{ source: '/r/l', content: '{"a":"ü"}\n', lines: true }]);
  b.line.change({ source: '/r/l', lines: true, content: '2\n', line: 2, offset: 11 });
  b.line.change({ source: '/r/l', lines: true, base64: base64([0xff, 0x0a]), line: 3, offset: 13 });
  b.line.change({ source: '/r/l', lines: true, content: '4\n', line: 4, offset: 15 });
  expect(b.texts['/r/l']).toEqual([...Buffer.from('{"a":"ü"}\n2\n'), 0xff, 0x0a, ...Buffer.from('4\n')]);
  b.line.change({ source: '/r/l', lines: true, content: 'new\n', line: 1, offset: 0, reset: true });
  expect(b.texts['/r/l']).toBe('new\n');
  b.line.change({ source: '/r/l', lines: true, content: 'more\n', line: 2, offset: 4 });
  expect(b.texts['/r/l']).toBe('new\nmore\n');
  b.line.change({ source: '/r/fresh', lines: true, content: 'x\n', line: 1, offset: 0 });
  expect(b.texts['/r/fresh']).toBe('x\n');
  expect(b.reports).toEqual([]);
  expect(b.changes.map((change) => 'append' in change && change.append)).toEqual([true, true, true, false, true, true]);
});

test('lines that are missing have all asked for anew', async () => {
  const b = bench();
  b.line.welcome().documents([{ source: '/r/l', content: '1\n', lines: true }]);
  b.line.change({ source: '/r/l', lines: true, content: '3\n', line: 3, offset: 4 });
  expect(b.texts['/r/l'], 'nothing is put where it does not belong').toBe('1\n');
  expect(b.reports).toEqual(['lines of a log are missing: asking for all documents anew']);
  const again = await b.opened(2);
  again.welcome().documents([{ source: '/r/l', content: '1\n2\n3\n', lines: true }]);
  expect(b.texts['/r/l']).toBe('1\n2\n3\n');
});

test('a gap in the sequence has all asked for anew; what is known stays until then', async () => {
  for (const wrong of [3, 1, 0, -1, 1.5, '2', null, undefined, NaN]) {
    const b = bench();
    b.line.welcome().documents([{ source: '/r/a', content: '1' }]);
    b.line.listener.message({ type: 'change', sequence: wrong, source: '/r/a', content: '2' });
    expect(b.line.closed).toBe(true);
    expect(b.texts).toEqual({ '/r/a': '1' });
    expect(b.client.connection).toBe('connecting');
    const again = await b.opened(2);
    expect(again.sent).toHaveLength(1);
    again.welcome().documents([{ source: '/r/b', content: '2' }], false);
    expect(b.texts, 'half a list takes nobody’s place').toEqual({ '/r/a': '1' });
    again.documents([]);
    expect(b.texts).toEqual({ '/r/b': '2' });
    expect(b.client.connection).toBe('connected');
  }
});

test('changes between the lists are kept', () => {
  const b = bench();
  b.line.welcome().documents([{ source: '/r/a', content: '1' }], false);
  b.line.change({ source: '/r/a', content: '2' }).documents([{ source: '/r/b', content: '3' }]);
  expect(b.texts).toEqual({ '/r/a': '2', '/r/b': '3' });
});

test('malformed messages are dropped and told, and never throw', () => {
  const deep = JSON.parse('['.repeat(2000) + ']'.repeat(2000)) as unknown;
  for (const message of [
    null,
    undefined,
    0,
    '',
    'welcome',
    [],
    {},
    deep,
    { type: null },
    { type: 'nonsense' },
    { type: '__proto__' },
    { type: 'constructor' },
    { type: 'documents' },
    { type: 'welcome', version: 1, folders: {} },
    { type: 'effect' },
    { type: 'effect', id: 1, effect: 'record', ok: true },
    { type: 'revoked', id: '1', effects: [] },
    { type: '\u001b[31m' },
  ]) {
    const b = bench();
    b.line.listener.message(message);
    expect(b.reports, JSON.stringify(message)?.slice(0, 80)).toHaveLength(1);
    // eslint-disable-next-line no-control-regex
    expect(b.reports[0]).not.toMatch(/[\u0000-\u001f]/);
    if (!b.line.closed) {
      b.line.welcome().documents([{ source: '/r/a', content: '1' }]);
      expect(b.texts).toEqual({ '/r/a': '1' });
    }
  }
});

test('malformed entries are dropped and told, the others of the message are taken', () => {
  for (const entry of [
    null,
    7,
    [],
    {},
    { source: '' },
    { source: 3, content: '' },
    { source: '/r/x' },
    { source: '/r/x', content: 5 },
    { source: '/r/x', content: '1', base64: 'AA==' },
    { source: '/r/x', base64: '!' },
    { source: '/r/x', base64: 'A' },
    { source: '/r/x', base64: null },
    { source: '/r/x', oversized: -1 },
    { source: '/r/x', oversized: '9' },
    { source: '/r/x', content: '1', oversized: 4 },
    { source: '/r/x', content: '1', lines: 'yes' },
    { source: '/r/x', content: '1', part: 2, parts: 2 },
    { source: '/r/x', content: '1', part: 1 },
    { source: '/r/x', content: '1', part: 0, parts: 0 },
    { source: '/r/x', content: '1', part: 1, parts: 1e9 },
    { source: 'x'.repeat(40_000), content: '1' },
  ]) {
    const b = bench();
    b.line.welcome().documents([{ source: '/r/a', content: '1' }, entry, { source: '/r/b', content: '2' }]);
    expect(b.texts, JSON.stringify(entry)?.slice(0, 80)).toEqual({ '/r/a': '1', '/r/b': '2' });
    expect(b.reports).toHaveLength(1);
  }
});

test('names of objects’ own members are names like any other', () => {
  const b = bench();
  b.line.welcome().documents([
    { source: '__proto__', content: '1' },
    { source: 'constructor', content: '2' },
  ]);
  expect(b.client.documents.map(({ source }) => source)).toEqual(['__proto__', 'constructor']);
});

test('a document beyond the limit is oversized, however it came', () => {
  const b = bench();
  const piece = 'x'.repeat(33 << 20);
  b.line.welcome().documents([
    { source: '/r/a', content: piece, part: 1, parts: 2 },
    { source: '/r/a', content: piece, part: 2, parts: 2 },
    { source: '/r/l', content: piece, lines: true },
  ]);
  expect(b.texts['/r/a']).toBe(66 << 20);
  b.line.change({ source: '/r/l', lines: true, content: piece, offset: 33 << 20 });
  expect(b.texts['/r/l']).toBe(66 << 20);
  b.line.change({ source: '/r/l', lines: true, content: '{}\n', offset: 66 << 20 });
  expect(b.texts['/r/l']).toBe((66 << 20) + 3);
});

test('another version of the messages is no host', async () => {
  const b = bench();
  b.line.welcome({ version: 2 });
  (await b.opened(2)).welcome({ version: 2 });
  await expect.poll(() => b.client.connection).toBe('none');
  expect(b.client.reason).toBe('the host speaks version 2 of the messages, not 1');
});

test('without a host it says so, waits longer each time, and finds one that comes later', async () => {
  const b = new Bench({ backoff: { first: 5, longest: 20 } });
  benches.push(b);
  b.refuse = 'no such host';
  b.line.listener.closed('gone');
  await expect.poll(() => b.client.connection).toBe('none');
  expect(b.client.reason).toBe('no such host');
  b.refuse = undefined;
  (await b.opened(2)).welcome().documents([{ source: '/r/a', content: '1' }]);
  expect(b.client.connection).toBe('connected');
  expect(b.states).toEqual(['connecting', 'none', 'connected']);
});

test('looking again tries at once', () => {
  const b = bench({ backoff: { first: 60_000, longest: 60_000 } });
  b.line.listener.closed();
  b.client.retry();
  expect(b.lines).toHaveLength(2);
  b.client.retry();
  expect(b.lines, 'an attempt under way is not disturbed').toHaveLength(2);
});

test('a host that dies is found again, and nothing that happened meanwhile is lost', async () => {
  const b = bench();
  b.line.welcome().documents([{ source: '/r/a', content: '1' }]);
  b.line.listener.closed();
  expect(b.client.connection).toBe('connecting');
  expect(b.texts).toEqual({ '/r/a': '1' });
  b.line.listener.message({ type: 'change', sequence: 2, source: '/r/a', content: 'from the dead' });
  (await b.opened(2)).welcome().documents([
    { source: '/r/a', content: '2' },
    { source: '/r/b', content: '3' },
  ]);
  expect(b.texts).toEqual({ '/r/a': '2', '/r/b': '3' });
});

test('it pings, and gives up a host that fell silent', async () => {
  const b = bench({ ping: 30 });
  b.line.welcome().documents([]);
  await b.opened(2);
  expect(b.lines[0]?.sent.at(-1)).toEqual({ type: 'ping' });
  expect(b.reports).toContain('the host fell silent');
});

test('a host that answers pings is kept', async () => {
  const b = bench({ ping: 30 });
  b.answers = true;
  b.line.welcome().documents([]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(b.lines).toHaveLength(1);
  expect(b.line.sent.filter(({ type }) => type === 'ping').length).toBeGreaterThan(3);
});

test('the first change is handed on at once, a hundred a second are put together, and the last is never lost', async () => {
  const b = bench({ interval: 100 });
  b.line.welcome().documents([]);
  expect(b.lists).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 150));
  b.line.change({ source: '/r/a', content: '0' });
  expect(b.lists, 'after a quiet time, at once').toHaveLength(2);
  for (let n = 1; n <= 100; n++) {
    b.line.change({ source: '/r/a', content: String(n) });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await expect.poll(() => b.lists.at(-1)?.[0]?.content).toBe('100');
  const gaps = b.times.slice(2).map((time, at) => time - (b.times[at + 1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(90);
  expect(b.lists.length).toBeLessThan(20);
});

test('while a list is being worked on, the next waits; a failure of that work is told and harms nothing', async () => {
  let running = 0;
  let most = 0;
  let calls = 0;
  const b = bench({
    onDocuments: async () => {
      most = Math.max(most, ++running);
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      if (calls === 1) throw new Error('no core');
    },
  });
  b.line.welcome().documents([]);
  for (let n = 0; n < 20; n++) b.line.change({ source: '/r/a', content: String(n) });
  await expect.poll(() => calls).toBe(2);
  expect(most).toBe(1);
  expect(b.reports).toEqual(['documents could not be handed on: no core']);
});

test.describe('revocation', () => {
  const revoke = (b: Bench) => {
    const told: RevokeProgress[] = [];
    b.client.revoke('urn:srcos:receipt:browser-automation:1', '/r/a', 'sha256:00', (progress) => told.push(progress));
    return told;
  };
  const ready = () => {
    const b = bench();
    b.line.welcome().documents([]);
    return b;
  };

  test('effects are told as they come, and the sum last', () => {
    const b = ready();
    const told = revoke(b);
    expect(b.line.sent.at(-1)).toEqual({
      type: 'revoke',
      id: 1,
      receipt: 'urn:srcos:receipt:browser-automation:1',
      source: '/r/a',
      digest: 'sha256:00',
    });
    b.line.listener.message({ type: 'effect', id: 1, effect: 'record', ok: true });
    b.line.listener.message({ type: 'effect', id: 2, effect: 'event', ok: true });
    const effects = [
      { effect: 'record', ok: true },
      { effect: 'transport', ok: false, detail: 'x'.repeat(5000) },
    ];
    b.line.listener.message({ type: 'revoked', id: 1, changed: true, effects });
    b.line.listener.message({ type: 'revoked', id: 1, changed: true, effects });
    expect(told).toEqual([
      { effects: [{ effect: 'record', ok: true }], final: false, changed: false },
      {
        effects: [
          { effect: 'record', ok: true },
          { effect: 'transport', ok: false, detail: 'x'.repeat(4096) },
        ],
        final: true,
        changed: true,
      },
    ]);
    expect(b.reports).toHaveLength(2);
  });

  test('without a host, the answer says so', () => {
    const told = revoke(bench());
    expect(told).toHaveLength(1);
    expect(told[0]?.final).toBe(true);
    expect(told[0]?.effects.map(({ ok, detail }) => [ok, detail])).toEqual(
      Array(4).fill([false, 'no host is connected']),
    );
  });

  test('a host that dies half way leaves what is known, and says that the rest is not', () => {
    const b = ready();
    const told = revoke(b);
    b.line.listener.message({ type: 'effect', id: 1, effect: 'record', ok: true });
    b.line.listener.closed();
    expect(told.at(-1)?.final).toBe(true);
    expect(told.at(-1)?.effects.map(({ effect, ok }) => [effect, ok])).toEqual([
      ['record', true],
      ['event', false],
      ['transport', false],
      ['token', false],
    ]);
    b.client.stop();
    expect(told.filter(({ final }) => final)).toHaveLength(1);
  });

  test('an error of the host is the answer', () => {
    const b = ready();
    const told = revoke(b);
    b.line.listener.message({ type: 'error', id: 1, message: 'no such receipt' });
    expect(told[0]?.effects[0]).toEqual({ effect: 'record', ok: false, detail: 'no such receipt' });
    b.line.listener.message({ type: 'error', message: 'disk full' });
    expect(b.reports).toEqual(['the host reports: disk full']);
  });

  test('a malformed sum is no answer', () => {
    const b = ready();
    const told = revoke(b);
    for (const effects of [undefined, 'all', [{ effect: 'record' }], [{ effect: 'RECORD ', ok: true }], [null]]) {
      b.line.listener.message({ type: 'revoked', id: 1, effects });
    }
    expect(told).toEqual([]);
    expect(b.reports).toHaveLength(5);
  });
});

test('pieces join to text, or to bytes where one is not text', () => {
  expect(join([])).toBe('');
  expect(join([{ content: 'a' }, { content: 'b' }])).toBe('ab');
  expect(join([{ content: 'ü' }, { base64: 'AP8=' }])).toEqual(Uint8Array.of(0xc3, 0xbc, 0, 0xff));
});
