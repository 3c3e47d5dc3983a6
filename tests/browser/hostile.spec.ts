// Documents that try to break out of the page, hide in it or deceive its reader.
import { Panel } from './support/panel.ts';
import { apart, bearbrowser, sourceos, text } from './support/receipts.ts';
import { expect, test } from './support/test.ts';

const bidi = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c';
const invisible = '\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u{e0041}\u{e007f}\ufe0f\u2800';
const controls = '\u0000\u0007\b\t\n\u001b[31m\u007f\u009b';
const markup = [
  '<img src=x onerror="document.title=1">',
  '<script>document.title=1</script>',
  '<b>bold</b>',
  '</bdi></dd><h3>Consistent</h3>',
  '<style>*{display:none}</style>',
  '{{constructor}} ${document.title=1}',
  '<a href="javascript:document.title=1">click</a>',
].join(' ');

let panel: Panel;
test.beforeEach(async ({ page, site }) => {
  panel = new Panel(page, site);
  await panel.open();
});

const everywhere = (value: string) => ({
  receiptId: value,
  ownerRef: value,
  displayName: value,
  transport: value,
  tabScope: [value],
  permissionScope: [value],
  origin: value,
  status: value,
  capturedAt: value,
});

/** Characters of the whole panel that must never be there as they are. */
function unshowable(shown: string): string[] {
  const found = shown.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu);
  return (found ?? []).filter((character) => character !== '\n' && character !== '\t');
}

test('markup is shown as the text that it is', async ({ page }) => {
  const card = await panel.one(text(bearbrowser(everywhere(markup))), `${markup}.json`);
  await expect(card.locator('h3').first()).toContainText('<img src=x');
  await card.locator('.revoke').click();
  await expect(panel.confirmation).toContainText('<img src=x');
  for (const tag of ['img', 'script', 'style', 'a', 'iframe', 'form']) {
    await expect(panel.host.locator(tag), tag).toHaveCount(0);
  }
  await expect(panel.host.locator('b', { hasText: /^bold$/ })).toHaveCount(0);
  await expect(panel.host.locator('.row h3')).toHaveCount(1);
  expect(await page.title()).toContain('Sessions');
});

test('characters that reorder, hide or control are shown by their code point, in every place', async () => {
  const hostile = `a${bidi}b${invisible}c${controls}d`;
  const card = await panel.one(text(bearbrowser(everywhere(hostile))), `${hostile}.json`);
  for (const summary of await panel.host.locator('details > summary').all()) await summary.click();
  const shown = await panel.host.evaluate((host) => host.shadowRoot?.textContent ?? '');
  expect(unshowable(shown)).toEqual([]);
  const escapes = await card.locator('[data-field=displayName] .escape').allInnerTexts();
  const expected = [...(bidi + invisible + controls)]
    .filter((character) => !/[[\]31m]/.test(character))
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  expect(escapes).toEqual(expected);
});

test('private characters, odd spaces and piled-up accents are named too', async () => {
  const card = await panel.one(text(bearbrowser({ displayName: `y\ue000z\u00a0\u3000w${'\u0301'.repeat(40)}` })));
  const escapes = await card.locator('[data-field=displayName] .escape').allInnerTexts();
  expect(escapes.slice(0, 3)).toEqual(['U+E000', 'U+00A0', 'U+3000']);
  expect(escapes.length).toBe(3 + 37);
});

test('every text of a document stands isolated in a bdi', async () => {
  const word = 'QQdocumentQQ';
  await panel.one(text(bearbrowser(everywhere(word))), word);
  for (const summary of await panel.host.locator('details > summary').all()) await summary.click();
  const loose = await panel.host.evaluate((host, wanted) => {
    const walker = document.createTreeWalker(host.shadowRoot as Node, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    let seen = 0;
    while (walker.nextNode()) {
      if (!walker.currentNode.nodeValue?.includes(wanted)) continue;
      seen++;
      if (!walker.currentNode.parentElement?.closest('bdi')) found.push(walker.currentNode.nodeValue);
    }
    return { seen, found };
  }, word);
  expect(loose.seen).toBeGreaterThan(9);
  expect(loose.found).toEqual([]);
});

test('right-to-left text does not move its surroundings', async () => {
  await panel.show([{ source: 'a', content: text(bearbrowser({ ...apart('rtl-1'), displayName: 'שלום עולם' })) }]);
  await panel.rows.first().locator('.revoke').click();
  const { label, rest } = await panel.confirmation.locator('.named').evaluate((line) => ({
    label: (line.querySelector('b') as Element).getBoundingClientRect(),
    rest: (line.querySelector('.by') as Element).getBoundingClientRect(),
  }));
  expect(rest.left >= label.right - 1 || rest.top >= label.top).toBe(true);
  await expect(panel.confirmation.locator('.named')).toHaveText(/שלום עולם\s+of urn:srcos:agent:tester\s+id …/);
});

test('long text is cut in the middle, its end stays, all of it unfolds', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const long = `urn:srcos:agent:${'x'.repeat(3000)}-the-end`;
  const card = await panel.one(text(bearbrowser({ ownerRef: long })));
  const value = card.locator('[data-field=owner] dd');
  await expect(value.locator('summary')).toContainText(/^urn:srcos:agent:x+…/);
  expect((await value.locator('summary').innerText()).trim().endsWith('x-the-end')).toBe(true);
  expect((await value.locator('summary').innerText()).length).toBeLessThan(200);
  await expect(value.locator('.whole')).toBeHidden();
  await value.locator('summary').click();
  await expect(value.locator('.whole')).toHaveText(long);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a megabyte in every field neither fills the page nor stops it', async () => {
  const huge = 'A\u202e<b>'.repeat(250_000);
  const took = await panel.show([
    {
      source: 'huge.json',
      content: text(bearbrowser({ ...everywhere(huge), tabScope: Array<string>(5000).fill(huge.slice(0, 200)) })),
    },
  ]);
  // Ten megabytes take a fraction of a second; on a machine that does other things meanwhile, some.
  expect(took).toBeLessThan(20_000);
  const card = await panel.opened(panel.rows.first());
  const length = await panel.host.evaluate((host) => host.shadowRoot?.textContent?.length ?? 0);
  expect(length).toBeLessThan(500_000);
  await expect(card.locator('[data-field=tabScope] dd')).toContainText(/\d+ more/);
});

test('of a long origin the end of the host stays in sight', async () => {
  const origin = `https://accounts.bank.example.${'login.'.repeat(40)}attacker.example/${'path/'.repeat(60)}`;
  for (const receipt of [bearbrowser({ tabScope: [origin] }), sourceos({ controlledScope: { urlOrigin: origin } })]) {
    const card = await panel.one(text(receipt));
    const shown = await card.locator('[data-field=tabScope] summary').innerText();
    expect(shown).toContain('https://accounts');
    expect(shown.trim()).toMatch(/\.attacker\.example$/);
  }
});

test('a host with letters beyond ASCII is spelled as the network spells it, too', async () => {
  const card = await panel.one(text(bearbrowser({ tabScope: ['https://p\u0430ypal.example/'] })));
  await expect(card.locator('[data-field=tabScope] .mark').last()).toHaveText('xn--pypal-4ve.example');
  const plain = await panel.one(text(bearbrowser({ tabScope: ['https://paypal.example/'] })));
  await expect(plain.locator('[data-field=tabScope] .mark')).toHaveCount(0);
});

test('values of the wrong type are marked, and no session with them is consistent', async () => {
  const card = await panel.one(
    text(
      bearbrowser({
        displayName: { toString: 'x' },
        transport: 7,
        permissionScope: 'everything',
        tabScope: [1, null, { a: '\u202e' }],
        status: ['active'],
      }),
    ),
  );
  for (const name of ['displayName', 'transport', 'permissionScope', 'tabScope', 'status']) {
    await expect(card.locator(`[data-field=${name}] .mark.bad`), name).toHaveText('see the findings');
  }
  expect(unshowable(await panel.host.evaluate((host) => host.shadowRoot?.textContent ?? ''))).toEqual([]);
  await expect(panel.standing(card)).not.toHaveText(/Consistent/);
});

test('of a name written twice neither value is shown, whichever would have looked better', async () => {
  const good = text(bearbrowser());
  const cases: [string, string, RegExp][] = [
    ['owner', '"ownerRef": "urn:srcos:agent:shadow",', /Not admitted/],
    ['policyDecisionRef', '"policyDecisionRef": "",', /Not admitted/],
    ['displayName', '"displayName": "Another label",', /Needs attention/],
    // The same name once its escape is read.
    ['owner', '"owner\\u0052ef": "urn:srcos:agent:shadow",', /Not admitted/],
  ];
  for (const [name, line, standing] of cases) {
    const card = await panel.one(good.replace('{', `{\n  ${line}`));
    await expect(panel.standing(card), line).toHaveText(standing);
    if (name !== 'policyDecisionRef') expect(await panel.field(card, name)).toContain('see the findings');
    await expect(card.locator('dl')).not.toContainText(/shadow|Another label/);
    await expect(card.locator('.finding', { hasText: 'parse.key.duplicate' })).toHaveCount(1);
  }
});

test('"__proto__" and "constructor" are members like any other and lend nothing', async ({ page }) => {
  const { ownerRef, policyDecisionRef, ...rest } = bearbrowser();
  const lent = JSON.stringify({ ownerRef, policyDecisionRef, polluted: true });
  for (const name of ['__proto__', 'constructor']) {
    const card = await panel.one(JSON.stringify(rest).replace('{', `{"${name}":${lent},`));
    await expect(panel.standing(card)).toHaveText(/Not admitted/);
    expect(await panel.field(card, 'owner')).toContain('not stated');
  }
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
});

test('no receipt disappears below another that takes its id, its session or its owner', async () => {
  const { receiptId } = bearbrowser();
  await panel.show([
    { source: 'good', content: text(bearbrowser()) },
    { source: 'owner', content: text(bearbrowser({ ownerRef: 'urn:srcos:agent:thief' })) },
    { source: 'session', content: text(bearbrowser({ ...apart('x'), receiptId })) },
    { source: 'nobody', content: text(bearbrowser({ ownerRef: '' })) },
    { source: 'nobody', content: text(bearbrowser({ ...apart('nobody'), ownerRef: '' })) },
  ]);
  await expect(panel.rows).toHaveCount(5);
  await expect(panel.host.locator('.row.not-admitted')).not.toHaveCount(0);
});

test('a thousand claims of one session hide no other conflict', async () => {
  const claims = Array.from({ length: 1002 }, (_, index) => ({
    source: `claim-${index}`,
    content: JSON.stringify(
      bearbrowser({ ...apart(index), sessionRef: 'urn:srcos:session:flooded', ownerRef: `urn:srcos:agent:o${index}` }),
    ),
  }));
  await panel.show([
    ...claims,
    { source: 'v1', content: text(bearbrowser({ ...apart('v1'), sessionRef: 'urn:s:victim', displayName: 'Victim' })) },
    {
      source: 'v2',
      content: text(
        bearbrowser({ ...apart('v2'), sessionRef: 'urn:s:victim', ownerRef: 'urn:a:thief', displayName: 'Victim' }),
      ),
    },
  ]);
  await expect(panel.host.getByRole('button', { name: /1,?004 not admitted/ })).toBeVisible();
  await expect(panel.host.getByRole('button', { name: /0 consistent/ })).toBeVisible();
});

test('a document nested too deeply or otherwise undecided is never a consistent session', async () => {
  const deep = text(bearbrowser()).replace('"A test drive"', `${'['.repeat(600)}${']'.repeat(600)}`);
  await panel.show([{ source: 'deep.json', content: deep }]);
  await expect(panel.host.getByText('Consistent', { exact: true })).toHaveCount(0);
});
