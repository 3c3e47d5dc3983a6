// What is generated is what its source gives: the package's types.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support.mjs';

test('types.ts is what tools/package-types.mjs writes out of the published schemas', () => {
  const script = join(root, 'tools/package-types.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
