// Schemas of one's own: the same engine, the same report.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { encode, filesBelow, load, packageUrl, sharedFolder } from './support.mjs';

const { SchemaError } = await import(packageUrl('index.js').href);
const bearproof = await load();

const order = JSON.stringify({
  type: 'object',
  properties: { customer: { $ref: 'https://example.test/customer' }, day: { format: 'date' } },
  required: ['customer'],
  additionalProperties: false,
});
const registry = { 'https://example.test/customer': '{ "type": "string", "minLength": 2 }' };

test('a schema judges alone, and says where it was failed', () => {
  const schema = bearproof.schema(order, { registry });
  assert.deepEqual(schema.warnings, []);
  assert.equal(schema.check('{"customer":"Ada","day":"soon"}').documents[0].verdict, 'valid');
  const report = schema.check(encode('{"customer":"A"}'), { source: 'order.json' });
  const [document] = report.documents;
  assert.equal(document.source, 'order.json');
  assert.equal(document.kind, undefined);
  assert.equal(document.verdict, 'invalid');
  assert.equal(document.findings[0].rule, 'schema.shape');
  assert.deepEqual(document.findings[0].schema, { uri: 'https://example.test/customer', pointer: '/minLength' });
  // The same by an option; and without it, documents are judged by their kinds again.
  assert.deepEqual(bearproof.check('{"customer":"A"}', { schema, source: 'order.json' }), report);
  assert.equal(bearproof.check('{"customer":"Ada"}').documents[0].verdict, 'unrecognised');
  const lines = bearproof.checkLines(encode('{"customer":"Ada"}\n{"customer":7}\n'), { schema });
  assert.deepEqual([lines.summary.valid, lines.summary.invalid], [1, 1]);
  const stream = bearproof.lines({ schema });
  assert.equal(stream.push(encode('{}\n')).documents[0].verdict, 'invalid');
  assert.equal(stream.end().summary.documents, 1);
  schema.dispose();
  assert.throws(() => schema.check('{}'), /disposed/);
});

test('formats assert when asked to', () => {
  const text = '{"customer":"Ada","day":"soon"}';
  const asserting = bearproof.schema(encode(order), { registry, assertFormat: true });
  assert.equal(asserting.check(text).documents[0].findings[0].pointer, '/day');
});

test('a misspelt required member is told once', () => {
  const { findings } = bearproof.schema(order, { registry }).check('{"custommer":"Ada"}').documents[0];
  assert.equal(findings.length, 1);
  assert.match(findings[0].message, /did you mean "customer"/);
});

test('what is wrong with a schema is thrown, located', () => {
  const faults = (root, options) => {
    try {
      bearproof.schema(root, options);
    } catch (error) {
      assert.ok(error instanceof SchemaError && error instanceof Error);
      assert.equal(error.report.documents.length > 0, true);
      return error.findings.map(({ rule, pointer }) => `${rule} ${pointer ?? ''}`);
    }
    return [];
  };
  assert.deepEqual(faults(order), ['schema.ref.unresolved /properties/customer/$ref']);
  assert.deepEqual(faults('{"type":"objekt"}'), ['schema.invalid /type']);
  assert.deepEqual(faults('{'), ['parse.text.invalid ']);
  assert.deepEqual(faults('{"$schema":"http://json-schema.org/draft-04/schema#"}'), [
    'schema.draft.unsupported /$schema',
  ]);
  assert.deepEqual(faults('{"$ref":"#"}'), ['schema.ref.cycle /$ref']);
  assert.deepEqual(faults(order, { registry: { 'https://example.test/customer': '{"minLength":-1}' } }), [
    'schema.invalid /minLength',
  ]);
  const warned = bearproof.schema('{"pattern":"\\\\-"}');
  assert.equal(warned.warnings[0].rule, 'schema.pattern.legacy');
});

test('hostile schemas and documents: the right verdict or a clear finding, soon', () => {
  const verdict = (schema, text) => {
    const started = performance.now();
    const [document] = bearproof.schema(schema).check(text).documents;
    assert.ok(performance.now() - started < 2000, `${schema.slice(0, 60)} took too long`);
    return [document.verdict, ...new Set(document.findings.map(({ rule }) => rule))].join(' ');
  };
  assert.equal(verdict('{"pattern":"^(a+)+$"}', `"${'a'.repeat(50_000)}!"`), 'invalid schema.shape');
  assert.equal(verdict('{"pattern":"^(a+)+$"}', `"${'a'.repeat(50_000)}"`), 'valid');
  const distinct = `[${Array.from({ length: 5000 }, (_, i) => `{"a":${i}}`).join()}]`;
  assert.equal(verdict('{"uniqueItems":true}', distinct), 'valid');
  assert.equal(verdict('true', '['.repeat(20_000) + ']'.repeat(20_000)), 'unreadable limit.nesting');
  const keys = `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":0`).join()}}`;
  assert.equal(verdict('{"additionalProperties":{"type":"integer"}}', keys), 'valid');
  assert.equal(verdict('{"required":["__proto__","constructor"]}', '{"__proto__":1,"constructor":2}'), 'valid');
  assert.equal(verdict('{"required":["toString"]}', '{}'), 'invalid schema.shape');
  assert.equal(verdict('{"maximum":1e399}', '1e400'), 'invalid schema.shape');
  assert.equal(verdict('{"const":0}', '-0'), 'valid');
  assert.equal(verdict('{"exclusiveMinimum":0}', '1e-400'), 'valid');
  assert.throws(() => bearproof.schema('{"not":'.repeat(20_000) + 'true' + '}'.repeat(20_000)), SchemaError);
});

const suite = join(sharedFolder, 'suites/json-schema-test-suite');

test('the official suite, case by case', { skip: !existsSync(suite) && 'the official suite is not at hand' }, () => {
  const remotes = Object.fromEntries(
    filesBelow(join(suite, 'remotes/draft2020-12')).map((file) => [
      'http://localhost:1234' + file.slice(join(suite, 'remotes').length).replaceAll('\\', '/'),
      readFileSync(file, 'utf8'),
    ]),
  );
  let passed = 0;
  const wrong = [];
  for (const file of filesBelow(join(suite, 'tests/draft2020-12'))) {
    if (file.slice(join(suite, 'tests/draft2020-12').length + 1).includes('/')) continue;
    for (const group of JSON.parse(readFileSync(file, 'utf8'))) {
      const schema = bearproof.schema(JSON.stringify(group.schema), { registry: remotes });
      for (const { data, valid, description } of group.tests) {
        if ((schema.check(JSON.stringify(data)).summary.valid === 1) === valid) ++passed;
        else wrong.push(`${file}: ${group.description}: ${description}`);
      }
      schema.dispose();
    }
  }
  assert.deepEqual(wrong, []);
  assert.equal(passed, 1299);
});
