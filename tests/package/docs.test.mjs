// What docs/javascript.md shows runs as it is written.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageUrl, root } from './support.mjs';

const page = readFileSync(join(root, 'docs/javascript.md'), 'utf8');
const examples = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

test('there are examples', () => assert.ok(examples.length >= 3));

for (const [i, code] of examples.entries()) {
  test(`example ${i + 1}`, () => {
    const script = code.replaceAll("'bearproof'", JSON.stringify(packageUrl('index.js').href));
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.equal(child.status, 0, child.stderr);
    assert.notEqual(child.stdout, '');
  });
}
