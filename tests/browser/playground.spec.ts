// The playground: documents in, findings out, carets where they belong.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Bearproof, load as Load } from 'bearproof';
import { packageFolder, root } from './support/paths.ts';
import { Playground } from './support/playground.ts';
import { bearbrowser, text } from './support/receipts.ts';
import { expect, test } from './support/test.ts';

let playground: Playground;
let bearproof: Bearproof;
test.beforeAll(async () => {
  const module = (await import(pathToFileURL(`${packageFolder}/index.js`).href)) as { load: typeof Load };
  bearproof = await module.load({ texts: true });
});
test.beforeEach(async ({ page, site }) => {
  playground = new Playground(page, site);
  await playground.open();
});

test('every example is offered in its family with its kind and gets the report that the same core writes in Node', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const paths = await playground.examples();
  const samples = paths.filter((path) => path.startsWith('web/samples/'));
  expect(samples.length).toBe(16);
  expect(paths.length).toBeGreaterThan(samples.length);
  await playground.tab('Report').click();
  for (const path of paths) {
    await playground.choose(path);
    const content = readFileSync(root + path, 'utf8');
    const expected = bearproof.checkText(content, { source: path, level: 'info', mode: 'default', pretty: true });
    await expect.poll(() => playground.report(), { message: path }).toBe(`${expected}\n`);
    const [report] = bearproof.check(content, { source: path }).documents;
    await expect(playground.outcome.locator('strong')).toHaveText(new RegExp(`^${report?.verdict}$`, 'i'));
    await expect(page.locator('#provenance')).toContainText('Sample');
    const option = page.locator(`#example-list [data-path="${path}"]`);
    await expect(option.locator('.kind')).toHaveText(report?.kind ?? '');
    const family = samples.includes(path) ? 'Sample sessions' : (path.split('/')[1] ?? '').slice(0, 3);
    await expect(option.locator('xpath=../p')).toHaveText(new RegExp(`^${family}`, 'i'));
  }
});

test('examples of the contracts are valid; of the samples, those that should not be are not', async () => {
  for (const path of await playground.examples()) {
    const verdict = bearproof.check(readFileSync(root + path, 'utf8')).documents[0]?.verdict;
    if (!path.startsWith('web/samples/')) expect(verdict, path).toBe('valid');
  }
  expect(bearproof.check(readFileSync(`${root}web/samples/two-owners.json`, 'utf8')).documents[0]?.verdict).toBe(
    'invalid',
  );
});

test('a finding shows severity, rule, place, reason and remedy', async () => {
  await playground.type(text(bearbrowser({ policyDecisionRef: '' })));
  const finding = playground.findings.filter({ hasText: 'browser.policy.missing' });
  await expect(finding.locator('.severity')).toHaveText('error');
  await expect(finding.locator('.place')).toHaveText('line 18, column 24');
  await expect(finding.locator('.message')).not.toBeEmpty();
  await expect(finding.locator('.help')).not.toBeEmpty();
  await expect(finding.locator('.more')).toContainText('/policyDecisionRef');
});

test('a click on a finding selects its range; what is typed then replaces just that', async ({ page }) => {
  await playground.type(text(bearbrowser({ policyDecisionRef: '' })));
  await expect(playground.outcome).toContainText('Invalid');
  await playground.findings.filter({ hasText: 'browser.policy.missing' }).locator('.go').click();
  await expect(playground.caret).toHaveText('line 18, column 24, 2 selected');
  await page.keyboard.insertText('"urn:srcos:decision:typed"');
  await expect(playground.outcome.locator('strong')).toHaveText('Valid');
  expect(await playground.text()).toBe(text(bearbrowser({ policyDecisionRef: 'urn:srcos:decision:typed' })));
});

test('carets are right behind astral characters, CR LF, CR and a byte order mark', async ({ page }) => {
  const lines = text(bearbrowser({ displayName: '🐻 Bär \u202e', policyDecisionRef: '' })).split('\n');
  for (const lineBreak of ['\n', '\r\n', '\r']) {
    for (const mark of ['', '\ufeff']) {
      const file = mark + lines.join(lineBreak);
      await playground.openFile('receipt.json', file);
      await expect(playground.outcome).toContainText('Invalid');
      await playground.findings.filter({ hasText: 'browser.policy.missing' }).locator('.go').click();
      await expect(playground.caret, JSON.stringify(lineBreak + mark)).toHaveText('line 18, column 24, 2 selected');
      expect(await playground.report()).toContain(`"line": 18`);
    }
  }
  await page.keyboard.insertText('"urn:srcos:decision:typed"');
  await expect(playground.outcome.locator('strong')).toHaveText('Valid');
});

test('bytes that the editor cannot hold are checked as they are in the file', async () => {
  const bytes = Buffer.from(text(bearbrowser({ displayName: '@@' })));
  bytes[bytes.indexOf('@@')] = 0xff;
  bytes[bytes.indexOf(0x40)] = 0xfe;
  await playground.openFile('receipt.json', bytes);
  await expect(playground.outcome.locator('strong')).toHaveText('Unreadable');
  const finding = playground.findings.first();
  await expect(finding).toContainText('parse.encoding.invalid-utf8');
  await finding.locator('.go').click();
  await expect(playground.caret).toHaveText(/^line 6, column \d+, [12] selected$/);
  const expected = bearproof.checkText(new Uint8Array(bytes), { source: 'receipt.json', pretty: true });
  expect(await playground.report()).toBe(`${expected}\n`);
});

test('an edit is checked without being asked', async ({ page }) => {
  await playground.type(text(bearbrowser()));
  await expect(playground.outcome.locator('strong')).toHaveText('Valid');
  await playground.content.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('x');
  await expect(playground.outcome.locator('strong')).toHaveText('Unreadable');
  await expect(page.locator('#provenance')).toContainText('Edited here');
  await page.keyboard.press('Backspace');
  await expect(playground.outcome.locator('strong')).toHaveText('Valid');
});

test('F8 goes from finding to finding', async ({ page }) => {
  await playground.type(text(bearbrowser({ ownerRef: '', policyDecisionRef: '' })));
  // The outcome may still be that of the text before.
  await expect(page.locator('#editor .cm-lintRange-error')).toHaveCount(2);
  await playground.content.click({ position: { x: 60, y: 5 } });
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('F8');
  await expect(playground.caret).toHaveText(/^line 5, /);
  await page.keyboard.press('F8');
  await expect(playground.caret).toHaveText(/^line 18, /);
  await page.keyboard.press('F8');
  await expect(playground.caret).toHaveText(/^line 5, /);
});

test('findings are marked in the text and beside it', async ({ page }) => {
  await playground.type(text(bearbrowser({ policyDecisionRef: '', origin: 'remote' })));
  await expect(page.locator('#editor .cm-lintRange-error')).toHaveText('""');
  await expect(page.locator('#editor .cm-lint-marker-error')).toHaveCount(1);
  await expect(page.locator('#editor .cm-lint-marker-info')).not.toHaveCount(0);
});

test('the finding under the caret is pointed out', async () => {
  await playground.type(text(bearbrowser({ ownerRef: '', policyDecisionRef: '' })));
  const owner = playground.findings.filter({ hasText: 'browser.owner.missing' });
  await expect(owner).not.toHaveClass(/here/);
  await owner.locator('.go').click();
  await expect(owner).toHaveClass(/here/);
  await expect(playground.findings.filter({ hasText: 'browser.policy.missing' })).not.toHaveClass(/here/);
});

test('level and mode reach the core and the command line', async ({ page }) => {
  await playground.type(text({ unknown: true }));
  await expect(playground.outcome.locator('strong')).toHaveText('Unrecognised');
  await page.locator('#mode').selectOption('strict');
  await expect(playground.findings.locator('.severity').first()).toHaveText('error');
  await page.locator('#mode').selectOption('default');
  await expect(playground.findings.locator('.severity').first()).toHaveText('warning');
  await page.locator('#level').selectOption('error');
  await expect(playground.findings).toHaveCount(0);
  await page.locator('#mode').selectOption('release');
  await playground.tab('Command line').click();
  await expect(page.locator('#command-text')).toHaveText(
    'bearproof check scraper-without-policy.json --level error --mode release',
  );
});

test('the command line names a hostile file harmlessly', async ({ page }) => {
  await playground.openFile("-x $(reboot) 'q' \u202e.json", '{}');
  await expect(playground.outcome.locator('strong')).toHaveText('Unrecognised');
  await playground.tab('Command line').click();
  await expect(page.locator('#command-text')).toHaveText("bearproof check $'./-x $(reboot) \\'q\\' \\u202e.json'");
});

test('a rule is explained from the catalogue', async ({ page }) => {
  await playground.type(text(bearbrowser({ policyDecisionRef: '' })));
  await page.getByRole('button', { name: 'browser.policy.missing' }).click();
  await expect(playground.tab('Rule')).toHaveAttribute('aria-selected', 'true');
  const rule = bearproof.explain('browser.policy.missing');
  const view = page.locator('#explanation');
  await expect(view.locator('h2')).toHaveText(rule.title);
  await expect(view).toContainText(rule.cases[0]?.condition?.replaceAll('`', '') ?? '?');
  await expect(view).toContainText(rule.source ?? '?');
  expect(rule.why ?? '').not.toBe('');
  await expect(view).toContainText(rule.why?.replaceAll('`', '') ?? '?');
});

test('tabs follow the keys', async ({ page }) => {
  await playground.tab('Findings').focus();
  await page.keyboard.press('ArrowRight');
  await expect(playground.tab('Report')).toBeFocused();
  await expect(page.locator('#panel-report')).toBeVisible();
  await expect(page.locator('#panel-findings')).toBeHidden();
  await page.keyboard.press('End');
  await expect(playground.tab('Rule')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(playground.tab('Findings')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await expect(playground.tab('Findings')).toHaveAttribute('aria-selected', 'true');
});

test('Escape and Tab lead out of the editor', async ({ page }) => {
  await playground.content.click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(playground.content).not.toBeFocused();
  expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('editor');
});

test('hostile text stays text in editor, findings and report', async ({ page }) => {
  const hostile = '<img src=x onerror="document.title=1">\u202e\u200b\u001b[31m';
  await playground.type(
    `${JSON.stringify({ ...bearbrowser(), transport: hostile, [hostile]: 1 })}\n\u202e\u200b\u0007`,
  );
  await expect(playground.outcome).toContainText('Unreadable');
  await playground.type(JSON.stringify({ ...bearbrowser(), transport: hostile, [hostile]: 1 }));
  await expect(playground.outcome).toContainText('Invalid');
  for (const place of ['#findings', '#report-text', '#editor']) {
    await expect(page.locator(`${place} img[src]`), place).toHaveCount(0);
  }
  const shown = await page.evaluate(
    () =>
      (document.querySelector('main')?.textContent ?? '') +
      (document.querySelector('#editor')?.shadowRoot?.textContent ?? ''),
  );
  for (const character of '\u202e\u001b\u0007') expect(shown.includes(character)).toBe(false);
  await expect(page.locator('#editor .escape').first()).toHaveText('U+202E');
  expect(await page.title()).toContain('Playground');
});

test('a dropped file is opened', async ({ page }) => {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.json'));
    const target = document.querySelector('#editor') as Element;
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, composed: true }),
      );
    }
  }, text(bearbrowser()));
  await expect(page.locator('#provenance')).toHaveText('Opened here: dropped.json');
  await expect(playground.outcome.locator('strong')).toHaveText('Valid');
});

test('a fault of the whole document is underlined on its first line alone, and a click selects all of it', async ({
  page,
}) => {
  await playground.openFile('list.json', '[\n  1,\n  2\n]');
  await expect(playground.outcome).toContainText('Invalid');
  await expect(page.locator('#editor .cm-lintRange')).toHaveText(['[']);
  await playground.findings.first().getByRole('button').first().click();
  await expect(playground.caret).toHaveText('line 1, column 1, 12 selected');
});

test('the page answers while megabytes are being checked', async ({ page }) => {
  const entry = text(bearbrowser({ policyDecisionRef: '' }));
  const big = `[${Array<string>(12_000).fill(entry).join(',\n')}]`;
  expect(big.length).toBeGreaterThan(5e6);
  await playground.openFile('big.json', big);
  // The longest time in which the page could not do anything else while the worker is busy with it.
  const longest = await page.evaluate(async () => {
    let last = performance.now();
    let worst = 0;
    const end = last + 1500;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const now = performance.now();
      worst = Math.max(worst, now - last);
      last = now;
    }
    return worst;
  });
  await expect(page.locator('#provenance')).toHaveText('Opened here: big.json');
  await expect(playground.outcome).toContainText(/Invalid|Unrecognised/, { timeout: 30_000 });
  expect(longest).toBeLessThan(1000);
});

test('the document is told in words', async ({ page }) => {
  await playground.choose('web/samples/denied-by-policy.json');
  await playground.tab('In words').click();
  const story = page.locator('#story');
  await expect(story.locator('dt')).toHaveText(['What happened', 'Why', 'What remains', 'What to do']);
  await expect(story.locator('dd').first()).toContainText('was refused');
});

test('examples are searched, chosen and left by keyboard', async ({ page }) => {
  const button = page.locator('#examples');
  const search = page.locator('#example-search');
  const active = page.locator('#example-list [aria-selected=true]');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.type('capabilityledger shell');
  const shown = page.locator('#example-list [role=option]:visible');
  await expect(page.locator('#example-count')).toHaveText(/^\d+ examples?$/);
  const all = (await playground.examples()).length;
  expect(await shown.count()).toBeGreaterThan(0);
  expect(await shown.count()).toBeLessThan(all / 4);
  await expect(active).toHaveCount(1);
  expect(await search.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
  await page.keyboard.press('End');
  const path = (await active.getAttribute('data-path')) ?? '';
  expect(path).toBe(await shown.last().getAttribute('data-path'));
  await page.keyboard.press('Enter');
  await expect(page.locator('#example-box')).toBeHidden();
  await expect(button).toBeFocused();
  await expect.poll(() => playground.report()).toContain(JSON.stringify(path));

  await page.keyboard.press('Enter');
  await page.keyboard.type('no such thing');
  await expect(page.locator('#example-count')).toHaveText('No example fits.');
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('#example-box')).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await page.locator('#outcome').click();
  await expect(page.locator('#example-box')).toBeHidden();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
});

test('the list of examples fits 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 600 });
  await page.locator('#examples').click();
  const box = await page.locator('#example-box').boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

const claims = () => [
  { name: 'one.json', content: text(bearbrowser({ displayName: '🐻' })) },
  {
    name: 'two.json',
    content: text(
      bearbrowser({ receiptId: 'urn:srcos:receipt:browser-automation:other', ownerRef: 'urn:srcos:agent:b' }),
    ),
  },
];
const files = (documents: readonly { name: string; content: string }[]) =>
  documents.map(({ name, content }) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) }));

test('several files are checked together; a finding leads to each of its documents', async ({ page }) => {
  const documents = claims();
  await page.setInputFiles('#open', files(documents));
  const choice = page.locator('#document');
  await expect(choice.locator('option')).toHaveText([/one\.json.* · valid/, /two\.json.* · valid/]);
  await expect(page.locator('#provenance')).toHaveText('Opened here: one.json, two.json');
  const expected = bearproof.checkAllText(
    documents.map(({ name, content }) => ({ source: name, content })),
    { pretty: true },
  );
  expect(await playground.report()).toBe(`${expected}\n`);
  const finding = page.locator('#together .finding');
  await expect(finding).toHaveCount(1);
  await expect(finding).toContainText('browser.owner.ambiguous');
  await finding.getByRole('button', { name: 'two.json' }).click();
  await expect(choice).toHaveValue('1');
  await expect(playground.caret).toHaveText('line 5, column 15, 19 selected');
  await finding.getByRole('button', { name: 'one.json' }).click();
  await expect(choice).toHaveValue('0');
  await expect(playground.caret).toHaveText('line 5, column 15, 24 selected');
  await page.keyboard.insertText('"urn:srcos:agent:b"');
  await expect(finding).toHaveCount(0);
  await expect(page.locator('#together')).toContainText('Nothing at this level.');
  await choice.selectOption('1');
  await choice.selectOption('0');
  expect(await playground.text()).toBe(text(bearbrowser({ displayName: '🐻', ownerRef: 'urn:srcos:agent:b' })));
  await playground.tab('Command line').click();
  await expect(page.locator('#command-text')).toHaveText('bearproof check one.json two.json');
  await playground.choose('web/samples/denied-by-policy.json');
  await expect(page.locator('#set')).toBeHidden();
  await expect(page.locator('#together')).toBeHidden();
});

test('lines of NDJSON are documents each; files of one name stay apart', async ({ page }) => {
  const lines = claims()
    .map(({ content }) => JSON.stringify(JSON.parse(content)))
    .join('\r\n');
  await page.setInputFiles(
    '#open',
    files([
      { name: 'log.ndjson', content: `${lines}\n\n{"torn"\n` },
      { name: 'same.json', content: '{}' },
      { name: 'same.json', content: '[]' },
    ]),
  );
  const names = await page
    .locator('#document option')
    .evaluateAll((options) => options.map((o) => o.textContent ?? ''));
  expect(names.map((name) => name.replace(/[\u2068\u2069]| · .*/g, ''))).toEqual([
    'log.ndjson:1',
    'log.ndjson:2',
    'log.ndjson:4',
    'same.json',
    'same.json (2)',
  ]);
  await expect(page.locator('#together')).toContainText('browser.owner.ambiguous');
  await page.locator('#document').selectOption('2');
  await expect(playground.outcome.locator('strong')).toHaveText('Unreadable');
  await playground.tab('Command line').click();
  await expect(page.locator('#command-text')).toContainText('bearproof check log.ndjson same.json');
  await expect(page.locator('#same-bytes')).toBeHidden();
});

test('a file of lines is one store, and an edited line goes on being one of its', async ({ page }) => {
  const store = readFileSync(`${root}conformance/collection/bad/store-id-twice.ndjson`, 'utf8');
  // A blank line and a letter of two code units before it: places are those of the file.
  await page.setInputFiles('#open', files([{ name: '\u{1f43b}.ndjson', content: `{"note":"\u{1f43b}"}\n\n${store}` }]));
  const twice = page.locator('#together .finding').filter({ hasText: 'store.event.duplicate-id' });
  await expect(twice).toContainText('.ndjson:4');
  await twice.locator('.places button').first().click();
  await expect(playground.caret).toContainText('line 1, column');
  await expect(playground.caret).toContainText('9 selected');
  await page.keyboard.insertText('"evt_other"');
  await expect(page.locator('#together')).toBeVisible();
  await expect(twice).toHaveCount(0);
  await playground.tab('In words').click();
  await expect(page.locator('#story-list li')).toHaveCount(3);
  await page.locator('#story-list button').nth(1).click();
  await expect(page.locator('#document')).toHaveValue('1');
});

test('all samples open together', async ({ page }) => {
  await playground.choose('web/samples/');
  await expect(page.locator('#document option')).toHaveCount(16);
  await expect(page.locator('#together .finding')).toContainText('browser.owner.ambiguous');
});
