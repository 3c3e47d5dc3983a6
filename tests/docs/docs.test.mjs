// Pages that tell of the catalogue, the schemas and the tests: none may tell of what is not there.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const read = (file) => readFileSync(join(root, file), 'utf8');
const filesBelow = (folder, suffix) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(folder, name));

const rules = new Set(JSON.parse(execFileSync(program, ['rules', '--format', 'json'])).map(({ id }) => id));
const families = new Set([...rules].map((id) => id.split('.')[0]));
const tests = new Set(
  filesBelow('tests/native', '.cpp').flatMap((file) =>
    [...read(file).matchAll(/^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)/gm)].map(([, suite, name]) => `${suite}.${name}`),
  ),
);
const coverage = read('docs/coverage.md');
// Kinds of evidence are spelled like rules and are none.
const named = [...coverage.matchAll(/`([^`]+)`/g)]
  .map(([, text]) => text)
  .filter((text) => !text.endsWith('.evidence'));

test('docs/contracts and docs/rules are what ./dev docs writes', () => {
  const { status, stderr } = spawnSync('node', ['tools/docs.mjs', '--check', program], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

test('every rule that the coverage names exists', () => {
  const missing = named.filter(
    (text) => /^[a-z]+(\.[a-z0-9-]+)+$/.test(text) && families.has(text.split('.')[0]) && !rules.has(text),
  );
  assert.deepEqual(missing, []);
  const unheard = named.filter((text) => /^[a-z]+(\.[a-z0-9-]+){2,}$/.test(text) && !rules.has(text));
  assert.deepEqual(unheard, [], 'no family of rules has such a name');
});

test('every test that the coverage names exists', () => {
  const missing = named.filter((text) => /^[A-Z]\w+\.[A-Z]\w+$/.test(text) && !tests.has(text));
  assert.deepEqual(missing, []);
});

test('every line of the coverage names what keeps it, or says why nothing does', () => {
  const sections = coverage.split(/^## /m).slice(1);
  assert.deepEqual(
    sections.map((section) => section.slice(0, 4)),
    ['S000', 'S001', 'S002', 'S003', 'S004'],
  );
  const rows = coverage.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| at '));
  assert.ok(rows.length > 150);
  for (const row of rows) {
    const [, at, says, kept] = row.split('|').map((text) => text.trim());
    assert.ok(at && says && kept, row);
    assert.ok(/`|outside: |\]\(|\b(?:rules|acceptance|under|both|examples|a kind)\b/.test(kept), row);
  }
});

test('links between the pages lead somewhere', () => {
  for (const file of ['README.md', ...filesBelow('docs', '.md')]) {
    // What stands in code is no link.
    const text = read(file)
      .replaceAll(/^```.*?^```/gms, '')
      .replaceAll(/`[^`\n]*`/g, '');
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
      assert.ok(existsSync(join(root, dirname(file), decodeURI(target))), `${file}: ${target}`);
    }
  }
});

test('every decision has a date and a status, and stands in the list', () => {
  const list = read('docs/decisions/README.md');
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
  assert.ok(pages.length >= 20);
  assert.equal(new Set(pages.map((name) => name.slice(0, 4))).size, pages.length, 'a number is given once');
  for (const name of pages) {
    const number = name.slice(0, 4);
    const [title, empty, date, status] = read(join('docs/decisions', name)).split('\n');
    assert.ok(title.startsWith(`# ${number} · `), name);
    assert.equal(empty, '', name);
    assert.match(date, /^Date: 20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/, name);
    const [, successor] =
      /^Status: (?:accepted|superseded by (\d{4}))$/.exec(status) ?? assert.fail(`${name}: ${status}`);
    if (successor)
      assert.ok(
        pages.some((other) => other.startsWith(`${successor}-`)),
        name,
      );
    assert.ok(list.includes(`[${number}](${name})`), `${name} is not in the list`);
  }
});

test('the changelog has a section for the version that is built, newest first', () => {
  const [, version] = /^project\(bearproof VERSION ([\d.]+) /m.exec(read('CMakeLists.txt'));
  const sections = [...read('CHANGELOG.md').matchAll(/^## (\S+)/gm)].map(([, name]) => name);
  assert.equal(sections[0], 'Unreleased');
  assert.equal(sections[1], version);
});

test('every option of check is explained, and stands in docs/command-line.md', () => {
  const help = execFileSync(program, ['check', '--help'], { encoding: 'utf8' });
  const options = [...help.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)(?: [A-Z=]+)?(?: {2,}|\n {20,})(\S.*)$/gm)];
  assert.ok(options.length > 20, help);
  const page = read('docs/command-line.md');
  for (const [, short, name, text] of options) {
    assert.ok(text.length > 10, name);
    if (name === '--help') continue;
    assert.ok(
      page.includes(name) || (short && page.includes(`\`${short} `)),
      `docs/command-line.md does not tell of ${name}`,
    );
  }
});
