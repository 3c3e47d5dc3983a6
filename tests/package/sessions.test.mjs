// The session view as the package gives it: shape, options, what is refused, what is bounded.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { follows } from './forms.mjs';
import { filesBelow, load, root } from './support.mjs';

const bearproof = await load();
const isReceipt = (file) => /\/(seed|sourceos-v2|bearbrowser-v1)-[a-z]+\.json$/.test(file);
const examples = filesBelow(join(root, 'schemas/browser/examples'))
  .filter(isReceipt)
  .map((file) => ({
    source: file.split('/').pop(),
    content: readFileSync(file, 'utf8'),
  }));
const receipt = (name, more = {}) => ({
  schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
  receiptId: `urn:srcos:receipt:browser-automation:${name}`,
  sessionRef: `urn:srcos:session:${name}`,
  ownerRef: 'urn:srcos:agent:clerk',
  transport: 'cdp',
  permissionScope: ['read_dom', 'use_credentials'],
  origin: 'local',
  userVisible: true,
  revocable: true,
  policyDecisionRef: 'urn:srcos:decision:permit-7',
  evidenceRefs: ['urn:srcos:evidence:e'],
  capturedAt: '2026-05-06T12:00:00Z',
  status: 'active',
  tabScope: ['tab-1'],
  displayName: 'Clerk',
  ...more,
});
const document = (name, more) => ({ source: `${name}.json`, content: JSON.stringify(receipt(name, more)) });

test('the examples: a session each, in order, with nine fields', () => {
  const view = bearproof.sessions(examples);
  follows('sessions', view, 'examples');
  assert.ok(examples.length >= 12);
  assert.equal(view.sessions.length, examples.length);
  for (const session of view.sessions) {
    assert.match(session.key, /^sha256:[0-9a-f]{64}$/);
    assert.equal(session.fields.length, 9);
    assert.equal(session.fields[1].label, 'Owner / Agent');
    assert.equal(session.revoke.possible, session.phase !== 'ended');
    assert.ok(session.records.length === 1 && session.dialect && session.digest);
  }
  const phases = view.sessions.map(({ phase }) => phase === 'ended');
  assert.deepEqual(phases, [...phases].sort(), 'those that go on come first');
  const { summary } = view;
  const going = view.sessions.filter(({ phase }) => phase !== 'ended');
  assert.equal(summary.active + summary.unstated, going.length);
  assert.equal(summary.notAdmitted + summary.needsAttention + summary.consistent, going.length);
  assert.equal(summary.ended, view.sessions.length - going.length);
});

test('a set of nothing', () => {
  const view = bearproof.sessions([]);
  follows('sessions', view, 'nothing');
  assert.deepEqual(view.sessions, []);
  assert.equal(bearproof.sessions([], { remoteControl: true }).undeclaredAutomation, true);
  assert.equal(bearproof.sessions([document('a')], { remoteControl: true }).undeclaredAutomation, undefined);
});

test('sensitive permissions are marked, in plain words', () => {
  const [session] = bearproof.sessions([
    document('a', { permissionScope: ['read_dom', 'fly', 'use_credentials'] }),
  ]).sessions;
  assert.deepEqual(session.permissions, [
    { word: 'use_credentials', sensitive: true, plain: 'sign in as you' },
    { word: 'read_dom', sensitive: false, plain: 'read what pages show' },
    { word: 'fly', sensitive: false },
  ]);
});

test('time: only with now, and only while it is active', () => {
  const view = (options, more) => bearproof.sessions([document('a', more)], options).sessions[0].standing;
  const now = '2026-05-06T14:30:00Z';
  assert.equal(view({}), 'consistent');
  assert.equal(view({ now }), 'needs-attention');
  assert.equal(view({ now: new Date(now) }), 'needs-attention');
  assert.equal(view({ now, ttlMinutes: 200 }), 'consistent');
  assert.equal(view({ now }, { status: 'ended' }), 'consistent');
  assert.equal(bearproof.sessions([], { now }).now, now);
});

test('nothing else may be asked for', () => {
  for (const options of [
    { level: 'error' },
    { severities: {} },
    { mode: 'strict' },
    { now: 'soon' },
    { ttlMinutes: 0 },
    { ttlMinutes: 1.5 },
    { remoteControl: 'yes' },
    { limits: {} },
  ]) {
    assert.throws(() => bearproof.sessions([], options), TypeError, JSON.stringify(options));
  }
});

test('an entry that is no document is an error, never a gap', () => {
  for (const wrong of [null, undefined, {}, { source: 'a' }, { content: '' }, { source: 'a', content: null }, 7]) {
    assert.throws(() => bearproof.sessions([document('a'), wrong]), TypeError);
  }
});

test('what nobody read because of its size, and what is torn, is not admitted', () => {
  const view = bearproof.sessions([
    { source: 'large.json', oversized: 2 ** 40 },
    { source: 'torn.json', content: '{"schemaVersion":"bearbrowser' },
    document('a'),
  ]);
  follows('sessions', view, 'large and torn');
  assert.deepEqual(
    view.others.map(({ source, verdict, standing }) => [source, verdict, standing]),
    [
      ['large.json', 'unreadable', 'not-admitted'],
      ['torn.json', 'unreadable', 'not-admitted'],
    ],
  );
  assert.equal(view.summary.unreadable, 2);
  assert.equal(view.sessions.length, 1);
  assert.match(view.others[0].reasons[0].message, /1099511627776 bytes/);
});

test('limits lower what is read, never what is said of it', async () => {
  const small = await load({ limits: { document: 100 } });
  const view = small.sessions([document('a')]);
  assert.equal(view.sessions.length, 0);
  assert.equal(view.others[0].standing, 'not-admitted');
});

test('a document that makes the instance fail is not admitted, and hides no other', async () => {
  // An instance with so little memory left that a large text does not fit.
  const huge = { source: 'huge.json', content: { length: 2 ** 33 } };
  Object.setPrototypeOf(huge.content, Uint8Array.prototype);
  const view = bearproof.sessions([document('a'), huge, document('b')]);
  follows('sessions', view, 'failed');
  assert.equal(view.sessions.length, 2);
  assert.equal(view.others[0].reasons[0].rule, 'engine.failed');
  assert.equal(view.others[0].standing, 'not-admitted');
});

test('floods: what is listed is bounded, what is sound is still seen', () => {
  const flood = { source: 'flood.jsonl', content: '1\n'.repeat(1_000_000), lines: true };
  const start = performance.now();
  const view = bearproof.sessions([flood, document('a')]);
  const took = performance.now() - start;
  assert.equal(view.sessions.length, 1);
  assert.equal(view.sessions[0].standing, 'consistent');
  assert.ok(view.others.length <= 200);
  assert.equal(view.summary.othersLeftOut + view.others.length, 1_000_000);
  assert.ok(took < 10_000, `${took} ms`);
});

test('floods: owners who contest one session hide no other conflict', () => {
  const flood = Array.from({ length: 1002 }, (_, i) =>
    document(`f${i}`, { sessionRef: 'urn:srcos:session:one', ownerRef: `urn:srcos:agent:o${i}` }),
  );
  const victims = ['x', 'y'].map((name) =>
    document(name, { sessionRef: 'urn:srcos:session:two', ownerRef: `urn:srcos:agent:${name}` }),
  );
  const view = bearproof.sessions([...flood, ...victims]);
  assert.equal(view.summary.notAdmitted, 1004);
});

test('a decision in the set that is no permission refuses, in any order and any log', () => {
  const decisionId = 'urn:srcos:policy:decision:bearbrowser:3d6b2f60-90a7-4f0a-9a35-2f6f5f8f0d11';
  const allow = JSON.parse(readFileSync(join(root, 'schemas/browser/examples/policy-decision-allow.json'), 'utf8'));
  const decision = (more) => JSON.stringify({ ...allow, decisionId, ...more });
  const admitted = document('a', { policyDecisionRef: decisionId });
  const standing = (...lines) => {
    const log = { source: 'decisions.jsonl', lines: true, content: lines.join('\n') };
    const views = [
      [admitted, log],
      [log, admitted],
    ].map((documents) => bearproof.sessions(documents));
    assert.deepEqual(views[0].sessions[0].standing, views[1].sessions[0].standing);
    return views[0].sessions[0].standing;
  };
  assert.equal(standing(decision()), 'consistent');
  for (const wrong of ['deny', 'hold', 'DENY', 'allowed', null, 7]) {
    assert.equal(standing(decision({ decision: wrong })), 'not-admitted', String(wrong));
    assert.equal(standing(decision(), decision({ decision: wrong })), 'not-admitted', `then ${wrong}`);
    assert.equal(standing(decision({ decision: wrong }), decision()), 'not-admitted', `${wrong} before`);
  }
  assert.equal(
    standing(decision().replace('"decision":"allow"', '"decision":"allow","decision":"deny"')),
    'not-admitted',
  );
});

test('a view is the same whatever is done before and after', () => {
  const first = bearproof.sessionsText(examples);
  bearproof.checkAll(examples);
  assert.ok(bearproof.sessionsText(examples) === first);
  assert.ok(bearproof.sessionsText([...examples].reverse()) === first, 'the order of the input changes nothing');
});
