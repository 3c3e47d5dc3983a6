// What documents show together: checkAll, streams, the graph.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesBelow, load, root } from './support.mjs';

const bearproof = await load();
const sets = join(root, 'conformance/collection');
const documentsOf = (name) =>
  filesBelow(join(sets, name)).map((file) => ({ source: file.split('/').pop(), content: readFileSync(file) }));

test('every set of documents comes to what is expected of it', () => {
  const expected = JSON.parse(readFileSync(join(sets, 'expect.json'), 'utf8'));
  for (const [name, { findings, options = {} }] of Object.entries(expected)) {
    const lines = name.endsWith('.ndjson');
    const report = lines
      ? bearproof.checkLines(readFileSync(join(sets, name)), {
          source: name,
          level: 'info',
          collection: true,
          ...options,
        })
      : bearproof.checkAll(documentsOf(name), { collection: true, ...options });
    const where = (place) => (lines ? String(place.range.start.line) : place.source) + place.pointer;
    const told = report.collection.findings.map(
      (found) => `${found.rule} ${found.severity} ${where(found)} ${(found.related ?? []).map(where).join(' ')}`,
    );
    const wanted = findings.map(
      (found) => `${found.rule} ${found.severity} ${found.source}${found.pointer} ${(found.related ?? []).join(' ')}`,
    );
    assert.deepEqual(told.sort(), wanted.sort(), name);
  }
});

test('both places of a contradiction are named, with their ranges', () => {
  const documents = documentsOf('bad/owner-contested');
  const report = bearproof.checkAll(documents);
  const [found] = report.collection.findings;
  const text = (place) => {
    const { content } = documents.find(({ source }) => source === place.source);
    return content.toString().slice(place.range.start.utf16, place.range.end.utf16);
  };
  assert.equal(text(found), '"urn:srcos:agent:other"');
  assert.equal(text(found.related[0]), '"urn:srcos:agent:clerk"');
  assert.equal(report.summary.errors, 1);
  assert.equal(report.summary.valid, 2, 'no verdict changes');
});

test('one document, or none asked for, has no collection', () => {
  const documents = documentsOf('bad/owner-contested');
  assert.equal(bearproof.checkAll(documents.slice(0, 1)).collection, undefined);
  assert.equal(bearproof.checkAll(documents, { collection: false }).collection, undefined);
  assert.deepEqual(bearproof.checkAll(documents.slice(0, 1), { collection: true }).collection, { findings: [] });
  assert.equal(bearproof.check(documents[0].content).collection, undefined);
});

test('a stream tells what its lines show together when it ends', () => {
  const bytes = readFileSync(join(sets, 'bad/receipt-back-to-life.ndjson'));
  const lines = bearproof.lines({ collection: true });
  assert.equal(lines.push(bytes.subarray(0, 400)).collection, undefined);
  assert.equal(lines.push(bytes.subarray(400)).collection, undefined);
  const report = lines.end();
  assert.deepEqual(
    report.collection.findings.map(({ rule, range }) => [rule, range.start.line]),
    [['browser.receipt.repeated', 2]],
  );
  assert.equal(report.summary.errors, 1);
  lines.dispose();
});

test('NDJSON among documents is one store or transcript, as on the command line', () => {
  const [store, receipts] = ['bad/store-id-twice.ndjson', 'bad/receipt-back-to-life.ndjson'].map((name) =>
    readFileSync(join(sets, name)),
  );
  const documents = [
    { source: 'store.ndjson', content: store, lines: true },
    ...documentsOf('bad/owner-contested'),
    { source: 'receipts.ndjson', content: `\n${receipts.toString()}`, lines: true },
  ];
  const report = bearproof.checkAll(documents);
  const count = (bytes) => bytes.toString().trim().split('\n').length;
  assert.equal(report.documents.length, count(store) + 2 + count(receipts), 'every line is listed');
  assert.equal(report.summary.documents, report.documents.length);
  assert.deepEqual(
    report.documents.map(({ source, line }) => [source, line]).slice(-2),
    [
      ['receipts.ndjson', 2],
      ['receipts.ndjson', 3],
    ],
    'lines are counted with the blank one',
  );
  const rules = report.collection.findings.map(({ rule, source, range }) => `${rule} ${source}:${range.start.line}`);
  assert.ok(rules.includes('store.event.duplicate-id store.ndjson:2'), rules.join());
  assert.ok(rules.includes('browser.receipt.repeated receipts.ndjson:3'), rules.join());
  assert.ok(rules.some((rule) => rule.startsWith('browser.owner.ambiguous ')));
  const repeated = report.collection.findings.find(
    ({ rule, source }) => rule === 'browser.receipt.repeated' && source === 'receipts.ndjson',
  );
  const { start, end } = repeated.range;
  assert.equal(documents.at(-1).content.slice(start.utf16, end.utf16), '"active"');
});

test('one file of lines is a collection', () => {
  const content = readFileSync(join(sets, 'bad/transcript-without-hello.ndjson'));
  const report = bearproof.checkAll([{ source: 't.ndjson', content, lines: true }]);
  assert.ok(report.collection.findings.some(({ rule }) => rule === 'ipc.handshake.order'));
  assert.equal(
    bearproof.checkAll([{ source: 't.ndjson', content, lines: true }], { collection: false }).collection,
    undefined,
  );
  assert.deepEqual(
    bearproof.narrate([{ source: 't.ndjson', content, lines: true }]).map(({ source, line }) => [source, line]),
    content
      .toString()
      .trim()
      .split('\n')
      .map((_, at) => ['t.ndjson', at + 1]),
  );
});

test('a store is coalesced as the native program does it', () => {
  const content = readFileSync(join(sets, 'bad/store-over-budget.ndjson'));
  const [group, ...rest] = bearproof.coalesce(content);
  assert.deepEqual(rest, []);
  assert.equal(group.count, 12);
  assert.equal(group.suppressed_count, 7);
  assert.equal(group.first_seen, '2026-05-06T10:00:00Z');
  assert.equal(group.last_seen, '2026-05-06T10:00:11Z');
  assert.equal(group.samples.length, 5);
  assert.equal(group.outcome, 'blocked_expected');
  const critical = content.toString().replaceAll('"notice"', '"critical"');
  assert.equal(bearproof.coalesce(critical).length, 12);
  assert.deepEqual(bearproof.coalesce(''), []);
  assert.deepEqual(bearproof.coalesce('{"torn"\n[]\n'), []);
});

test('the graph holds services and capabilities', () => {
  const graph = bearproof.graph(documentsOf('good/service-and-launch'));
  assert.equal(graph.summary.services, 1);
  assert.deepEqual(graph.services[0].required, ['file.documents.read']);
  const capability = graph.capabilities.find(({ id }) => id === 'file.documents.read');
  assert.deepEqual(capability, {
    id: 'file.documents.read',
    defined: true,
    requiredBy: ['dev.example.bear-notes'],
    optionalFor: [],
    deniedBy: [],
  });
});
