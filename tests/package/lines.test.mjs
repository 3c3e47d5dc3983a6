// NDJSON at once and in portions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, load } from './support.mjs';

const bearproof = await load();

const text = ['{"kind":"A"}', '', '{"a":1,}\r', '  ', '{"kind":"🐻"} {"b":2}', '[', '"ü"', '{"kind":"last"'].join('\n');
const bytes = encode(text);

test('every line is a document, only those with findings are listed, all are counted', () => {
  const report = bearproof.checkLines(bytes, { source: 'x.ndjson', level: 'error' });
  assert.equal(report.summary.documents, 6);
  assert.deepEqual(
    report.documents.map(({ line }) => line),
    [3, 5, 6, 7, 8].filter((line) => report.documents.some((document) => document.line === line)),
  );
  for (const line of [3, 5, 6, 8]) {
    assert.equal(report.documents.find((document) => document.line === line)?.verdict, 'unreadable', `line ${line}`);
  }
  assert.ok(report.documents.every(({ source }) => source === 'x.ndjson'));
});

test('the level is warning unless the options say otherwise', () => {
  assert.equal(bearproof.checkLines(bytes).options.level, 'warning');
  assert.equal(bearproof.checkLines(bytes, { level: 'info' }).options.level, 'info');
});

test('positions count from the start of the stream', () => {
  const finding = bearproof.checkLines(bytes, { level: 'error' }).documents.find(({ line }) => line === 5).findings[0];
  assert.equal(finding.range.start.utf16, text.indexOf('{"b":2}'));
  assert.equal(finding.range.start.line, 5);
});

test('cut anywhere, a stream tells the same as the whole', () => {
  for (const level of ['info', 'error']) {
    const whole = bearproof.checkLines(bytes, { level });
    for (let cut = 0; cut <= bytes.length; ++cut) {
      const lines = bearproof.lines({ level });
      const parts = [lines.push(bytes.subarray(0, cut)), lines.push(bytes.subarray(cut)), lines.end()];
      lines.dispose();
      assert.deepEqual(
        parts.flatMap(({ documents }) => documents),
        whole.documents,
        `cut at ${cut}`,
      );
      assert.deepEqual(parts.at(-1).summary, whole.summary, `cut at ${cut}`);
    }
  }
});

test('byte by byte too, and the summary grows as it goes', () => {
  const lines = bearproof.lines();
  let documents = 0;
  for (const byte of bytes) {
    const { summary } = lines.push(Uint8Array.of(byte));
    assert.ok(summary.documents >= documents);
    documents = summary.documents;
  }
  assert.equal(lines.end().summary.documents, 6);
  lines.dispose();
});

test('a line longer than a portion, and many lines over many portions', () => {
  const long = encode(`{"kind":"A"}\n{"a":"${'x'.repeat(3 << 20)}",}\n${'{"kind":"B"}\n'.repeat(200_000)}`);
  const report = bearproof.checkLines(long, { level: 'error' });
  assert.equal(report.summary.documents, 200_002);
  assert.deepEqual(
    report.documents.map(({ line }) => line),
    [2],
  );
});

test('streams and checks do not disturb one another', () => {
  const one = bearproof.lines({ level: 'error', source: 'one' });
  const two = bearproof.lines({ level: 'error', source: 'two' });
  one.push(encode('{"a":'));
  two.push(encode('[1,'));
  assert.equal(bearproof.check('{"a":1,}').documents[0].verdict, 'unreadable');
  assert.deepEqual(
    one.push(encode('}\n')).documents.map(({ source, line }) => [source, line]),
    [['one', 1]],
  );
  assert.deepEqual(
    two.end().documents.map(({ source, line }) => [source, line]),
    [['two', 1]],
  );
  one.dispose();
  two.dispose();
});

test('an empty stream is an empty report; a disposed one refuses', () => {
  assert.equal(bearproof.checkLines(new Uint8Array()).summary.documents, 0);
  const lines = bearproof.lines();
  assert.equal(lines.end().summary.documents, 0);
  lines.dispose();
  assert.throws(() => lines.push(bytes), /disposed/);
  assert.throws(() => bearproof.lines({ modus: 1 }), TypeError);
});
