// Examples of rules that a command raises, where no check does: the command is run. (Those that checks raise are run by
// tests/native/conformance.)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exampleText, fixtureFiles, project } from '../../tools/catalogue/examples.mjs';
import { readFamilies } from '../../tools/catalogue/families.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const rules = readFamilies(join(root, 'core/catalogue/rules')).flatMap((family) => family.rules);

/** Whether the command of an example says that the rule is raised: by its id or, where it only prints text, its words. */
const raises = (rule, { command, fixture }) => {
  const format = command === 'graph' ? [] : ['--format', 'json'];
  const args = [...command.split(' '), ...format, join('conformance', fixture)];
  const { stdout, stderr, status } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  assert.ok(status === 0 || status === 1, `${rule.id}: ${args.join(' ')}: ${stderr}`);
  return stdout.includes(`"rule":"${rule.id}"`) || stderr.includes(rule.message);
};

test('an example of a command raises its rule, or does not', () => {
  let commands = 0;
  for (const rule of rules) {
    for (const [side, example] of Object.entries(rule.examples)) {
      if (!example.command) continue;
      ++commands;
      assert.equal(raises(rule, example), side === 'bad', `${rule.id}: its ${side} example`);
    }
  }
  assert.ok(commands >= 15);
});

test('an excerpt keeps the order of the document, and names what is missing', () => {
  const document = { a: 1, b: { c: [10, 20, 30], 'd/e': null }, f: 'x' };
  assert.deepEqual(project(document, ['/f', '/b/c/2', '/b/d~1e']), {
    part: { b: { c: [30], 'd/e': null }, f: 'x' },
    missing: [],
  });
  assert.deepEqual(project(document, ['/a', '/b/x', '/b/c/3', '/a/length', '/b/c/length']), {
    part: { a: 1 },
    missing: ['/b/x', '/b/c/3', '/a/length', '/b/c/length'],
  });
  assert.deepEqual(project(document, ['/none']), { part: undefined, missing: ['/none'] });
});

test('what cannot be seen, or looks like something else, is escaped in an excerpt', () => {
  const texts = rules
    .flatMap((rule) => Object.values(rule.examples))
    .map((example) => exampleText(join(root, 'conformance'), example));
  const all = texts.join('\n');
  assert.doesNotMatch(all, /(?!\n)\p{C}/u);
  assert.match(all, /"n\\u03bfne"/, 'a Greek letter among Latin ones');
  assert.match(all, /Иван/u, 'a word of one script stays');
});

test('an example of a family whose fixtures have no expectations yet is a text already', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bearproof-examples-'));
  try {
    mkdirSync(join(folder, 'teapot'));
    writeFileSync(join(folder, 'teapot/empty.json'), '{"lid":null,"tea":"green"}');
    const example = { fixture: 'teapot/empty.json', show: ['/lid'] };
    assert.equal(exampleText(folder, example), '{"lid": null}');
    assert.deepEqual(fixtureFiles(folder, [example.fixture]), [join(folder, 'teapot/empty.json')]);
    writeFileSync(join(folder, 'teapot/expect.json'), '{"empty.json":{"options":{"mode":"strict"}}}');
    assert.equal(exampleText(folder, example), '{"lid": null}\nchecked with {"mode": "strict"}');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
