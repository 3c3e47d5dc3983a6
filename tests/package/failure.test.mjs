// An instance that traps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, load } from './support.mjs';
import { instances, wreck } from './wreck.mjs';

const isFailure = (report, source) => {
  assert.deepEqual(
    report.documents.map(({ source, verdict }) => ({ source, verdict })),
    [{ source, verdict: 'invalid' }],
  );
  assert.deepEqual(
    report.documents[0].findings.map(({ rule, severity }) => ({ rule, severity })),
    [{ rule: 'engine.failed', severity: 'error' }],
  );
  assert.equal(report.summary.errors, 1);
};

test('the document is reported, and the next check is as good as the first', async () => {
  const bearproof = await load();
  const good = bearproof.checkText('{"a":1,}');
  wreck();
  // A wrecked instance may fail before it has seen the document: then the document is checked by the fresh one.
  const report = bearproof.check('{"a":1,}', { source: 'hard' });
  assert.ok(report.documents[0].findings[0].rule === 'engine.failed' || report.documents[0].verdict === 'unreadable');
  assert.ok(instances() >= 2, 'there is a fresh instance');
  assert.equal(bearproof.checkText('{"a":1,}'), good);
});

test('a stream that lost its instance says so from then on', async () => {
  const bearproof = await load();
  const lines = bearproof.lines({ source: 'stream' });
  assert.equal(lines.push(encode('{"a":1,}\n')).documents.length, 1);
  wreck();
  isFailure(lines.push(encode('{"a":1,}\n')), 'stream');
  isFailure(lines.push(encode('{}\n')), 'stream');
  isFailure(lines.end(), 'stream');
  lines.dispose();
  assert.equal(bearproof.check('{"a":1,}').documents[0].verdict, 'unreadable', 'others are none the worse');
});

test('checkLines over a wrecked instance', async () => {
  const bearproof = await load();
  wreck();
  const report = bearproof.checkLines(encode('{"a":1,}\n'), { source: 'file' });
  assert.equal(report.documents[0].source, 'file');
  assert.equal(bearproof.checkLines(encode('{"a":1,}\n')).documents[0].verdict, 'unreadable');
});
