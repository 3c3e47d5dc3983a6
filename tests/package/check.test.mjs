// check, checkAll and what their options mean.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encode, filesBelow, load, root } from './support.mjs';

const bearproof = await load();
const examples = filesBelow(join(root, 'schemas/browser/examples'));

test('the examples of the browser family are recognised and valid', () => {
  assert.ok(examples.length >= 3, 'there are examples');
  for (const file of examples) {
    const report = bearproof.check(readFileSync(file), { source: file });
    const [document] = report.documents;
    assert.equal(document.source, file);
    assert.match(document.kind, /^Browser(AutomationReceipt|PolicyDecision|PolicyAction|ProvenanceEvent)$/, file);
    assert.equal(document.verdict, 'valid', file);
    assert.deepEqual(report.summary.documents, 1);
  }
});

test('a receipt without a policy decision is told so, where it stands', () => {
  const receipt = examples.map((file) => JSON.parse(readFileSync(file, 'utf8'))).find((one) => 'ownerRef' in one);
  const text = JSON.stringify({
    ...receipt,
    policyDecisionRef: undefined,
    policyDecision: undefined,
    policy_decision_ref: undefined,
  });
  const { documents, summary } = bearproof.check(text);
  assert.equal(documents[0].verdict, 'invalid');
  assert.ok(documents[0].findings.some(({ severity }) => severity === 'error'));
  assert.equal(summary.invalid, 1);
});

test('text and its bytes give the same report, and so does the report as text', () => {
  for (const text of ['{"a":1,}', '{"kind":"Ünknown 🐻"}', '', '\ufeff{}', '{"\ud83d\udc3b":[1,2,]}']) {
    const report = bearproof.check(text);
    assert.deepEqual(bearproof.check(encode(text)), report);
    assert.equal(bearproof.checkText(text), JSON.stringify(report));
    assert.deepEqual(JSON.parse(bearproof.checkText(text, { pretty: true })), report);
    assert.match(bearproof.checkText(text, { pretty: true }), /\}\n$/);
  }
});

test('positions count bytes, code points and UTF-16 code units', () => {
  const text = '{\n  "ü🐻": tru }';
  const { range } = bearproof.check(text).documents[0].findings[0];
  assert.equal(range.start.line, 2);
  assert.equal(range.start.utf16, text.indexOf('tru'));
  assert.equal(range.start.offset, encode(text.slice(0, text.indexOf('tru'))).length);
  assert.equal(range.start.column, [...'  "ü🐻": '].length + 1);
});

test('bytes that are not UTF-8, a lone surrogate, a duplicate key: findings, not exceptions', () => {
  const rules = (content) => bearproof.check(content).documents[0].findings.map(({ rule }) => rule);
  assert.ok(rules(new Uint8Array([0x22, 0xff, 0x22])).includes('parse.encoding.invalid-utf8'));
  assert.ok(rules('"\\ud800"').includes('parse.encoding.lone-surrogate'));
  assert.ok(rules('{"a":1,"\\u0061":2}').includes('parse.key.duplicate'));
});

test('a view into a larger buffer is that view', () => {
  const large = encode('xxxx{"a":1,}yyyy');
  assert.deepEqual(bearproof.check(large.subarray(4, 12)), bearproof.check('{"a":1,}'));
});

test('options: source, level, severities, mode, now, digest', () => {
  assert.equal(bearproof.check('{}').documents[0].source, '-');
  const unknown = bearproof.check('{"kind":"Nothing"}');
  assert.equal(unknown.documents[0].verdict, 'unrecognised');
  assert.equal(bearproof.check('{"kind":"Nothing"}', { mode: 'strict' }).documents[0].verdict, 'invalid');
  assert.deepEqual(bearproof.check('{"kind":"Nothing"}', { level: 'error' }).documents[0].findings, []);
  const { rule } = unknown.documents[0].findings[0];
  const off = bearproof.check('{"kind":"Nothing"}', { severities: { [rule]: 'off' } });
  assert.equal(
    off.documents[0].findings.some((finding) => finding.rule === rule),
    false,
  );
  const now = '2026-05-01T00:00:00.000Z';
  assert.equal(bearproof.check('{}', { now }).options.now, now);
  assert.equal(bearproof.check('{}', { now: new Date(now) }).options.now, now);
  assert.equal(
    bearproof.check('{}', { digest: true }).documents[0].digest,
    'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  );
});

test('an option that does not exist or cannot be is refused by name', () => {
  for (const [options, name] of [
    [{ modus: 'strict' }, /modus/],
    [{ mode: 'stricter' }, /mode/],
    [{ level: 'loud' }, /level/],
    [{ now: 'yesterday' }, /now/],
    [{ now: new Date(Number.NaN) }, /now/],
    [{ severities: { 'no.such.rule': 'off' } }, /no\.such\.rule/],
    [{ limits: { nesting: 3 } }, /limits/],
  ]) {
    assert.throws(
      () => bearproof.check('{}', options),
      (error) => error instanceof TypeError && name.test(error.message),
    );
  }
  assert.equal(bearproof.check('[]').documents.length, 1, 'and the next check is a check');
});

test('checkAll: one report, in the order given, also of none', () => {
  const documents = [
    { source: 'b', content: '{"a":1,}' },
    { source: 'a', content: encode('{"kind":"Nothing"}') },
  ];
  const report = bearproof.checkAll(documents, { digest: true });
  assert.deepEqual(
    report.documents,
    documents.map(({ source, content }) => bearproof.check(content, { source, digest: true }).documents[0]),
  );
  assert.equal(report.summary.documents, 2);
  assert.equal(report.summary.unreadable, 1);
  assert.deepEqual(JSON.parse(bearproof.checkAllText(documents, { digest: true })), report);
  assert.match(bearproof.checkAllText(documents, { pretty: true }), /^\{\n {2}"bearproof"/);
  assert.deepEqual(bearproof.checkAll([]).documents, []);
  assert.equal(bearproof.checkAll(new Set(documents)).documents.length, 2);
});

test('memory that grows while a document goes in leaves the report right', async () => {
  const fresh = await load();
  const large = `[${'"0123456789abcdef",'.repeat(2_000_000)}]`; // 38 MB
  const report = fresh.check(large);
  assert.equal(report.documents[0].verdict, 'unreadable');
  assert.equal(report.documents[0].findings[0].range.start.utf16, large.length - 1);
  assert.deepEqual(fresh.check('{"a":1,}'), bearproof.check('{"a":1,}'));
});

test('one byte more than the limit is a finding', () => {
  const limit = 64 << 20;
  const text = new Uint8Array(limit + 1).fill(0x20);
  text[0] = 0x31;
  const rules = (bytes) => bearproof.check(bytes).documents[0].findings.map(({ rule }) => rule);
  assert.equal(rules(text.subarray(0, limit)).includes('limit.document'), false);
  assert.deepEqual(rules(text), ['limit.document']);
});
