// What leaves the program and the package follows its published form: for every fixture, with every option that changes
// the form, by our own engine and by Ajv.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { follows, forms, membersOf, objectsOf, verdicts } from './forms.mjs';
import { encode, filesBelow, load, nativeProgram, packageUrl, root } from './support.mjs';
import { wreck } from './wreck.mjs';

const now = '2026-05-06T14:30:00Z';
const bearproof = await load({ texts: true });
const scratch = mkdtempSync(join(tmpdir(), 'bearproof-published-'));
after(() => rmSync(scratch, { recursive: true }));

const isLines = (source) => /\.(ndjson|jsonl)$/.test(source);
const folders = ['conformance', 'schemas', 'web/samples'];
const inputs = folders
  .flatMap((folder) => filesBelow(join(root, folder), ['.json', '.ndjson', '.jsonl']))
  .map((file) => ({ source: file.slice(root.length + 1), content: readFileSync(file), lines: isLines(file) }));

/** What the native program prints, run in the project's root. @returns {string} */
const native = (...args) => {
  const { status, stdout, stderr } = spawnSync(nativeProgram, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  assert.ok(status === 0 || status === 1, `${args.join(' ')}: ${stderr}`);
  return stdout;
};
const nativeJson = (...args) => JSON.parse(native(...args));
const nativeLines = (...args) =>
  native(...args)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const scratchFile = (name, content) => {
  const file = join(scratch, name);
  writeFileSync(file, content);
  return file;
};

test('there are fixtures', () => assert.ok(inputs.length > 1300, `${inputs.length} files`));

/** Options of the package and what asks for the same on the command line. */
const combinations = [
  [{}, []],
  [{ digest: true }, ['--digest']],
  [{ now }, ['--now', now]],
  [{ now, ttlMinutes: 90 }, ['--now', now, '--ttl', '90']],
  [{ level: 'error' }, ['--level', 'error']],
  [{ mode: 'strict', level: 'notice' }, ['--mode', 'strict', '--level', 'notice']],
  [
    { mode: 'release', level: 'info', severities: { 'kind.unknown': 'notice' } },
    ['--mode', 'release', '--level', 'info', '--severity', 'kind.unknown=notice'],
  ],
];

for (const [options, flags] of combinations) {
  test(`reports on every fixture, options ${JSON.stringify(options)}`, () => {
    for (const { source, content, lines } of inputs) {
      const all = { ...options, source };
      const report = lines
        ? bearproof.checkLines(content, { ...all, collection: true })
        : bearproof.check(content, all);
      follows('report', report, source);
    }
    follows('report', bearproof.checkAll(inputs, options), 'all together');
    follows('report', nativeJson('check', '--format', 'json', ...flags, ...folders), 'check --format json');
    follows(
      'report',
      nativeJson('check', '--format', 'json', '--pretty', '--no-collection', ...flags, ...folders),
      'check',
    );
    for (const more of [[], ['--collection']]) {
      const lines = nativeLines('check', '--format', 'ndjson', ...more, ...flags, ...folders);
      assert.ok(lines.length > 1000, `${lines.length} lines`);
      for (const line of lines) follows('report-line', line, line.source ?? 'the last line');
    }
  });
}

test('reports on each folder of fixtures that are read together', () => {
  const sets = new Map();
  for (const input of inputs) sets.set(dirname(input.source), [...(sets.get(dirname(input.source)) ?? []), input]);
  for (const [folder, documents] of sets) follows('report', bearproof.checkAll(documents), folder);
});

test('reports where a limit is met', async () => {
  const names = ['document', 'nesting', 'keys', 'string', 'line', 'findings', 'steps_base'];
  const some = inputs.filter(({ source }) => source.startsWith('conformance/browser/') || isLines(source));
  for (const name of names) {
    const limited = await load({ limits: { [name]: 1 } });
    follows('report', limited.checkAll(some), `limit ${name}`);
    follows('report', nativeJson('check', '--format', 'json', '--limits', `${name}=1`, 'conformance/browser'), name);
  }
});

test('reports of streams', () => {
  const { source, content } = inputs.find(({ lines, content }) => lines && content.length > 2000);
  const stream = bearproof.lines({ source, level: 'info', collection: true });
  for (let at = 0; at < content.length; at += 1000) {
    follows('report', stream.push(content.subarray(at, at + 1000)), `${source} at ${at}`);
  }
  follows('report', stream.end(), source);
});

test('reports of an engine that failed', async () => {
  const fragile = await load();
  const stream = fragile.lines({ source: 'stream' });
  wreck();
  const report = stream.push(encode('{}\n'));
  assert.equal(report.documents[0].findings[0].rule, 'engine.failed');
  follows('report', report, 'engine.failed');
  follows('report', stream.end(), 'engine.failed');
});

test('reports against a schema of the caller, and of schemas', () => {
  const text =
    '{"properties":{"a":{"type":"string","minLength":2},"b":{"$ref":"#/$defs/n"}},"$defs":{"n":{"minimum":3}}}';
  const schema = bearproof.schema(text);
  const instance = '{"a":"x","b":1}';
  const report = schema.check(instance, { source: 'a.json' });
  assert.equal(report.documents[0].findings.length, 2);
  follows('report', report, 'check with a schema');
  const files = [scratchFile('own.schema.json', text), scratchFile('instance.json', instance)];
  const flags = ['--format', 'json', '--schema', files[0], files[1]];
  follows('report', nativeJson('check', ...flags), 'check --schema');
  follows('report', nativeJson('check', '--engine', 'valijson', '--format', 'json', 'conformance'), 'valijson');
  assert.throws(
    () => bearproof.schema('{"type":"objekt","$ref":"#/nowhere"}'),
    ({ report }) => {
      follows('report', report, 'SchemaError');
      return true;
    },
  );
  const schemas = filesBelow(join(root, 'schemas'), ['.schema.json']);
  follows('report', nativeJson('lint-schema', '--strong', '--format', 'json', ...schemas), 'lint-schema');
  for (const line of nativeLines('lint-schema', '--format', 'ndjson', ...schemas)) {
    follows('report-line', line, line.source);
  }
});

test('reports of store verify and of release', () => {
  const stores = inputs.filter(({ source }) => /store.*\.ndjson$/.test(source));
  assert.ok(stores.length >= 5);
  for (const { source } of stores) {
    follows('report', nativeJson('store', 'verify', '--format', 'json', source), source);
  }
  const changed = ['--fail-empty', '--previous', `sha256:${'0'.repeat(64)}:9`, scratchFile('empty.ndjson', '')];
  follows('report', nativeJson('store', 'verify', '--format', 'json', ...changed), 'an empty store');
  for (const folder of folders) follows('report', nativeJson('release', '--format', 'json', folder), folder);
});

test('a baseline, and the report without what it lists', () => {
  const file = join(scratch, 'baseline.json');
  native('check', '--baseline', file, '--update-baseline', 'conformance/parse', 'conformance/event');
  follows('baseline', JSON.parse(readFileSync(file, 'utf8')), 'baseline');
  const flags = ['--format', 'json', '--baseline', file];
  const report = nativeJson('check', ...flags, 'conformance/parse', 'conformance/event');
  follows('report', report, 'check --baseline');
  assert.equal(report.summary.errors, 0);
});

test('the lists of rules and kinds, and the long texts', async () => {
  follows('rules', nativeJson('rules', '--format', 'json'), 'rules');
  follows('rules', bearproof.rules(), 'rules() with texts');
  follows('rules', [bearproof.explain('browser.policy.missing')], 'explain()');
  follows('rules', (await load()).rules(), 'rules()');
  follows('rule-texts', JSON.parse(readFileSync(packageUrl('texts.json'), 'utf8')), 'texts.json');
  follows('kinds', nativeJson('kinds', '--format', 'json'), 'kinds');
  follows('kinds', bearproof.kinds(), 'kinds()');
});

test('narratives, graphs and groups of events', () => {
  for (const one of inputs) follows('narratives', bearproof.narrate([one]), one.source);
  follows('narratives', nativeJson('narrate', '--format', 'json', ...folders), 'narrate');
  follows('graph', bearproof.graph(inputs), 'graph()');
  follows('graph', nativeJson('graph', '--as', 'json', ...folders), 'graph');
  const event = '{"event_class":"x","actor":{"actor_id":"a"},"decision":{"result":"allow"}}';
  const untimed = { source: scratchFile('untimed.ndjson', `${event}\n`.repeat(3)), content: `${event}\n`.repeat(3) };
  for (const { source, content } of [...inputs.filter(({ lines }) => lines), untimed]) {
    for (const group of bearproof.coalesce(content)) follows('event-group', group, `coalesce(${source})`);
    for (const group of nativeLines('store', 'coalesce', source)) follows('event-group', group, source);
  }
});

test('a session view that leaves out what is too much', () => {
  const schemaVersion = 'bearbrowser.browser_automation_receipt.v1';
  const record = (tab) => ({
    schemaVersion,
    receiptId: 'urn:srcos:receipt:browser-automation:a',
    ownerRef: 'urn:srcos:agent:a',
    sessionRef: 'urn:srcos:session:a',
    tabScope: Array.from({ length: 300 }, (_, i) => `tab-${tab}-${i}`),
    evidenceRefs: Array.from({ length: 300 }, () => 7),
    status: 'active',
  });
  const log = Array.from({ length: 600 }, (_, i) => JSON.stringify(record(i))).join('\n');
  const others = '{}\n'.repeat(1000);
  const view = bearproof.sessions([
    { source: 'log.jsonl', content: log, lines: true },
    { source: 'others.jsonl', content: others, lines: true },
  ]);
  follows('sessions', view, 'a flood');
  assert.ok(view.sessions[0].recordsLeftOut > 0 && view.summary.othersLeftOut > 0);
});

test('session views and revocations', () => {
  for (const one of inputs) follows('sessions', bearproof.sessions([one]), one.source);
  follows('sessions', bearproof.sessions(inputs, { now }), 'all together');
  follows('sessions', bearproof.sessions([], { remoteControl: true }), 'remoteControl');
  follows('sessions', nativeJson('sessions', '--format', 'json', '--now', now, ...folders), 'sessions');
  const revocable = inputs.filter(({ source }) => /^schemas\/browser\/examples\/.*receipt.*active/.test(source));
  const receipt = '{"schemaVersion":"bearbrowser.browser_automation_receipt.v1","status":"active"}';
  for (const { content } of [...revocable, { content: receipt }]) {
    follows('revocation', bearproof.revoke(content, { now }), 'revoke()');
  }
});

// ---- the forms themselves ----

/** Every schema in a schema, with its place. */
function* subschemas(schema, at = '') {
  yield [at, schema];
  for (const [keyword, value] of Object.entries(schema)) {
    const nested =
      typeof value !== 'object' || keyword === 'enum' || keyword === 'required' || keyword === 'dependentRequired'
        ? []
        : ['properties', '$defs'].includes(keyword)
          ? Object.entries(value).map(([name, one]) => [`${at}/${keyword}/${name}`, one])
          : [value].flat().map((one, i) => [`${at}/${keyword}/${i}`, one]);
    for (const [place, one] of nested) yield* subschemas(one, place);
  }
}

for (const [name, { schema }] of forms) {
  test(`${name}: closed, described, and every count has a least value`, () => {
    assert.match(schema.$id, /^urn:bearproof:schema:(published:)?[a-z-]+$/);
    assert.ok(schema.title && schema.description);
    const resolve = ($ref) => ($ref ? schema.$defs[$ref.slice('#/$defs/'.length)] : undefined);
    for (const [place, one] of subschemas(schema)) {
      const isConstraint = /\/(?:if|then|else|not|allOf|propertyNames)(?:\/|$)/.test(place);
      if (isConstraint) continue;
      if (one.properties) assert.equal(one.additionalProperties, false, `${place} is not closed`);
      if (one.type === 'integer') assert.ok('minimum' in one, `${place} has no least value`);
      for (const [member, described] of Object.entries(one.properties ?? {})) {
        const text = described.description ?? resolve(described.$ref)?.description;
        assert.ok(text || 'const' in described, `${place}/${member} has no description`);
      }
    }
  });
}

/** Members that no output has. RFC 6902 has `from`; no fix needs it so far. */
const unwritten = new Set(['#/$defs/patchOperation/from', '#/$defs/report-patchOperation/from']);
/** The forms of this file: those of the host's messages are tested in tests/host. */
const written = [...forms].filter(([name]) => name !== 'host-message');

test('nothing is described that is never written', () => {
  for (const [name, { schema, seen }] of written) {
    const places = [...objectsOf(schema)].flatMap(membersOf).map(({ place }) => place);
    const missing = places.filter((place) => !seen.has(place) && !unwritten.has(place));
    assert.deepEqual(missing, [], `${name}: in no output`);
  }
});

test('a member too many, or one too few, is refused by both engines', () => {
  for (const [name, { schema, samples }] of written) {
    const spoiled = new Set();
    const assertRefused = (sample, what) => {
      const { ajv, own } = verdicts(name, sample);
      assert.ok(ajv.length > 0 && own.length > 0, `${name}: ${what} is not refused`);
    };
    for (const sample of samples.map((one) => structuredClone(one))) {
      for (const { place, schema: object, value } of objectsOf(schema, sample)) {
        if (spoiled.has(place)) continue;
        spoiled.add(place);
        value.unheard = 1;
        assertRefused(sample, `another member of ${place}`);
        delete value.unheard;
        for (const required of object.required) {
          const { [required]: kept } = value;
          delete value[required];
          assertRefused(sample, `${place} without ${required}`);
          value[required] = kept;
        }
      }
    }
    const places = new Set([...objectsOf(schema)].map(({ place }) => place));
    assert.deepEqual(spoiled, places, `${name}: not every object was spoiled`);
  }
});
