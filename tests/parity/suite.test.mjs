// The official suite in both builds: every case gets the same verdict natively and in Wasm under Node.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, sharedFolder } from '../package/support.mjs';

const suite = join(sharedFolder, 'suites/json-schema-test-suite');
const place = (build, suffix) => join(root, `build/${build}/tests/differential/bearproof_verdicts${suffix}`);
const options = { encoding: 'utf8', maxBuffer: 1 << 28 };

/** Lines without the last column: valijson is only in the native build. */
const cases = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, line.lastIndexOf('\t')));

test('draft 2020-12, required, optional and format: equal, case by case', (t) => {
  if (!existsSync(suite)) return t.skip('skipped: the official suite is not at hand');
  const native = cases(execFileSync(place('native-release', ''), ['suite', suite], options));
  const wasm = cases(execFileSync(process.execPath, [place('wasm-release', '.cjs'), 'suite', suite], options));
  assert.deepEqual(wasm, native);
  const counts = { required: 0, optional: 0, format: 0, all: native.length };
  for (const line of native) {
    const [file, , , expected, ours] = line.split('\t');
    assert.notEqual(ours, '?', `${line}: deciding and explaining differ`);
    if (ours !== expected) continue;
    ++counts[file.startsWith('optional/format/') ? 'format' : file.startsWith('optional/') ? 'optional' : 'required'];
  }
  assert.deepEqual(counts, { required: 1299, optional: 161, format: 764, all: 1299 + 162 + 764 });
  t.diagnostic(`sha256 of all verdicts: ${createHash('sha256').update(native.join('\n')).digest('hex')}`);
});
