// Every example in JavaScript or TypeScript compiles under strict, and those for Node run as they are written.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blocks, blocksOf, compileStrictly, makeProject, scriptOf } from './doc-blocks.mjs';
import { root } from './support.mjs';

const project = makeProject();
after(() => rmSync(project, { recursive: true }));

test('every example runs in one of the tests', () => {
  assert.ok(blocks.length >= 10);
  assert.deepEqual(
    blocks.filter(({ place }) => place === undefined).map(({ name }) => name),
    [],
    'say in doc-blocks.mjs where they run',
  );
});

test('every example compiles under strict', () => {
  const pages = [...new Set(blocksOf('page').map(({ page }) => page))].map((page) => scriptOf(page));
  const files = [...blocks.filter(({ place }) => place !== 'page').map(({ code }) => code), ...pages].map((code, i) => {
    const file = `example-${i}.mts`;
    // Beside the package there are no declarations: TypeScript looks them up by the package's name.
    writeFileSync(join(project, file), code.replaceAll(/'\.\/npm\/(bearproof[\w/]*)\/index\.js'/g, "'$1'"));
    return file;
  });
  assert.equal(compileStrictly(project, files), '');
});

for (const { name, code } of blocksOf('node')) {
  test(`${name} runs`, () => {
    const file = join(project, 'example.mjs');
    writeFileSync(file, code);
    const child = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
    assert.equal(child.status, 0, child.stderr);
    assert.notEqual(child.stdout, '');
  });
}
