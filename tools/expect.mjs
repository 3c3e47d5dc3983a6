// expect.mjs [--check] PROGRAM [FIXTURE…]: writes what the program finds in fixtures into their families' expect.json
// (conformance/README.md), to be looked through before it is committed. Without names: the fixtures that no expect.json
// has yet. `options`, `profile`, `shows` and `note` of an entry stay.
//
// --check writes nothing, and fails where a fixture comes to something else than is expected of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { readFamilies } from './catalogue/families.mjs';
import { readKinds } from './kinds/read.mjs';

const args = process.argv.slice(2);
const isCheck = args[0] === '--check';
const [program, ...named] = isCheck ? args.slice(1) : args;
if (!program) {
  console.error('usage: expect.mjs [--check] PROGRAM [FIXTURE…]');
  process.exit(2);
}
const root = 'conformance';

/** What the program prints as JSON, a value for each line; findings are no failure. */
function run(...command) {
  let output;
  try {
    output = execFileSync(program, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error.code === 'ENOENT') {
      console.error(`no such program: ${program}. ./dev test --only build-native makes build/native-release/bearproof`);
      process.exit(2);
    }
    if (error.status !== 1) throw error;
    output = error.stdout;
  }
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The options of a check, which expect.json writes as the JavaScript package takes them, for the command line. */
const flags = (options) =>
  Object.entries(options).flatMap(([name, value]) => {
    switch (name) {
      case 'mode':
        return ['--mode', value];
      case 'now':
        return ['--now', value];
      case 'ttlMinutes':
        return ['--ttl', String(value)];
      case 'limits':
        return Object.entries(value).flatMap(([limit, number]) => ['--limits', `${limit}=${number}`]);
      case 'severities':
        return Object.entries(value).flatMap(([rule, severity]) => ['--severity', `${rule}=${severity}`]);
      default:
        throw new Error(`no such option here: ${name}`);
    }
  });

/** A finding of one document. */
const finding = ({ rule, severity, pointer, range }) => ({
  rule,
  severity,
  ...(pointer !== undefined && { pointer }),
  ...(range && { line: range.start.line, column: range.start.column }),
});

/** The same as it is written: by its position only where the text is no document. */
const written = ({ line, column, ...rest }) =>
  rest.pointer === undefined && line !== undefined ? { ...rest, line, column } : rest;

/** The same of a collection: the file or, of NDJSON, the line before each pointer. */
function findingBetween(path, { rule, severity, source, pointer, range, related = [] }) {
  const isLines = path.endsWith('.ndjson');
  const where = (name, span) => (isLines ? String(span.start.line) : relative(path, name));
  const others = related.map((other) => where(other.source, other.range) + other.pointer);
  return {
    rule,
    severity,
    source: where(source, range),
    ...(pointer !== undefined && { pointer }),
    ...(others.length > 0 && { related: others }),
  };
}

/** What a fixture comes to: the members of its entry that are found out. */
function outcome(family, path, { options = {}, profile }) {
  if (family === 'collection') {
    const [{ collection }] = run(
      'check',
      '--format',
      'json',
      '--level',
      'info',
      '--collection',
      ...flags(options),
      path,
    );
    return { findings: collection.findings.map((one) => findingBetween(path, one)) };
  }
  if (family === 'schema') {
    const strong = profile === 'strong' ? ['--strong'] : [];
    return { findings: run('lint-schema', '--format', 'ndjson', ...strong, path)[0].findings.map(finding) };
  }
  if (family === 'canon') {
    // The command has no report to read; the one thing that can be wrong has one rule.
    try {
      execFileSync(program, ['canon', path], { stdio: 'ignore' });
      return { findings: [] };
    } catch {
      return { findings: [{ rule: 'canon.number.inexact', severity: 'error' }] };
    }
  }
  const reports = run('check', '--format', 'ndjson', '--level', 'info', ...flags(options), path);
  if (path.endsWith('.ndjson')) {
    const lines = reports.map(({ line, verdict, findings }) => ({ line, verdict, findings: findings.map(finding) }));
    return { lines };
  }
  return { verdict: reports[0].verdict, findings: reports[0].findings.map(finding) };
}

/** Paths below the family's folder: files or, of documents that say something only together, folders. */
function fixturesOf(family) {
  return ['bad', 'good'].flatMap((side) => {
    const folder = join(root, family, side);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => /\.(nd)?json$/.test(name) || statSync(join(folder, name)).isDirectory())
      .map((name) => `${side}/${name}`)
      .sort();
  });
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether both are the same, in any order; a position counts only where it is expected. */
function isSame(found, expected) {
  const placed = new Set((expected ?? []).filter(({ line }) => line !== undefined).map(({ rule }) => rule));
  const text = ({ line, column, ...rest }) =>
    JSON.stringify(Object.entries({ ...rest, ...(placed.has(rest.rule) && { line, column }) }).sort());
  return JSON.stringify((found ?? []).map(text).sort()) === JSON.stringify((expected ?? []).map(text).sort());
}

function differs(found, expected) {
  if (found.verdict !== expected.verdict) return true;
  if (!found.lines) return !isSame(found.findings, expected.findings);
  const lines = expected.lines ?? [];
  return (
    found.lines.length !== lines.length ||
    found.lines.some(
      (one, at) =>
        one.line !== lines[at].line || one.verdict !== lines[at].verdict || !isSame(one.findings, lines[at].findings),
    )
  );
}

/** What is found, as an entry of expect.json. */
const recorded = ({ findings, lines, ...rest }) => ({
  ...rest,
  ...(findings && { findings: findings.map(written) }),
  ...(lines && { lines: lines.map((one) => ({ ...one, findings: one.findings.map(written) })) }),
});

/** The members of an entry that the program gives; the others are written by people. */
const foundOut = new Set(['verdict', 'findings', 'lines']);

/** Kinds and rules of core/catalogue/ that the program does not know: it was built before they were written. */
function missingFromProgram() {
  const known = (command, name) => new Set(run(command, '--format', 'json')[0].map((one) => one[name]));
  const kinds = known('kinds', 'kind');
  const rules = known('rules', 'id');
  return [
    ...readKinds('core/catalogue').kinds.flatMap(({ kind }) => (kinds.has(kind) ? [] : [kind])),
    ...readFamilies('core/catalogue/rules').flatMap((family) =>
      family.rules.flatMap(({ id }) => (rules.has(id) ? [] : [id])),
    ),
  ];
}

if (!isCheck) {
  const missing = missingFromProgram();
  if (missing.length > 0) {
    console.error(`${program} knows nothing of ${missing.join(', ')}: build it first`);
    process.exit(1);
  }
}

const wanted = new Set(named.map((path) => relative(root, path)));
const unknown = [...wanted].filter((name) => !existsSync(join(root, name)));
if (unknown.length > 0) {
  console.error(`no such fixture: ${unknown.map((name) => join(root, name)).join(', ')}`);
  process.exit(2);
}

const touched = [];
let looked = 0;
for (const family of readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory())) {
  const file = join(root, family, 'expect.json');
  const expected = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const before = touched.length;
  for (const name of fixturesOf(family)) {
    const isWanted = wanted.size > 0 ? wanted.has(`${family}/${name}`) : isCheck || !(name in expected);
    if (!isWanted) continue;
    ++looked;
    const entry = expected[name] ?? {};
    const found = outcome(family, join(root, family, name), entry);
    if (name in expected && !differs(found, entry)) continue;
    const kept = Object.entries(entry).filter(([member]) => !foundOut.has(member));
    expected[name] = { ...Object.fromEntries(kept), ...recorded(found) };
    touched.push(join(root, family, name));
  }
  if (isCheck || touched.length === before) continue;
  const sorted = Object.fromEntries(Object.entries(expected).sort(([a], [b]) => byText(a, b)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

if (isCheck) {
  if (touched.length > 0) {
    console.error(`these come to something else than is expected: ${touched.join(', ')}`);
    process.exit(1);
  }
  console.log(`${looked} fixtures come to what is expected of them`);
} else {
  for (const fixture of touched) console.log(`recorded: ${fixture}`);
  if (touched.length > 0) console.log('Look through the changes of expect.json before you commit them.');
  else
    console.log(
      'nothing to record: every fixture has an entry. --check compares them; a fixture that is named is recorded anew',
    );
}
