// <bearproof-panel>: what a row and an open card show, in which order, and what they say about a session.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type * as Package from 'bearproof';
import type { BearproofPanel } from '../../web/panel/bearproof-panel.ts';
import { Panel } from './support/panel.ts';
import { packageFolder, root, webFolder } from './support/paths.ts';
import { apart, bearbrowser, seed, sourceos, text } from './support/receipts.ts';
import { expect, noIcon, test } from './support/test.ts';

const labels = [
  'Owner / Agent',
  'Session label',
  'Active transport',
  'Controlled tab(s) / window(s) declared',
  'Granted permissions declared',
  'Origin (local / remote / workspace)',
  'Session status',
  'Session started',
  'Policy decision what admits it',
  'How it was admitted',
  'Visible and revocable',
  'Session what a revocation ends',
  'Evidence receipt ID',
];
const fields = ['owner', 'displayName', 'transport', 'tabScope', 'permissionScope', 'origin', 'status', 'capturedAt'];

let panel: Panel;
test.beforeEach(async ({ page, site }) => {
  panel = new Panel(page, site);
  await panel.open();
});

test('every sample is a row, a record of one, or a line, and says what the core says', async () => {
  const view = await panel.view();
  await expect(panel.rows).toHaveCount(view.sessions.length);
  const words = { 'not-admitted': 'Not admitted', 'needs-attention': 'Needs attention', consistent: 'Consistent' };
  expect(await panel.rows.locator('.standing b').allInnerTexts()).toEqual(
    view.sessions.map(({ standing }) => words[standing]),
  );
  // All three stand there, and trouble stands first.
  expect(view.sessions[0]?.standing).toBe('not-admitted');
  const sources = new Set([
    ...view.sessions.flatMap(({ records }) => records.map(({ source }) => source)),
    ...view.others.map(({ source }) => source),
  ]);
  expect([...sources].sort()).toEqual(readdirSync(`${root}web/samples`).sort());
  await expect(panel.host.locator('.others > li')).toHaveCount(view.others.length);
});

test('at 320 × 640 four active sessions stand whole on the first screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const host of [false, true]) {
    await panel.show(
      Array.from({ length: 5 }, (_, index) => ({
        source: `/home/ada/receipts/${index}.json`,
        content: text(bearbrowser({ ...apart(index), permissionScope: ['read_dom', 'use_credentials'] })),
      })),
      host ? { canStop: true, connection: 'connected' } : {},
    );
    for (const index of [0, 1, 2, 3]) {
      const row = panel.rows.nth(index);
      await expect(row.locator('.standing .icon')).toBeVisible();
      await expect(row.locator('.standing b')).toHaveText('Consistent');
      await expect(row.locator('.owner')).toContainText('tester');
      await expect(row.locator('.may .sensitive').first()).toBeVisible();
      await expect(row.locator('.where')).toContainText('example.org');
      await expect(row.locator('.since')).toContainText('since 1 Mar');
      const button = row.getByRole('button', { name: host ? /^Revoke/ : /^Save a revoked receipt…/ });
      for (const part of ['.standing', '.owner', '.may', '.where', '.since']) {
        const box = await row.locator(part).boundingBox();
        expect((box?.y ?? 999) + (box?.height ?? 0), `${index} ${part}`).toBeLessThanOrEqual(640);
      }
      const box = await button.boundingBox();
      expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  }
});

test('sensitive permissions come first, in plain words, and are marked by more than colour', async () => {
  await panel.show([
    {
      source: 'a',
      content: text(bearbrowser({ permissionScope: ['click', 'read_dom', 'use_credentials', 'upload'] })),
    },
  ]);
  const [session] = (await panel.view()).sessions;
  const order = session?.permissions.map(({ sensitive }) => sensitive);
  expect(order).toEqual([true, true, false, false]);
  const shown = (await panel.rows.locator('.may').innerText()).replace(/\s+/g, ' ');
  for (const { plain = '' } of session?.permissions ?? []) expect(shown).toContain(plain);
  expect(await panel.rows.locator('.may .sensitive').count()).toBe(2);
  expect(await panel.rows.locator('.may').evaluate((may) => may.textContent)).toContain('(sensitive)');
  const card = await panel.opened(panel.rows.first());
  await expect(card.locator('.permissions li').first()).toContainText('sensitive');
  await expect(card.locator('.permissions li').first().locator('code')).toHaveText('use_credentials');
});

test('an open card has the fields under their labels in every dialect, the receipt’s id last', async () => {
  for (const receipt of [bearbrowser(), sourceos(), seed()]) {
    const card = await panel.one(text(receipt));
    const shown = (await card.locator('dt').allInnerTexts()).map((label) => label.replace(/\s+/g, ' '));
    expect(shown).toEqual(labels);
    for (const field of [...fields, 'policyDecisionRef', 'admission', 'sessionRef', 'receiptId']) {
      await expect(card.locator(`[data-field="${field}"]`), field).toHaveCount(1);
    }
    expect(await panel.field(card, 'policyDecisionRef')).toBe(receipt['policyDecisionRef']);
    expect(await panel.field(card, 'sessionRef')).toBe(receipt['sessionRef']);
    expect(await panel.field(card, 'admission')).toBe('not stated');
  }
});

test('each field says what the receipt says', async () => {
  let card = await panel.one(text(bearbrowser({ tabScope: ['https://a.example/x', 'https://b.example/y'] })));
  await expect(panel.standing(card)).toHaveText('Consistent');
  const said = await Promise.all(fields.map((name) => panel.field(card, name)));
  expect(said.toSpliced(4, 1)).toEqual([
    'urn:srcos:agent:tester',
    'A test drive',
    'cdp',
    'https://a.example/x https://b.example/y',
    'local',
    'active',
    '2026-03-01 10:00:00 UTC',
  ]);
  expect(await panel.field(card, 'permissionScope')).toMatch(/^click .* read_dom |^read_dom .* click /);
  card = await panel.one(text(sourceos()));
  expect(await panel.field(card, 'tabScope')).toMatch(/origin https:\/\/example\.org tab tab-7 window window-1/);
  expect(await panel.field(card, 'displayName')).toContain('not stated');
  card = await panel.one(text(seed()));
  for (const name of ['displayName', 'tabScope', 'status', 'capturedAt']) {
    expect(await panel.field(card, name), name).toContain('not stated');
  }
});

test('a revoked session says when; times are UTC whatever they were written in', async () => {
  let card = await panel.one(text(bearbrowser({ status: 'revoked', revokedAt: '2026-03-01T13:00:00+02:00' })));
  expect(await panel.field(card, 'revokedAt')).toBe('2026-03-01 11:00:00 UTC written 2026-03-01T13:00:00+02:00');
  await expect(card.locator('.outcome')).toHaveText('Revoked');
  await expect(card.locator('.revoke')).toHaveCount(0);
  card = await panel.one(text(bearbrowser({ capturedAt: 'yesterday' })));
  expect(await panel.field(card, 'capturedAt')).toContain('not a time: yesterday');
});

test('rows stand as the core orders them: what goes on first, worst first', async () => {
  const at = (name: string, change: Record<string, unknown>) => ({
    source: name,
    content: text(bearbrowser({ ...apart(name.replace(' ', '-')), displayName: name, ...change })),
  });
  await panel.show([
    at('ended', { status: 'ended' }),
    at('sound old', {}),
    at('sound new', { capturedAt: '2026-03-02T10:00:00Z' }),
    at('refused', { policyDecisionRef: '' }),
    at('revoked', { status: 'revoked', revokedAt: '2026-03-04T10:00:00Z' }),
  ]);
  const names = (await panel.rows.locator('.open').allInnerTexts()).map((name) => name.trim());
  expect(names.slice(0, 3)).toEqual(['refused', 'sound new', 'sound old']);
  expect(names.slice(3).sort()).toEqual(['ended', 'revoked']);
});

const bend = { bearbrowser, sourceos, seed };
const lacks: [string, Record<string, unknown>][] = [
  ['no policy decision', { policyDecisionRef: undefined }],
  ['a blank policy decision', { policyDecisionRef: ' \t' }],
  ['a number for a policy decision', { policyDecisionRef: 1 }],
  ['no owner', { ownerRef: undefined }],
  ['a list of owners', { ownerRef: ['urn:srcos:agent:a', 'urn:srcos:agent:b'] }],
  ['an invisible session', { userVisible: false }],
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
    await expect(panel.rows).toHaveCount(lacks.length);
    for (const row of await panel.rows.all()) {
      await expect(panel.standing(row)).toHaveText('Not admitted');
      await expect(row).toHaveClass(/not-admitted/);
      await expect(row.locator('.reason')).not.toBeEmpty();
      expect(await row.innerText()).not.toMatch(/consistent|allowed|safe\b|trusted/i);
      // And whatever its standing, it can be ended.
      await expect(row.locator('.revoke')).toBeEnabled();
    }
  });
}

test('the counts are filters, pressed by keyboard too', async ({ page }) => {
  await panel.show([
    { source: 'a', content: text(bearbrowser({ displayName: 'Fine' })) },
    { source: 'b', content: text(bearbrowser({ ...apart('b'), displayName: 'Over', status: 'ended' })) },
    { source: 'c', content: text(seed()) },
    { source: 'd', content: text(bearbrowser({ ...apart('d'), displayName: 'Bad', ownerRef: '' })) },
    { source: 'torn', content: '{"receiptId": ' },
  ]);
  const chip = (name: RegExp) => panel.host.getByRole('button', { name });
  await expect(chip(/2 active/)).toHaveAttribute('aria-pressed', 'false');
  await expect(chip(/1 not admitted/)).toBeVisible();
  await expect(chip(/1 ended/)).toBeVisible();
  await expect(chip(/1 without a status/)).toBeVisible();
  await chip(/not admitted/).focus();
  await page.keyboard.press('Enter');
  await expect(chip(/not admitted/)).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows).toContainText('Bad');
  await chip(/ended/).click();
  await expect(chip(/not admitted/)).toHaveAttribute('aria-pressed', 'false');
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows).toContainText('Over');
  await chip(/unreadable/).click();
  await expect(panel.rows).toHaveCount(0);
  await expect(panel.host.locator('.others > li')).toHaveCount(1);
  await chip(/unreadable/).click();
  await expect(panel.rows).toHaveCount(4);
});

test('findings name rule, place and remedy; the rule’s id leads to its explanation in place', async ({ watch }) => {
  const card = await panel.one(text(bearbrowser({ policyDecisionRef: '' })));
  const before = watch.requests.length;
  const finding = card.locator('.finding', { hasText: 'browser.policy.missing' });
  await expect(finding.locator('.severity')).toHaveText('error');
  await expect(finding.locator('.spot')).toContainText('/policyDecisionRef');
  const rule = finding.getByRole('button', { name: 'browser.policy.missing' });
  await expect(rule).toHaveAttribute('aria-expanded', 'false');
  await rule.press('Enter');
  await expect(rule).toHaveAttribute('aria-expanded', 'true');
  await expect(finding.locator('.explanation')).toContainText('Why:');
  await expect(finding.locator('.explanation')).toContainText('What to do:');
  await rule.press('Enter');
  await expect(finding.locator('.explanation')).toHaveCount(0);
  expect(watch.requests.slice(before)).toEqual([]);
});

test('records of one receipt are one session with a history and a story', async () => {
  const record = (change: Record<string, unknown>) => text(bearbrowser(change));
  await panel.show([
    { source: 'log:1', content: record({ policyDecisionRef: '' }) },
    { source: 'other', content: record({ ...apart('other'), displayName: 'Other' }) },
    { source: 'log:2', content: record({}) },
    { source: 'log:3', content: record({ permissionScope: ['click'], status: 'ended' }) },
  ]);
  await expect(panel.rows).toHaveCount(2);
  const card = await panel.opened(panel.row('A test drive'));
  expect(await panel.field(card, 'status')).toBe('ended');
  await expect(card.locator('.record')).toHaveCount(3);
  await expect(card.locator('.record').first()).toContainText('log:3');
  await expect(card.locator('.record').last()).toContainText('Not admitted');
  await expect(card.locator('.story')).toContainText('Next:');
});

test('sessions of one label are told apart by owner and the end of the id, in the confirmation too', async () => {
  await panel.show([
    { source: 'a', content: text(bearbrowser({ ...apart('one-1111'), displayName: 'Same', ownerRef: 'urn:a:alpha' })) },
    { source: 'b', content: text(bearbrowser({ ...apart('two-2222'), displayName: 'Same', ownerRef: 'urn:a:beta' })) },
    { source: 'c', content: text(bearbrowser({ ...apart('three-3333'), displayName: 'Else' })) },
  ]);
  const of = (owner: string) => panel.rows.filter({ hasText: owner });
  await expect(of('alpha').locator('.twin')).toContainText('1111');
  await expect(of('beta').locator('.twin')).toContainText('2222');
  await expect(panel.row('Else').locator('.twin')).toHaveCount(0);
  await of('beta').locator('.revoke').click();
  await expect(panel.confirmation).toContainText('Same');
  await expect(panel.confirmation).toContainText('urn:a:beta');
  await expect(panel.confirmation).toContainText('2222');
});

test('each card names its folder, by its label where it has one', async () => {
  await panel.show([
    { source: '/home/ada/receipts/a.json', content: text(bearbrowser()) },
    {
      source: '/x/b.json',
      label: 'BearBrowser receipts',
      content: text(bearbrowser({ ...apart('b'), displayName: 'B' })),
    },
  ]);
  const first = await panel.opened(panel.row('A test drive'));
  await expect(first.locator('.detail > .origin')).toContainText('/home/ada/receipts');
  const second = await panel.opened(panel.row('B'));
  await expect(second.locator('.detail > .origin')).toContainText('BearBrowser receipts');
});

test('nothing signed, nothing undeclared known: said once, above and below', async () => {
  await expect(panel.host.getByText('These are unsigned statements by the agents.')).toHaveCount(1);
  await expect(panel.host.getByText('The panel knows only sessions that a receipt declares.')).toHaveCount(1);
});

test('without sessions the panel says what there was', async () => {
  await panel.show([]);
  await expect(panel.host).toContainText('No active automation sessions.');
  await panel.show([
    { source: 'torn.json', content: '{"receiptId": ' },
    { source: 'list.json', content: '[]' },
  ]);
  await expect(panel.host).toContainText('No receipts in the 2 files opened.');
  const torn = panel.host.locator('.others > li', { hasText: 'torn.json' });
  await expect(torn).toContainText('unreadable');
  await torn.locator('summary').click();
  await expect(torn.locator('.finding').first()).toContainText('parse.');
  await panel.show([{ source: 'a', content: text(bearbrowser({ status: 'ended' })) }]);
  await expect(panel.host).toContainText('No active automation sessions.');
  await expect(panel.rows).toHaveCount(1);
});

test('a file that is too large is listed as not admitted', async () => {
  await panel.show([
    { source: 'a', content: text(bearbrowser()) },
    { source: '/receipts/huge.json', oversized: 5_000_000_000 },
  ]);
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.host.locator('.others > li')).toContainText('/receipts/huge.json');
  expect((await panel.view()).others[0]?.standing).toBe('not-admitted');
});

test('undeclared automation is said, and unsaid when a session accounts for it', async () => {
  const sidecar = text(bearbrowser({ transport: 'native_pipe' }));
  await panel.show([{ source: 'a', content: sidecar }], { remoteControl: true });
  const banner = panel.host.locator('.banner.not-admitted');
  await expect(banner).toContainText('Not admitted: undeclared automation.');
  await expect(panel.host.getByRole('alert')).toContainText('under remote control');
  await panel.show([{ source: 'a', content: text(bearbrowser()) }]);
  await expect(banner).toHaveCount(0);
});

test('the state of the connection is said in words', async () => {
  const state = panel.host.locator('.connection');
  await expect(state).toHaveCount(0);
  for (const [connection, words] of [
    ['connected', 'Live'],
    ['connecting', 'Connecting…'],
    ['none', 'No host'],
  ] as const) {
    await panel.set({ connection });
    await expect(state).toHaveText(words);
  }
  await expect(panel.host).toContainText('No host is connected');
});

test('a session beyond its time needs attention, at the instant that the page gives', async () => {
  const content = text(bearbrowser());
  await panel.show([{ source: 'a', content }], { now: '2026-03-01T10:30:00Z' });
  await expect(panel.standing(panel.rows.first())).toHaveText('Consistent');
  await expect(panel.rows.locator('.since')).toContainText('since 10:00 UTC · 30 min');
  await panel.show([{ source: 'a', content }], { now: '2026-03-01T15:00:00Z' });
  await expect(panel.standing(panel.rows.first())).toHaveText('Needs attention');
});

test('the newest documents win, also over a check that is still under way', async ({ page }) => {
  await page.evaluate(
    ([first, second]) => {
      const element = document.querySelector('bearproof-panel') as BearproofPanel;
      element.documents = [{ source: 'first', content: first }];
      setTimeout(() => (element.documents = [{ source: 'second', content: second }]));
    },
    [text(bearbrowser({ displayName: 'First' })), text(bearbrowser({ ...apart('2'), displayName: 'Second' }))],
  );
  await expect(panel.row('Second')).toHaveCount(1);
  await expect(panel.rows).toHaveCount(1);
});

test('without its rule core the panel shows no session at all and says why', async ({ page }) => {
  await page.evaluate((content) => {
    const element = document.querySelector('bearproof-panel') as BearproofPanel;
    element.engine = Promise.reject(new Error('no such core'));
    element.documents = [{ source: 'a', content }];
  }, text(bearbrowser()));
  const alert = panel.host.getByRole('alert').first();
  await expect(alert).toContainText('not checked');
  await expect(alert).toContainText('no such core');
  await expect(panel.rows).toHaveCount(0);
});

test('an entry that is no document leaves nothing of what was shown before', async ({ page }) => {
  for (const entry of [null, { source: 'a' }, { content: '{}' }, { source: 'a', content: 7 }]) {
    await panel.show([{ source: 'a', content: text(bearbrowser()) }]);
    await expect(panel.rows).toHaveCount(1);
    await page.evaluate((entry) => {
      const element = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown };
      element.documents = [entry];
    }, entry);
    await expect(panel.host.getByRole('alert').first()).toContainText('documents[0]');
    await expect(panel.rows).toHaveCount(0);
  }
});

test('with an engine the core runs in the page, with the same result', async ({ page, site }) => {
  await panel.show([{ source: 'a', content: text(bearbrowser({ policyDecisionRef: '' })) }]);
  const inWorker = await panel.view();
  // A name, eight characters of a hash that may begin with any letter, and a suffix: bearproof-panel-….js is another file.
  const modules = readdirSync(`${webFolder}/assets`).filter((name) => /^bearproof-.{8}\.js$/.test(name));
  expect(modules).toHaveLength(1);
  const module = `${site.url}assets/${modules[0]}`;
  const inPage = await page.evaluate(
    async ([path, content]) => {
      const { load } = (await import(path!)) as typeof Package;
      const element = document.querySelector('bearproof-panel') as BearproofPanel;
      const drawn = new Promise<CustomEvent>((resolve) => {
        element.addEventListener('bearproof-checked', (event) => resolve(event as CustomEvent), { once: true });
      });
      element.engine = load();
      element.documents = [{ source: 'a', content: content }];
      return (await drawn).detail as unknown;
    },
    [module, text(bearbrowser({ policyDecisionRef: '' }))],
  );
  expect(inPage).toEqual(inWorker);
  await expect(panel.standing(panel.rows.first())).toHaveText('Not admitted');
});

test('files opened replace the samples and add up; lines of a log are receipts each', async ({ page }) => {
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await page.setInputFiles('#open', [
    file('one.json', text(bearbrowser({ displayName: 'One' }))),
    file(
      'log.jsonl',
      `${JSON.stringify(bearbrowser({ ...apart('two'), displayName: 'Two' }))}\r\n\n${JSON.stringify(seed())}\n{"torn"\n`,
    ),
  ]);
  await expect(panel.rows).toHaveCount(3);
  await expect(panel.host.locator('.others')).toContainText('line 4');
  await expect(page.locator('#provenance')).toHaveText('Opened here: one.json, log.jsonl');
  await page.setInputFiles('#open', [file('two.json', text(bearbrowser({ ...apart('3'), displayName: 'Three' })))]);
  await expect(panel.rows).toHaveCount(4);
  await page.getByRole('button', { name: 'Back to samples' }).click();
  await expect(page.locator('#provenance .badge')).toHaveText('Sample receipts');
  await expect(panel.row('Compare prices')).toHaveCount(1);
});

test('a first line of nothing but a byte order mark hides no receipt behind it', async () => {
  const line = JSON.stringify(bearbrowser());
  const bytes = [0xef, 0xbb, 0xbf, 0x0a, ...new TextEncoder().encode(`${line}\n`)];
  await panel.show([{ source: 'log.jsonl', content: bytes, lines: true }]);
  await expect(panel.rows).toHaveCount(1);
  await expect(panel.rows).toContainText('A test drive');
});

test('a folder that was chosen is followed', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'skipped: Firefox lets no page follow a folder');
  const write = (name: string, content: string) =>
    page.evaluate(
      async ([name, content]) => {
        const folder = await navigator.storage.getDirectory();
        const file = await folder.getFileHandle(name as string, { create: true });
        const out = await file.createWritable();
        await out.write(content as string);
        await out.close();
      },
      [name, content],
    );
  await write('a.json', text(bearbrowser({ displayName: 'First' })));
  await write('notes.txt', 'not a document');
  // What the browser's own picker would give; the files lie in the page's private file system.
  await page.evaluate(() => Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() }));
  await page.getByRole('button', { name: 'folder' }).click();
  await expect(page.locator('#provenance')).toContainText('Following');
  await expect(panel.rows).toHaveCount(1);
  await write('b.json', text(bearbrowser({ ...apart('b'), displayName: 'Second' })));
  await expect(panel.rows).toHaveCount(2);
  await write('a.json', text(bearbrowser({ displayName: 'First', status: 'ended' })));
  await expect(panel.row('First').locator('.outcome')).toHaveText('Ended');
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('b.json'));
  await expect(panel.rows).toHaveCount(1);
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

test('the element of the package runs without a bundler, its core in a worker', async ({
  page,
  packageSite,
  browserName,
}) => {
  const sample = readFileSync(`${root}web/samples/scraper-without-policy.json`, 'utf8');
  await page.route('**/page.html', async (route) => {
    const { headers } = await page.request.get(packageSite.url).then((response) => ({ headers: response.headers() }));
    await route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': headers['content-security-policy'] ?? '' },
      body: `<!doctype html><html lang="en"><title>Page</title>${noIcon(browserName)}<script type="module" src="./panel/index.js"></script><bearproof-panel theme="dark"></bearproof-panel>`,
    });
  });
  const workers: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/panel/worker.js')) workers.push(request.url());
  });
  await page.goto(`${packageSite.url}page.html`);
  const alone = new Panel(page, packageSite);
  const card = await alone.one(sample);
  await expect(alone.standing(card)).toHaveText('Not admitted');
  await expect(alone.host).toHaveAttribute('data-theme', 'dark');
  expect(workers.length).toBeGreaterThan(0);
});

test('the panel with its worker is 25 KB at most, compressed', () => {
  const files = readdirSync(`${packageFolder}/panel`).filter((name) => name.endsWith('.js'));
  const sizes = files.map((name) => brotliCompressSync(readFileSync(`${packageFolder}/panel/${name}`)).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(25_000);
});
