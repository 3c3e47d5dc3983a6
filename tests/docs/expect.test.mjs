// tools/expect.mjs: what it records of new fixtures, in a copy of some, and of which programs it records nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
const folder = mkdtempSync(join(tmpdir(), 'bearproof-expect-'));
after(() => rmSync(folder, { recursive: true }));
for (const part of ['core/catalogue', 'conformance/install', 'tools']) {
  cpSync(join(root, part), join(folder, part), { recursive: true });
}
const expectations = join(folder, 'conformance/install/expect.json');
const read = () => JSON.parse(readFileSync(expectations, 'utf8'));
const record = () => spawnSync('node', ['tools/expect.mjs', program], { cwd: folder, encoding: 'utf8' });

test('what a new fixture comes to is recorded, and nothing else is touched', () => {
  const before = readFileSync(expectations, 'utf8');
  const { 'bad/evidence-empty.json': own, ...others } = JSON.parse(before);
  assert.deepEqual(own.findings[0].rule, 'install.evidence.empty');
  writeFileSync(expectations, JSON.stringify(others));
  const { status, stdout, stderr } = record();
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^recorded: conformance\/install\/bad\/evidence-empty\.json$/m);
  assert.equal(stdout.match(/^recorded/gm).length, 1);
  assert.deepEqual(read(), JSON.parse(before));
});

test('in a family without expectations a file is begun', () => {
  const before = read();
  rmSync(expectations);
  assert.equal(record().status, 0);
  assert.deepEqual(Object.keys(read()), Object.keys(before));
});

test('of a program that was built before a kind or rule was written nothing is recorded', () => {
  const before = read();
  const rules = join(folder, 'core/catalogue/rules/install.json');
  const text = readFileSync(rules, 'utf8');
  writeFileSync(rules, text.replace('"install.policy.missing"', '"install.policy.gone"'));
  writeFileSync(expectations, '{}');
  const { status, stderr } = record();
  assert.equal(status, 1);
  assert.match(stderr, /knows nothing of install\.policy\.gone: build it first/);
  assert.deepEqual(read(), {});
  writeFileSync(rules, text);
  writeFileSync(expectations, JSON.stringify(before));
});
