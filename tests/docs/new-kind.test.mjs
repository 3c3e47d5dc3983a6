// ./dev new kind: what it begins, in a copy of what it reads, and what it refuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readKinds } from '../../tools/kinds/read.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const folder = mkdtempSync(join(tmpdir(), 'bearproof-kind-'));
after(() => rmSync(folder, { recursive: true }));

/** A copy of what the script reads. */
function checkout(name) {
  const copy = join(folder, name);
  for (const part of ['core/catalogue', 'conformance/install', 'conformance/parse', 'schemas/install', 'tools']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  return copy;
}
const begin = (copy, ...args) => spawnSync('node', ['tools/new/kind.mjs', ...args], { cwd: copy, encoding: 'utf8' });
const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const check = (...args) => spawnSync(program, ['check', '--format', 'json', ...args], { encoding: 'utf8' });

/** Writes a file to begin a kind with. */
function given(copy, name, content) {
  writeFileSync(join(copy, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

/** Begins a kind, which must succeed; its descriptor, schema and documents. */
function begun(copy, kind, ...args) {
  const { status, stdout, stderr } = begin(copy, kind, ...args);
  assert.equal(status, 0, stderr);
  const files = stdout.split('\n\n')[0].split('\n');
  assert.equal(files.length, 4, stdout);
  assert.ok(stdout.includes('the tests named fail until it is done'));
  const [descriptor, schema, good, bad] = files.map((file) => read(copy, file));
  // The generators read it.
  assert.ok(readKinds(join(copy, 'core/catalogue')).kinds.some((one) => one.kind === kind));
  assert.deepEqual(bad, good);
  return { files, descriptor, schema, good };
}

const update = {
  type: 'TeapotReceipt',
  id: 'urn:srcos:receipt:update:1',
  finishedAt: '2026-05-06T04:31:00Z',
  attempts: 2,
  image: { name: 'base', layers: [{ digest: 'a' }] },
  rolledBack: false,
  reason: null,
};

test('a kind begins with its descriptor, its schema and two fixtures', () => {
  const { files, descriptor, schema, good } = begun(checkout('begun'), 'TeapotReceipt');
  assert.deepEqual(files, [
    'core/catalogue/kinds/TeapotReceipt.json',
    'schemas/teapot/TeapotReceipt.v0.1.schema.json',
    'conformance/teapot/good/teapot-receipt.json',
    'conformance/teapot/bad/teapot-receipt.json',
  ]);
  assert.equal(descriptor.family, 'teapot');
  const [{ title, ...dialect }] = descriptor.dialects;
  assert.deepEqual(dialect, {
    dialect: 'v0.1',
    name: 'teapot_receipt',
    schema: 'teapot/TeapotReceipt.v0.1.schema.json',
    recognise: { mark: { type: 'TeapotReceipt' } },
  });
  assert.match(title, /^TODO: /);
  assert.equal(schema.$id, 'urn:bearproof:schema:teapot:TeapotReceipt:v0.1');
  assert.equal(schema.properties.type.const, 'TeapotReceipt');
  assert.equal(good.type, 'TeapotReceipt');
  assert.match(good.id, /^TODO: /);
});

test('the descriptor follows its published schema as soon as it has words', () => {
  const copy = checkout('words');
  begun(copy, 'TeapotReceipt');
  const file = join(copy, 'core/catalogue/kinds/TeapotReceipt.json');
  const form = join(root, 'schemas/published/kind.schema.json');
  const findings = () => JSON.parse(check('--schema', form, file).stdout).documents[0].findings;
  assert.deepEqual(
    findings().map(({ pointer }) => pointer),
    ['/dialects/0/title'],
  );
  const descriptor = read(file);
  descriptor.dialects[0].title = 'What became of an update';
  writeFileSync(file, JSON.stringify(descriptor));
  assert.deepEqual(findings(), []);
});

test('from a document its schema is begun, which the document passes', () => {
  const copy = checkout('document');
  const { files, schema, good } = begun(copy, 'TeapotReceipt', '--from', given(copy, 'update.json', update));
  assert.deepEqual(good, update);
  assert.deepEqual(schema.required, Object.keys(update));
  assert.deepEqual(schema.properties.image.properties.layers.items.properties.digest, {
    description: 'TODO: what it is',
    type: 'string',
    minLength: 1,
  });
  assert.equal(schema.properties.finishedAt.format, 'date-time');
  const { status, stdout } = check('--schema', join(copy, files[1]), join(copy, files[2]));
  assert.equal(status, 0, stdout);
});

test('from a schema a document is begun, which passes it', () => {
  const copy = checkout('schema');
  const own = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://example.org/update',
    title: 'Update',
    type: 'object',
    required: ['schema_version', 'state', 'steps', 'size', 'by'],
    properties: {
      schema_version: { const: 'example.teapot.v0.2' },
      state: { enum: ['done', 'failed'], description: 'How it ended.' },
      steps: { type: 'array', minItems: 1, items: { $ref: '#/$defs/step' } },
      size: { type: 'integer', minimum: 1 },
      by: { type: 'string' },
      note: { type: 'string' },
    },
    $defs: { step: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } } },
  };
  const { files, descriptor, schema, good } = begun(
    copy,
    'TeapotRecord',
    '--from',
    given(copy, 'update.schema.json', own),
    '--family',
    'install',
  );
  assert.deepEqual(files.slice(1, 3), [
    'schemas/install/TeapotRecord.v0.2.schema.json',
    'conformance/install/good/teapot-record.json',
  ]);
  assert.deepEqual(descriptor.versions, [{ member: 'schema_version', prefix: 'example.teapot.' }]);
  assert.deepEqual(descriptor.dialects[0].recognise, { mark: { schema_version: 'example.teapot.v0.2' } });
  assert.equal(schema.$id, 'urn:bearproof:schema:install:TeapotRecord:v0.2');
  assert.equal(schema.title, 'Update');
  assert.equal(schema.properties.state.description, 'How it ended.');
  assert.equal(schema.properties.note.description, 'TODO: what it is');
  assert.deepEqual(good, {
    schema_version: 'example.teapot.v0.2',
    state: 'done',
    steps: [{ ok: true }],
    size: 1,
    by: 'TODO: a value',
  });
  const { status, stdout } = check('--schema', join(copy, files[1]), join(copy, files[2]));
  assert.equal(status, 0, stdout);
});

test('a document that nothing names is recognised by its members', () => {
  const copy = checkout('members');
  const nameless = { ...update };
  delete nameless.type;
  const { descriptor } = begun(copy, 'TeapotReceipt', '--from', given(copy, 'update.json', nameless));
  assert.deepEqual(descriptor.dialects[0].recognise, { allOf: ['id', 'finishedAt', 'attempts'], namedBy: 'id' });
});

test('what cannot be begun is refused, and nothing is written', () => {
  const copy = checkout('refused');
  const before = readdirSync(copy, { recursive: true });
  const tries = [
    [[], /usage:/],
    [['TeapotReceipt', 'Other'], /usage:/],
    [['TeapotReceipt', '--form', 'x'], /usage:/],
    [['teapot-receipt'], /teapot-receipt: a kind's name is like/],
    [['RuntimeInstallReceipt'], /RuntimeInstallReceipt is a kind already/],
    [['TeapotReceipt', '--family', 'Up'], /Up: a family's name is like/],
    [['TeapotReceipt', '--family', 'parse'], /parse: no family of kinds/],
    [['TeapotReceipt', '--from', 'none.json'], /none\.json: /],
  ];
  const written = [
    ['list.json', [update], /expected a document with members/],
    ['broken.json', '{', /broken\.json: /],
    ['draft.json', { $schema: 'http://json-schema.org/draft-07/schema#', properties: {} }, /draft 2020-12/],
    ['taken.json', { schema_version: 'sourceos.event.v0.1' }, /is the mark of Event already/],
  ];
  for (const [args, message] of tries) {
    const { status, stderr } = begin(copy, ...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
  }
  assert.deepEqual(readdirSync(copy, { recursive: true }), before);
  for (const [name, content, message] of written) {
    const { status, stderr } = begin(copy, 'TeapotReceipt', '--from', given(copy, name, content));
    assert.equal(status, 2, name);
    assert.match(stderr, message);
  }
  assert.ok(!existsSync(join(copy, 'schemas/teapot')));
  begun(copy, 'TeapotReceipt');
  assert.match(begin(copy, 'TeapotReceipt').stderr, /is a kind already/);
});
