// What conformance/DISAGREEMENTS.md says of ourselves and of valijson is what the built program says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const suite = resolve(root, '../shared/suites/json-schema-test-suite');
const program = join(root, 'build/native-release/tests/differential/bearproof_verdicts');
const page = readFileSync(join(root, 'conformance/DISAGREEMENTS.md'), 'utf8');

const rowOf = (engine) =>
  new RegExp(`^\\| ${engine} +\\|(.*)\\|$`, 'm')
    .exec(page)[1]
    .split('|')
    .map((cell) => cell.trim());

const setOf = (file) => (file.startsWith('optional/format/') ? 2 : file.startsWith('optional/') ? 1 : 0);

test('the scores of Bearproof and valijson over the suite', (t) => {
  if (!existsSync(suite)) return t.skip('skipped: the official suite is not at hand');
  const lines = execFileSync(program, ['suite', suite], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trimEnd()
    .split('\n');
  const right = { Bearproof: [0, 0, 0], valijson: [0, 0, 0] };
  const asked = { Bearproof: [0, 0, 0], valijson: [0, 0, 0] };
  for (const line of lines) {
    const [file, , , expected, ours, valijson] = line.split('\t');
    for (const [engine, verdict] of [
      ['Bearproof', ours],
      ['valijson', valijson],
    ]) {
      if (verdict === '.') continue;
      ++asked[engine][setOf(file)];
      if (verdict === expected) ++right[engine][setOf(file)];
    }
  }
  for (const engine of ['Bearproof', 'valijson']) {
    const told = right[engine].map((count, set) => `${count} of ${asked[engine][set]}`);
    assert.deepEqual(rowOf(engine).slice(0, 3), told, engine);
  }
});

test('every disagreement on the page has a cause', () => {
  const table = /<!-- causes:[\s\S]*<!-- end of causes -->/.exec(page)[0];
  assert.doesNotMatch(table, /undefined/);
  const counted = (engine) =>
    [...table.matchAll(new RegExp(`^\\| ${engine} +\\| +(\\d+) +\\|`, 'gm'))].reduce(
      (sum, row) => sum + Number(row[1]),
      0,
    );
  for (const engine of ['Bearproof', 'valijson', 'Ajv', 'schemasafe', 'Blaze']) {
    const missed = rowOf(engine).reduce((sum, cell) => {
      const [, right, asked] = /^(\d+) of (\d+)$/.exec(cell);
      return sum + Number(asked) - Number(right);
    }, 0);
    assert.equal(counted(engine), missed, engine);
  }
});
