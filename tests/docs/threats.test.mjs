// docs/threats.md: every threat has a test, and every test that it names exists.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file) => readFileSync(join(root, file), 'utf8');

const native = new Set(
  readdirSync(join(root, 'tests/native'), { recursive: true })
    .filter((name) => name.endsWith('.cpp'))
    .flatMap((name) =>
      [...read(join('tests/native', name)).matchAll(/^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)/gm)].map(
        ([, suite, name]) => `${suite}.${name}`,
      ),
    ),
);

/** The titles of the tests in a JavaScript or TypeScript file; of one that is made in a loop, its template. */
const titles = new Map();
function titlesOf(file) {
  if (!titles.has(file)) {
    const found = [...read(file).matchAll(/\btest(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)];
    titles.set(file, new Set(found.map(([, , title]) => title.replaceAll(/\\(.)/g, '$1'))));
  }
  return titles.get(file);
}

/** What is wrong with a name of a test: `Suite.Name` of the native tests, or `tests/…: title`. */
function fault(name) {
  if (/^\w+\.\w+$/.test(name)) return native.has(name) ? undefined : 'no such native test';
  const [, file, title] = /^(tests\/[\w./-]+): (.+)$/.exec(name) ?? [];
  if (!file) return 'neither Suite.Name nor file: title';
  if (!existsSync(join(root, file))) return 'no such file';
  return titlesOf(file).has(title) ? undefined : 'no such test in this file';
}

const sections = read('docs/threats.md').split(/^## /m).slice(1);
const rows = sections.flatMap((section) =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| attack '))
    .map((line) => line.slice(2, -2).split(/(?<!\\) \| /)),
);

test('every threat says what stands against it and names a test', () => {
  assert.ok(rows.length >= 40, `${rows.length} threats`);
  for (const row of rows) {
    assert.equal(row.length, 3, row.join(' | '));
    assert.ok(
      row.every((text) => text.trim() !== ''),
      row.join(' | '),
    );
    assert.match(row[2], /`[^`]+`/, `no test: ${row[0]}`);
  }
});

test('every test that a threat names exists', () => {
  const named = rows.flatMap(([, , held]) => [...held.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const wrong = named.flatMap((name) => fault(name) ?? []).length;
  assert.equal(wrong, 0, named.flatMap((name) => (fault(name) ? [`${name}: ${fault(name)}`] : [])).join('\n'));
});

test('the page says what is not covered', () => {
  assert.ok(sections.some((section) => /^What is not covered\n[^]*?^\* /m.test(section)));
});

test('this test itself tells a name that is wrong', () => {
  assert.equal(fault('tests/docs/threats.test.mjs: the page says what is not covered'), undefined);
  assert.match(fault('tests/docs/threats.test.mjs: no such title'), /no such test/);
  assert.match(fault('tests/docs/none.mjs: x'), /no such file/);
  assert.match(fault('NoSuite.NoName'), /no such native test/);
  assert.match(fault('a sentence'), /neither/);
});
