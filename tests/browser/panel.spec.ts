// <bearproof-panel>: what a card shows, in which order, and what it says about a session.
import { readdirSync, readFileSync } from 'node:fs';
import { Panel } from './support/panel.ts';
import { root } from './support/paths.ts';
import { bearbrowser, seed, sourceos, text } from './support/receipts.ts';
import { expect, test } from './support/test.ts';

const labels = [
  'Evidence receipt ID',
  'Owner / Agent',
  'Session label',
  'Active transport',
  'Controlled tab(s) / window(s)',
  'Granted permissions',
  'Origin (local / remote / workspace)',
  'Session status',
  'Session started',
];
const fields = [
  'receiptId',
  'ownerRef',
  'displayName',
  'transport',
  'tabScope',
  'permissionScope',
  'origin',
  'status',
  'capturedAt',
];

/** Members that make a receipt one of its own, of a session of its own. */
const apart = (name: string | number, idMember = 'receiptId') => ({
  [idMember]: `urn:srcos:receipt:browser-automation:${name}`,
  sessionRef: `urn:srcos:session:${name}`,
});

let panel: Panel;
test.beforeEach(async ({ page, site }) => {
  panel = new Panel(page, site);
  await panel.open();
});

test('every sample has a card or a line, and says what it should', async () => {
  const standings: Record<string, string> = {
    'deceptive-label.json': 'Consistent',
    'denied-by-policy.json': 'Not admitted',
    'form-revoked.json': 'Consistent',
    'hidden-session.json': 'Not admitted',
    'invoices-active.json': 'Consistent',
    'key-written-twice.json': 'Not admitted',
    'minimal-form.json': 'Consistent',
    'research-completed.json': 'Consistent',
    'revoked-without-time.json': 'Needs attention',
    'scraper-without-policy.json': 'Not admitted',
    'second-claim.json': 'Not admitted',
    'travel-credentials-remote.json': 'Consistent',
    'two-owners.json': 'Not admitted',
  };
  const found: Record<string, string> = {};
  for (let page = 0; page < 2; page++) {
    for (const card of await panel.cards.all()) {
      const source = (await card.locator('.source').innerText()).split(' · ')[0] ?? '';
      found[source] = (await panel.standing(card).innerText()).trim();
    }
    if (page === 0) await panel.host.getByRole('button', { name: 'Next' }).click();
  }
  expect(found).toEqual(standings);
  const others = panel.host.locator('.others > li');
  await expect(others).toHaveCount(2);
  await expect(others.filter({ hasText: 'capability-ledger.json' })).toContainText('CapabilityLedger');
  await expect(others.filter({ hasText: 'torn-receipt.json' })).toContainText('unreadable');
  // Two are no receipts, and one is an earlier record of another.
  expect(readdirSync(`${root}web/samples`).length).toBe(Object.keys(standings).length + 3);
});

test('a card has the nine fields under their labels, in order, in every dialect', async () => {
  for (const receipt of [bearbrowser(), sourceos(), seed()]) {
    const card = await panel.one(text(receipt));
    expect(await card.locator('dt').allInnerTexts()).toEqual(labels);
    expect(await card.locator('.row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-field')))).toEqual(
      fields,
    );
  }
});

test('BearBrowser v1: each field says what the receipt says', async () => {
  const card = await panel.one(text(bearbrowser({ tabScope: ['https://a.example/x', 'https://b.example/y'] })));
  await expect(panel.standing(card)).toHaveText(/Consistent/);
  const said = await Promise.all(fields.map((name) => panel.field(card, name)));
  expect(said).toEqual([
    'urn:srcos:receipt:browser-automation:test-1',
    'urn:srcos:agent:tester',
    'A test drive',
    'cdp',
    'https://a.example/x https://b.example/y',
    'read_dom click',
    'local',
    'active',
    '2026-03-01 10:00:00 UTC',
  ]);
  await expect(card).toContainText('Declared by urn:srcos:agent:tester; nothing in a receipt is signed.');
});

test('SourceOS v2: scope of control, terminal state and start time take the places of what it lacks', async () => {
  const card = await panel.one(text(sourceos()));
  await expect(panel.standing(card)).toHaveText(/Consistent/);
  expect(await panel.field(card, 'receiptId')).toBe('urn:srcos:receipt:browser-automation:test-2');
  expect(await panel.field(card, 'displayName')).toContain('not stated');
  expect(await panel.field(card, 'tabScope')).toBe(
    'origin https://example.org tab tab-7 window window-1 workspace urn:srcos:workspace:tests',
  );
  expect(await panel.field(card, 'status')).toBe('active');
  expect(await panel.field(card, 'capturedAt')).toBe(
    '2026-03-01 09:00:00 UTC receipt captured 2026-03-01 09:30:00 UTC',
  );
});

test('SourceOS minimal: what it does not have is said not to be stated', async () => {
  const card = await panel.one(text(seed()));
  await expect(panel.standing(card)).toHaveText(/Consistent/);
  for (const name of ['displayName', 'tabScope', 'status', 'capturedAt']) {
    expect(await panel.field(card, name), name).toContain('not stated');
  }
  expect(await panel.field(card, 'capturedAt')).toContain('receipt captured 2026-03-01 08:00:00 UTC');
});

test('times are shown in UTC whatever they were written in; what is no time is said to be none', async () => {
  let card = await panel.one(text(bearbrowser({ capturedAt: '2026-03-01T01:30:15.25-08:30' })));
  expect(await panel.field(card, 'capturedAt')).toBe('2026-03-01 10:00:15 UTC written 2026-03-01T01:30:15.25-08:30');
  card = await panel.one(text(bearbrowser({ capturedAt: 'yesterday' })));
  expect(await panel.field(card, 'capturedAt')).toBe('not a time: yesterday');
});

test('cards stand by capturedAt, newest instant first, then by receipt id; unreadable times last', async () => {
  const at = (id: string, capturedAt: unknown) => ({
    source: id,
    content: text(bearbrowser({ receiptId: `urn:srcos:receipt:browser-automation:${id}`, capturedAt })),
  });
  await panel.show([
    at('no-time', 'yesterday'),
    at('b', '2026-03-01T10:00:00Z'),
    at('old', '2025-12-31T23:59:59Z'),
    // Later as text, earlier as an instant.
    at('offset', '2026-03-01T10:30:00+02:00'),
    at('a', '2026-03-01T11:00:00+01:00'),
    at('fraction', '2026-03-01T10:00:00.5Z'),
  ]);
  const ids = await panel.cards.locator('[data-field=receiptId] dd').allInnerTexts();
  expect(ids.map((id) => id.trim().replace(/^.*:/, ''))).toEqual(['fraction', 'a', 'b', 'offset', 'old', 'no-time']);
});

test('without sessions the panel says so', async () => {
  await panel.show([]);
  await expect(panel.cards).toHaveCount(0);
  await expect(panel.host).toContainText('No active automation sessions.');
});

test('ten cards on a page; paging reaches all and hands the reader the heading', async ({ page }) => {
  await panel.show(
    Array.from({ length: 23 }, (_, index) => ({
      source: `${index}.json`,
      content: text(
        bearbrowser({
          ...apart(index),
          displayName: `number ${index}`,
          capturedAt: new Date(1e12 - index * 1e3).toISOString(),
        }),
      ),
    })),
  );
  const names = () => panel.cards.locator('h3').allInnerTexts();
  const next = panel.host.getByRole('button', { name: 'Next' });
  const previous = panel.host.getByRole('button', { name: 'Previous' });
  const all = [await names()];
  await expect(previous).toBeDisabled();
  await expect(panel.host).toContainText('1–10 of 23');
  await next.click();
  all.push(await names());
  expect(await page.evaluate(() => document.querySelector('bearproof-panel')?.shadowRoot?.activeElement?.id)).toBe(
    'heading',
  );
  await next.click();
  all.push(await names());
  await expect(next).toBeDisabled();
  await expect(panel.host).toContainText('21–23 of 23');
  expect(all.map((names) => names.length)).toEqual([10, 10, 3]);
  expect(all.flat()).toEqual(Array.from({ length: 23 }, (_, index) => `number ${index}`));
  await previous.click();
  expect(await names()).toEqual(all[1]);
});

const bend = { bearbrowser, sourceos, seed };
const lacks: [string, Record<string, unknown>][] = [
  ['no policy decision', { policyDecisionRef: undefined }],
  ['null for a policy decision', { policyDecisionRef: null }],
  ['an empty policy decision', { policyDecisionRef: '' }],
  ['a blank policy decision', { policyDecisionRef: ' \t' }],
  ['a number for a policy decision', { policyDecisionRef: 1 }],
  ['no owner', { ownerRef: undefined }],
  ['null for an owner', { ownerRef: null }],
  ['a blank owner', { ownerRef: '\u00a0 ' }],
  ['a list of owners', { ownerRef: ['urn:srcos:agent:a', 'urn:srcos:agent:b'] }],
  ['two owners in one text', { ownerRef: 'urn:srcos:agent:a, urn:srcos:agent:b' }],
  ['an invisible session', { userVisible: false }],
  ['"true" for visible', { userVisible: 'true' }],
  ['an irrevocable session', { revocable: false }],
  ['no session', { sessionRef: undefined }],
];
for (const [dialect, build] of Object.entries(bend)) {
  test(`${dialect}: what was not admitted is never drawn as if it had been`, async () => {
    const idMember = dialect === 'bearbrowser' ? 'receiptId' : 'id';
    await panel.show(
      lacks.map(([name, change], index) => ({
        source: name,
        content: text(build({ ...apart(index, idMember), ...change })),
      })),
    );
    const seen: string[] = [];
    for (let more = true; more;) {
      for (const card of await panel.cards.all()) {
        seen.push((await card.locator('.source').innerText()).split(' · ')[0] ?? '');
        await expect(panel.standing(card), seen.at(-1)).toHaveText(/^\s*Not admitted\s*$/);
        await expect(card).toHaveClass(/not-admitted/);
        await expect(card.locator('.reasons li').first()).not.toBeEmpty();
        expect(await card.innerText()).not.toMatch(/consistent|allowed|safe\b|trusted/i);
      }
      const next = panel.host.getByRole('button', { name: 'Next' });
      more = (await next.count()) > 0 && (await next.isEnabled());
      if (more) await next.click();
    }
    expect(seen.sort()).toEqual(lacks.map(([name]) => name).sort());
  });
}

test('a denied session is not admitted, a revoked one without its time needs attention', async () => {
  let card = await panel.one(text(bearbrowser({ status: 'denied' })));
  await expect(panel.standing(card)).toHaveText(/Not admitted/);
  await expect(card.locator('.reasons')).toContainText('policy denied this session');
  card = await panel.one(text(sourceos({ terminalState: 'denied' })));
  await expect(panel.standing(card)).toHaveText(/Not admitted/);
  card = await panel.one(text(bearbrowser({ status: 'revoked' })));
  await expect(panel.standing(card)).toHaveText(/Needs attention/);
  card = await panel.one(text(bearbrowser({ status: 'orphaned' })));
  await expect(panel.standing(card)).toHaveText(/Needs attention|Not admitted/);
});

test('of a name written twice neither value is shown, whichever would have looked better', async () => {
  const good = text(bearbrowser());
  const cases: [string, string, RegExp][] = [
    ['ownerRef', '"ownerRef": "urn:srcos:agent:shadow",', /Not admitted/],
    ['policyDecisionRef', '"policyDecisionRef": "",', /Not admitted/],
    ['displayName', '"displayName": "Another label",', /Needs attention/],
    // The same name once its escape is read.
    ['ownerRef', '"owner\\u0052ef": "urn:srcos:agent:shadow",', /Not admitted/],
  ];
  for (const [name, line, standing] of cases) {
    const card = await panel.one(good.replace('{', `{\n  ${line}`));
    await expect(panel.standing(card), line).toHaveText(standing);
    if (name !== 'policyDecisionRef') {
      expect(await panel.field(card, name)).toBe('written more than once, so not read');
    }
    await expect(card.locator('dl')).not.toContainText(/shadow|Another label/);
    await card.locator('.findings-of summary').click();
    await expect(card.locator('.finding', { hasText: 'parse.key.duplicate' })).toContainText(/line \d+, column \d+/);
  }
  const nested = text(sourceos()).replace('"windowRef"', '"urlOrigin": "https://evil.example", "windowRef"');
  const card = await panel.one(nested);
  expect(await panel.field(card, 'tabScope')).toContain('origin written more than once, so not read');
  await expect(panel.standing(card)).not.toHaveText(/Consistent/);
});

test('"__proto__" and "constructor" are members like any other and lend nothing', async ({ page }) => {
  const { ownerRef, policyDecisionRef, ...rest } = bearbrowser();
  const lent = JSON.stringify({ ownerRef, policyDecisionRef, polluted: true });
  for (const name of ['__proto__', 'constructor']) {
    const card = await panel.one(JSON.stringify(rest).replace('{', `{"${name}":${lent},`));
    await expect(panel.standing(card)).toHaveText(/Not admitted/);
    expect(await panel.field(card, 'ownerRef')).toBe('not stated');
  }
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
});

test('sensitive permissions come first and are marked; a remote origin is marked', async () => {
  const card = await panel.one(
    text(bearbrowser({ permissionScope: ['click', 'upload', 'read_dom', 'use_credentials'], origin: 'remote' })),
  );
  const permissions = card.locator('.permissions li');
  expect((await permissions.allInnerTexts()).map((entry) => entry.replace(/\s+/g, ' ').trim())).toEqual([
    'use_credentials sensitive',
    'upload sensitive',
    'click',
    'read_dom',
  ]);
  expect(await panel.field(card, 'origin')).toBe('remote controlled from outside this machine');
  expect(await card.locator('header .mark').allInnerTexts()).toEqual(['remote', '2 sensitive permissions']);
});

test('findings unfold by keyboard and name rule, place and remedy', async ({ page }) => {
  const card = await panel.one(text(bearbrowser({ policyDecisionRef: '' })));
  const summary = card.locator('.findings-of summary');
  await summary.focus();
  await expect(card.locator('.finding').first()).toBeHidden();
  await page.keyboard.press('Enter');
  const finding = card.locator('.finding', { hasText: 'browser.policy.missing' });
  await expect(finding).toBeVisible();
  await expect(finding.locator('.severity')).toHaveText('error');
  await expect(card.locator('.reasons')).toHaveText('no policy decision admits this session');
  await expect(finding.locator('.message')).not.toBeEmpty();
  await expect(finding.locator('.place')).toContainText(/line 18, column 24/);
  await expect(finding.locator('.help')).not.toBeEmpty();
});

test('what is no receipt is listed beside the sessions, with its findings', async () => {
  await panel.show([
    { source: 'good.json', content: text(bearbrowser()) },
    { source: 'torn.json', content: '{"receiptId": ' },
    { source: 'list.json', content: '[]' },
    { source: 'bytes.json', content: [0x7b, 0xff, 0x7d] },
  ]);
  await expect(panel.cards).toHaveCount(1);
  const others = panel.host.locator('.others > li');
  await expect(others).toHaveCount(3);
  const torn = others.filter({ hasText: 'torn.json' });
  await expect(torn).toContainText('unreadable');
  await torn.locator('summary').click();
  await expect(torn.locator('.finding').first()).toContainText(/line 1, column/);
  await expect(others.filter({ hasText: 'bytes.json' })).toContainText('unreadable');
});

test('bytes and a byte order mark are read as the rule core reads them', async () => {
  const bytes = [0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text(bearbrowser({ displayName: 'Grüße 🐻' })))];
  const card = await panel.one(bytes);
  expect(await panel.field(card, 'displayName')).toBe('Grüße 🐻');
  await expect(card.locator('.findings-of')).toContainText('1 warning');
});

test('the summary counts sessions by state and standing', async () => {
  await panel.show([
    { source: 'a', content: text(bearbrowser()) },
    { source: 'b', content: text(bearbrowser({ ...apart('b'), status: 'ended' })) },
    { source: 'c', content: text(seed()) },
    { source: 'd', content: text(bearbrowser({ ...apart('d'), ownerRef: '' })) },
  ]);
  await expect(panel.summary).toHaveText(/2 active, 1 ended, 1 of unstated status\s+1 not admitted, 3 consistent/);
});

test('records of one receipt are one card with a history', async () => {
  const record = (change: Record<string, unknown>) => text(bearbrowser(change));
  await panel.show([
    { source: 'log:1', content: record({ policyDecisionRef: '' }) },
    { source: 'other', content: record(apart('other')) },
    { source: 'log:2', content: record({}) },
    { source: 'log:3', content: record({ permissionScope: ['click'], status: 'ended' }) },
  ]);
  await expect(panel.cards).toHaveCount(2);
  const card = panel.cards.filter({ hasText: 'log:3' });
  expect(await panel.field(card, 'status')).toBe('ended');
  // Its newest record is in order; that it ran without a decision is not forgotten.
  await expect(panel.standing(card)).toHaveText(/Needs attention/);
  await expect(card.locator('.reasons')).toHaveText('an earlier record of this receipt was not admitted');
  const records = card.locator('.record');
  await expect(records.first()).toBeHidden();
  await card.getByText('2 earlier records').click();
  await expect(records).toHaveText([
    /Consistent\s+active · 2026-03-01 10:00:00 UTC\s+log:2 ·\s+then changed: permissions, status/,
    /Not admitted\s+active · 2026-03-01 10:00:00 UTC\s+log:1 ·\s+nothing shown here changed after it/,
  ]);
  await expect(records.nth(1)).toContainText('1 error');
  await expect(panel.cards.filter({ hasText: 'other' }).locator('.history')).toHaveCount(0);
});

test('minimal and SourceOS records stand by their time, however they were given', async () => {
  await panel.show([
    { source: 'late', content: text(sourceos({ capturedAt: '2026-03-01T11:00:00Z', terminalState: 'completed' })) },
    { source: 'early', content: text(sourceos({ capturedAt: '2026-03-01T12:30:00+02:00' })) },
  ]);
  await expect(panel.cards).toHaveCount(1);
  expect(await panel.field(panel.cards.first(), 'status')).toBe('completed');
  await expect(panel.cards.locator('.record')).toContainText('early');
});

test('panel and rule core fold the records of a receipt in one order', async () => {
  const minute = (number: number) => `2026-03-01T10:${String(number).padStart(2, '0')}:00Z`;
  /** Records as they are given: state, and the minute that it was recorded at, if it tells one. The newest counts. */
  const cases: { records: [string, number?][]; order: number[] }[] = [
    { records: [['active', 1], ['revoked', 2]], order: [0, 1] }, // prettier-ignore
    { records: [['active', 2], ['revoked', 1]], order: [1, 0] }, // prettier-ignore
    { records: [['active', 1], ['revoked', 1]], order: [0, 1] }, // prettier-ignore
    { records: [['revoked', 1], ['active', 1]], order: [0, 1] }, // prettier-ignore
    { records: [['revoked'], ['active']], order: [0, 1] }, // prettier-ignore
    { records: [['revoked', 5], ['active'], ['completed', 3]], order: [2, 0, 1] }, // prettier-ignore
    { records: [['active'], ['revoked', 3], ['failed', 1]], order: [0, 2, 1] }, // prettier-ignore
    { records: [['active', 9], ['revoked', 3], ['active'], ['failed', 1]], order: [3, 1, 2, 0] }, // prettier-ignore
  ];
  for (const { records, order } of cases) {
    const documents = records.map(([terminalState, at], number) => ({
      source: String(number),
      content: text(
        sourceos({
          terminalState,
          startedAt: minute(0),
          capturedAt: at === undefined ? 'unknown' : minute(at),
          revokedAt: terminalState === 'revoked' ? minute(0) : undefined,
        }),
      ),
    }));
    const report = await panel.report(documents);
    const label = JSON.stringify(records);
    await expect(panel.cards, label).toHaveCount(1);
    const newestFirst = await panel.host
      .locator('[data-document]')
      .evaluateAll((drawn) =>
        drawn.map((element) => (element as HTMLElement & { documentName?: string }).documentName),
      );
    expect(newestFirst, label).toEqual([...order].reverse().map(String));
    // The rule core tells of each record that is active after one that had ended.
    const resumed = order.filter((at, place) => {
      const before = records[order[place - 1] ?? -1];
      return before && before[0] !== 'active' && records[at]?.[0] === 'active';
    });
    const told = report.collection?.findings.filter(({ rule }) => rule === 'browser.receipt.repeated') ?? [];
    expect(told.map(({ source }) => Number(source)).sort(), label).toEqual(resumed.sort());
  }
});

test('no receipt disappears below another that takes its id, its session or its owner', async () => {
  const { receiptId } = bearbrowser();
  await panel.show([
    { source: 'good', content: text(bearbrowser()) },
    { source: 'owner', content: text(bearbrowser({ ownerRef: 'urn:srcos:agent:thief' })) },
    { source: 'session', content: text(bearbrowser({ ...apart('x'), receiptId })) },
    { source: 'nobody', content: text(bearbrowser({ ownerRef: '' })) },
    { source: 'nobody', content: text(bearbrowser({ ownerRef: '' })) },
    { source: 'twice', content: text(bearbrowser()).replace('{', '{"ownerRef": "urn:srcos:agent:tester",') },
  ]);
  await expect(panel.cards).toHaveCount(6);
  const sources = (await panel.cards.locator('.source').allInnerTexts()).map((line) => line.split(' · ')[0]);
  expect(sources.sort()).toEqual(['good', 'nobody', 'nobody (2)', 'owner', 'session', 'twice']);
  await expect(panel.host.locator('.history')).toHaveCount(0);
});

test('what documents show together stands on each card, and leads to the others', async ({ page }) => {
  const owner = 'urn:srcos:agent:<img src=x>\u202e';
  await panel.show([
    ...Array.from({ length: 10 }, (_, index) => ({
      source: `${index}.json`,
      content: text(bearbrowser({ ...apart(index), capturedAt: `2026-03-02T10:00:0${index}Z` })),
    })),
    { source: 'one"]\u202e.json', content: text(bearbrowser()) },
    {
      source: 'two.json',
      content: text(bearbrowser({ receiptId: 'urn:srcos:receipt:browser-automation:2', ownerRef: owner })),
    },
  ]);
  const across = panel.host.locator('section', { has: page.locator('#across') }).last();
  const finding = across.locator('.finding', { hasText: 'browser.owner.ambiguous' });
  await finding.getByRole('button', { name: 'two.json' }).click();
  await expect(panel.host).toContainText('11–12 of 12');
  // Of one time, they stand by receipt id.
  const [two, one] = [panel.cards.nth(0), panel.cards.nth(1)];
  await expect(one.locator('.source')).toContainText('one"]');
  await expect(two.locator('h3')).toBeFocused();
  for (const card of [one, two]) {
    await expect(panel.standing(card)).toHaveText(/Not admitted/);
    await expect(card.locator('.reasons')).toContainText('claimed by');
  }
  await two.locator('.findings-of > summary').click();
  const shared = two.locator('.finding', { hasText: 'browser.owner.ambiguous' });
  await expect(shared.locator('.place')).toContainText('line 5, column 15');
  await shared.locator('.elsewhere').getByRole('button').click();
  await expect(one.locator('h3')).toBeFocused();
  await expect(panel.host.locator('img')).toHaveCount(0);
  expect(await panel.host.evaluate((host) => host.shadowRoot?.textContent?.includes('\u202e'))).toBe(false);
});

test('the newest documents win, also over a check that is still under way', async ({ page }) => {
  await page.evaluate(
    ([first, second]) => {
      const element = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown };
      element.documents = [{ source: 'first', content: first }];
      element.documents = [{ source: 'second', content: second }];
    },
    [text(bearbrowser({ displayName: 'First' })), text(bearbrowser({ displayName: 'Second' }))],
  );
  await expect(panel.cards).toHaveCount(1);
  await expect(panel.cards.locator('h3')).toHaveText('Second');
});

test('without its rule core the panel shows no session at all and says why', async ({ page }) => {
  await page.evaluate((content) => {
    const element = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown; engine: unknown };
    element.engine = Promise.reject(new Error('no such core'));
    element.documents = [{ source: 'a', content }];
  }, text(bearbrowser()));
  const alert = panel.host.getByRole('alert');
  await expect(alert).toContainText('no receipt was checked');
  await expect(alert).toContainText('no such core');
  await expect(panel.cards).toHaveCount(0);
});

test('a report that leaves a document out is not believed', async ({ page }) => {
  await page.evaluate((content) => {
    const element = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown; engine: unknown };
    element.engine = { checkAll: () => ({ documents: [] }) };
    element.documents = [{ source: 'a', content }];
  }, text(bearbrowser()));
  await expect(panel.host.getByRole('alert')).toContainText('leaves documents out');
  await expect(panel.cards).toHaveCount(0);
});

test('files opened here replace the samples; lines of an NDJSON file are receipts each', async ({ page }) => {
  await page.setInputFiles('#open', [
    { name: 'one.json', mimeType: 'application/json', buffer: Buffer.from(text(bearbrowser({ displayName: 'One' }))) },
    {
      name: 'log.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(
        `${JSON.stringify(bearbrowser({ ...apart('two'), displayName: 'Two' }))}\r\n\n${JSON.stringify(seed())}\n{"torn"\n`,
      ),
    },
  ]);
  await expect(panel.cards).toHaveCount(3);
  const sources = (await panel.cards.locator('.source').allInnerTexts()).map((line) => line.split(' · ')[0]);
  expect(sources.sort()).toEqual(['log.jsonl:1', 'log.jsonl:3', 'one.json']);
  await expect(panel.host.locator('.others')).toContainText('log.jsonl:4');
  await expect(page.locator('#provenance')).toHaveText('Opened here: one.json, log.jsonl');
  await page.getByRole('button', { name: 'Back to samples' }).click();
  await expect(panel.cards).toHaveCount(10);
  await expect(page.locator('#provenance')).toContainText('Sample receipts');
});

test('a file of lines is one document property: its receipts are one history', async ({ page }) => {
  const lines = readFileSync(`${root}conformance/collection/bad/receipt-back-to-life.ndjson`, 'utf8');
  await page.evaluate((content) => {
    const element = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown };
    element.documents = [{ source: 'log.ndjson', content, lines: true }];
  }, lines);
  await expect(panel.cards).toHaveCount(1);
  await expect(panel.host.locator('[aria-labelledby=across]')).toContainText('browser.receipt.repeated');
  await expect(panel.host.locator('[aria-labelledby=across]')).toContainText('log.ndjson:2');
});

test('the samples say that they are samples', async ({ page }) => {
  await expect(page.locator('#provenance .badge')).toHaveText('Sample receipts');
});

test('the theme is chosen, applied and remembered', async ({ page }) => {
  const background = () => panel.host.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await background();
  await page.getByRole('radio', { name: 'Dark' }).check();
  expect(await background()).not.toBe(light);
  expect(await panel.host.getAttribute('data-theme')).toBe('dark');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(panel.host).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Auto' }).check();
  await expect(panel.host).not.toHaveAttribute('data-theme');
});

test('the element of the package runs without a bundler', async ({ page, packageSite, browserName }) => {
  // Firefox asks for /favicon.ico unless told otherwise (web/public/head.js).
  const icon = browserName === 'firefox' ? '<link rel="icon" href="about:blank" />' : '';
  const sample = readFileSync(`${root}web/samples/scraper-without-policy.json`, 'utf8');
  await page.route('**/page.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Page</title>${icon}<script type="module" src="./panel/index.js"></script><bearproof-panel theme="dark"></bearproof-panel>`,
    }),
  );
  await page.goto(`${packageSite.url}page.html`);
  const alone = new Panel(page, packageSite);
  const card = await alone.one(sample);
  await expect(alone.standing(card)).toHaveText(/Not admitted/);
  await expect(alone.host).toHaveAttribute('data-theme', 'dark');
});
