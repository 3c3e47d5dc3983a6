// Where Bearproof, valijson, Ajv, schemasafe and Blaze differ, over the official suite and our own documents.
//
//     node tests/differential/disagreements.mjs [--write] [--list]
//
// Prints the tables of conformance/DISAGREEMENTS.md; --write puts them there; --list prints every single one. Fails where
// a disagreement has no cause in causes.mjs. Needs the release build (bearproof_verdicts), the suite beside the checkout,
// and the peers that tools/peers.sh fetches.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { causeOf } from './causes.mjs';
import { ajv, blaze, remotesOf, schemasafe } from './engines.mjs';
import { groupsOf } from './suite-cases.mjs';

const root = resolve(import.meta.dirname, '../..');
const suite = resolve(root, '../shared/suites/json-schema-test-suite');
const page = join(root, 'conformance/DISAGREEMENTS.md');
const { values } = parseArgs({ options: { write: { type: 'boolean' }, list: { type: 'boolean' } } });
const program =
  process.env.BEARPROOF_VERDICTS ?? join(root, 'build/native-release/tests/differential/bearproof_verdicts');
const peers = execFileSync('bash', [join(root, 'tools/peers.sh')], { encoding: 'utf8' }).trim();

const verdictLines = (...options) =>
  execFileSync(program, options, { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

const setOf = (file) =>
  file.startsWith('optional/format/') ? 'format' : file.startsWith('optional/') ? 'optional' : 'required';

/** Every case of the suite with everyone's verdict. */
const judgeSuite = async () => {
  const remotes = remotesOf(suite);
  const engines = [ajv(remotes), schemasafe(remotes, peers)];
  const native = await blaze(peers, suite);
  const cases = [];
  let file;
  let groups;
  let group;
  let judged;
  for (const [name, groupNumber, testNumber, expected, ours, valijson] of verdictLines('suite', suite)) {
    if (name !== file) {
      file = name;
      groups = groupsOf(join(suite, 'tests/draft2020-12', name));
      group = undefined;
    }
    const assertFormat = setOf(name) === 'format';
    if (group !== groups[groupNumber]) {
      group = groups[groupNumber];
      const judges = engines.map((engine) => engine.compile(group.schema, assertFormat));
      const texts = group.tests.map((test) => test.text);
      const blazes = await native.judge(group.schemaText, texts, assertFormat);
      judged = group.tests.map((test, i) => ({
        Ajv: judges[0](test.data),
        schemasafe: judges[1](test.data),
        Blaze: blazes[i],
      }));
    }
    const test = group.tests[testNumber];
    const verdicts = { Bearproof: ours, valijson, ...judged[testNumber] };
    cases.push({ set: setOf(name), file: name, group, test, expected, verdicts });
  }
  native.close();
  return cases;
};

/** Our fixtures and examples by the schemas of their kinds. Nobody says what is expected: the others are asked. */
const judgeDocuments = async () => {
  const schemas = new Map();
  for (const file of execFileSync('git', ['ls-files', 'schemas/*.schema.json'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')) {
    const text = readFileSync(join(root, file), 'utf8');
    schemas.set(JSON.parse(text).$id, text);
  }
  /** The other schemas that one refers to, and those that they do. */
  const referredTo = (uri, root = uri, found = new Map()) => {
    for (const [, name] of schemas.get(uri).matchAll(/"\$ref":\s*"(urn:[^"#]+)/g)) {
      if (name === root || found.has(name)) continue;
      found.set(name, JSON.parse(schemas.get(name)));
      referredTo(name, root, found);
    }
    return found;
  };
  const native = await blaze(peers);
  const byUri = new Map();
  for (const [file, uri, ours, valijson] of verdictLines(
    'documents',
    join(root, 'conformance'),
    join(root, 'schemas'),
    join(root, 'web/samples'),
  )) {
    if (!byUri.has(uri)) byUri.set(uri, []);
    byUri.get(uri).push({ file: relative(root, file), ours, valijson, text: readFileSync(file, 'utf8') });
  }
  const cases = [];
  for (const [uri, documents] of byUri) {
    const schemaText = schemas.get(uri);
    const schema = JSON.parse(schemaText);
    const others = referredTo(uri);
    const judges = [ajv(others), schemasafe(others, peers)].map((engine) => engine.compile(schema, true));
    const texts = documents.map(({ text }) => text.replace(/^\ufeff/, ''));
    const blazes = await native.judge(schemaText, texts, true, [...others.values()]);
    for (const [i, { file, ours, valijson }] of documents.entries()) {
      const data = JSON.parse(texts[i]);
      cases.push({
        set: 'documents',
        file,
        group: { description: uri, schema },
        test: { description: '', data, text: texts[i] },
        expected: ours,
        verdicts: { Bearproof: ours, valijson, Ajv: judges[0](data), schemasafe: judges[1](data), Blaze: blazes[i] },
      });
    }
  }
  native.close();
  return cases;
};

const cases = [...(await judgeSuite()), ...(await judgeDocuments())];
const engines = ['Bearproof', 'valijson', 'Ajv', 'schemasafe', 'Blaze'];
const sets = ['required', 'optional', 'format', 'documents'];

const scores = ['| | required | optional | format, asserted | our documents |', '|---|---|---|---|---|'];
for (const engine of engines) {
  const columns = sets.map((set) => {
    const asked = cases.filter((one) => one.set === set && one.verdicts[engine] !== '.');
    return `${asked.filter((one) => one.verdicts[engine] === one.expected).length} of ${asked.length}`;
  });
  scores.push(`| ${engine} | ${columns.join(' | ')} |`);
}

const counts = new Map();
const unexplained = [];
for (const one of cases) {
  for (const engine of engines) {
    const verdict = one.verdicts[engine];
    if (verdict === one.expected || verdict === '.') continue;
    const cause = causeOf(engine, one, verdict);
    const told = `${engine} ${verdict}, expected ${one.expected}: ${one.file}: ${one.group.description}: ${one.test.description}`;
    if (!cause) unexplained.push(told);
    if (values.list) console.log(`${cause ?? '???'}\t${told}`);
    const key = `${engine}\t${cause}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}
const causes = ['| engine | cases | cause |', '|---|---|---|'];
for (const [key, count] of counts) {
  const [engine, cause] = key.split('\t');
  causes.push([engine, count, cause]);
}
const head = causes.splice(0, 2);
causes.sort((a, b) => engines.indexOf(a[0]) - engines.indexOf(b[0]) || b[1] - a[1] || (a[2] < b[2] ? -1 : 1));
const table = [...head, ...causes.map((row) => `| ${row.join(' | ')} |`)];

console.log(`${scores.join('\n')}\n\n${table.join('\n')}`);
if (values.write) {
  let text = readFileSync(page, 'utf8');
  for (const [name, lines] of [
    ['scores', scores],
    ['causes', table],
  ]) {
    const [begin, end] = [`<!-- ${name}: written by disagreements.mjs -->`, `<!-- end of ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < 0) throw new Error(`${page} lacks the marks of ${name}`);
    text = `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
  }
  writeFileSync(page, text);
}
if (unexplained.length) {
  console.error(`${unexplained.length} without a cause:\n${unexplained.slice(0, 50).join('\n')}`);
  process.exitCode = 1;
}
