// ./dev new rule: what it begins, in a copy of what it reads, and what it refuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFamilies } from '../../tools/catalogue/families.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const folder = mkdtempSync(join(tmpdir(), 'bearproof-rule-'));
after(() => rmSync(folder, { recursive: true }));

const from = 'conformance/install/good/denied.json';
const id = 'install.runtime.name-shouted';

/** A copy of what the script reads. */
function checkout(name) {
  const copy = join(folder, name);
  for (const part of ['core/catalogue', 'core/rules', 'conformance/install', 'tools']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  return copy;
}
const begin = (copy, ...args) => spawnSync('node', ['tools/new/rule.mjs', ...args], { cwd: copy, encoding: 'utf8' });
const read = (...path) => readFileSync(join(...path), 'utf8');

test('a rule begins with its description, its code and two fixtures', () => {
  const copy = checkout('begun');
  const { status, stdout, stderr } = begin(copy, id, '--from', from, '--severity', 'error');
  assert.equal(status, 0, stderr);
  const files = [
    'core/catalogue/rules/install.json',
    'conformance/install/bad/runtime-name-shouted.json',
    'conformance/install/good/runtime-name-shouted-sound.json',
    'core/rules/install.cpp',
  ];
  assert.deepEqual(stdout.split('\n').slice(0, 5), [...files, '']);

  const rules = readFamilies(join(copy, 'core/catalogue/rules')).flatMap((family) => family.rules);
  const rule = rules.find((one) => one.id === id);
  assert.equal(rule.severity, 'error');
  assert.deepEqual(rule.examples, {
    bad: { fixture: 'install/bad/runtime-name-shouted.json' },
    good: { fixture: 'install/good/runtime-name-shouted-sound.json' },
  });
  for (const fixture of files.slice(1, 3)) assert.equal(read(copy, fixture), read(root, from));

  const code = read(copy, files[3]);
  assert.match(code, /^void check_runtime_name_shouted\(json::Value root, FindingSink& sink\) \{$/m);
  assert.match(code, /^ {2}check_runtime_name_shouted\(context\.root, sink\);\n\}$/m);
  assert.match(code, /Rule::install_runtime_name_shouted,/);
});

test('a rule that a schema states begins without code', () => {
  const copy = checkout('stated');
  const code = read(copy, 'core/rules/install.cpp');
  const { status, stdout, stderr } = begin(copy, id, '--from', from, '--no-code');
  assert.equal(status, 0, stderr);
  assert.equal(stdout.split('\n').indexOf(''), 3, stdout);
  assert.match(stdout, /"x-bearproof-rule": "install\.runtime\.name-shouted"/);
  assert.equal(read(copy, 'core/rules/install.cpp'), code);
});

test('the first rule of a family of kinds begins the files of the family', () => {
  const copy = checkout('family');
  for (const side of ['good', 'bad']) mkdirSync(join(copy, 'conformance/teapot', side), { recursive: true });
  cpSync(join(copy, from), join(copy, 'conformance/teapot/good/teapot-receipt.json'));
  const first = ['teapot.state.no-reason', '--from', 'conformance/teapot/good/teapot-receipt.json'];
  const { status, stdout, stderr } = begin(copy, ...first);
  assert.equal(status, 0, stderr);
  assert.deepEqual(stdout.split('\n').slice(0, 5), [
    'core/catalogue/rules/teapot.json',
    'conformance/teapot/bad/state-no-reason.json',
    'conformance/teapot/good/state-no-reason-sound.json',
    'core/rules/teapot.cpp',
    '',
  ]);
  assert.match(stdout, /"code": "check_teapot"/);
  const family = readFamilies(join(copy, 'core/catalogue/rules')).find((one) => one.family === 'teapot');
  assert.match(family.about, /^TODO: /);
  assert.deepEqual(
    family.rules.map((rule) => rule.id),
    ['teapot.state.no-reason'],
  );
  assert.match(
    read(copy, 'core/rules/teapot.cpp'),
    /^void check_teapot\(const Context& context, FindingSink& sink\) \{\n {2}check_state_no_reason\(context\.root, sink\);\n\}$/m,
  );
  // The next one is added to them, also when they were formatted.
  const code = join(copy, 'core/rules/teapot.cpp');
  writeFileSync(code, readFileSync(code, 'utf8').replace(/ \{\n {2}(check_state_no_reason.*)\n\}$/m, ' { $1 }'));
  assert.match(
    readFileSync(code, 'utf8'),
    /^void check_teapot.* \{ check_state_no_reason\(context\.root, sink\); \}$/m,
  );
  const [, ...next] = first;
  assert.equal(begin(copy, 'teapot.state.unknown', ...next).status, 0);
  assert.match(
    read(copy, 'core/rules/teapot.cpp'),
    /^ {2}check_state_no_reason\(context\.root, sink\);\n {2}check_state_unknown\(context\.root, sink\);\n\}$/m,
  );
});

test('until its words are there a rule does not follow the schema of the catalogue', () => {
  const copy = checkout('words');
  const file = join(copy, 'core/catalogue/rules/install.json');
  const schema = join(root, 'schemas/published/catalogue.schema.json');
  const check = () => spawnSync(program, ['check', '--format', 'json', '--schema', schema, file], { encoding: 'utf8' });
  assert.equal(check().status, 0);
  assert.equal(begin(copy, id, '--from', from).status, 0);
  const { status, stdout } = check();
  assert.equal(status, 1);
  const members = JSON.parse(stdout).documents[0].findings.map(({ pointer }) => pointer.split('/').pop());
  assert.deepEqual(members.sort(), ['condition', 'help', 'message', 'source', 'title', 'why']);
});

test('what cannot be begun is refused, and nothing is written', () => {
  const copy = checkout('refused');
  const before = read(copy, 'core/catalogue/rules/install.json');
  const tries = [
    [[id], /usage:/],
    [['Install.Name', '--from', from], /Install\.Name: a rule's id is like/],
    [['install.policy.missing', '--from', from], /install\.policy\.missing is a rule already/],
    [['wardrobe.door.open', '--from', from], /wardrobe: no such family/],
    [[id, '--from', 'conformance/install/good/none.json'], /none\.json: name one good document/],
    [[id, '--from', from, '--severity', 'fatal'], /fatal: a severity is/],
    [[id, '--from', from, '--code', 'core/rules/install.cpp', '--no-code'], /usage:/],
    [[id, '--from', from, '--code', 'core/rules/none.cpp'], /core\/rules\/none\.cpp: no such file/],
  ];
  for (const [args, message] of tries) {
    const { status, stderr } = begin(copy, ...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, message);
  }
  assert.equal(read(copy, 'core/catalogue/rules/install.json'), before);
  assert.equal(begin(copy, id, '--from', from).status, 0);
  assert.match(begin(copy, id, '--from', from).stderr, /is a rule already/);
});
