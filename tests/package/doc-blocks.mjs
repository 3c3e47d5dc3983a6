// The JavaScript and TypeScript that README and docs show, and a project in which it finds the package as its readers do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder, root } from './support.mjs';

/** Where the examples of each page run, in their order: in Node, in a page (tests/browser) or in a Worker (tests/edge). */
const places = {
  'README.md': ['node', 'page'],
  'docs/edge.md': ['worker'],
  'docs/javascript.md': ['node', 'node', 'node', 'node', 'node', 'node'],
  'docs/panel.md': ['page', 'page'],
  'docs/schemas.md': ['node'],
};

const pages = readdirSync(join(root, 'docs'), { recursive: true })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const found = ['README.md', ...pages].flatMap((page) =>
  [
    ...readFileSync(join(root, page), 'utf8').matchAll(/^ *```(?:js|ts|javascript|typescript|mjs)\n(.*?)^ *```$/gms),
  ].map(([, code], i) => ({ page, name: `${page} ${i + 1}`, place: places[page]?.[i], code })),
);

export const blocks = found;

/** The examples that run in one place. Those of one page that share a page of the browser are one text. */
export const blocksOf = (place) => found.filter((block) => block.place === place);
export const scriptOf = (page) =>
  found
    .filter((block) => block.place === 'page' && block.page === page)
    .map(({ code }) => code)
    .join('\n');

/** A folder with the package installed, under both of the names by which the examples import it. */
export function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), 'bearproof-docs-'));
  for (const parent of ['node_modules', 'npm']) {
    mkdirSync(join(folder, parent));
    symlinkSync(packageFolder, join(folder, parent, 'bearproof'));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  return folder;
}

/** What TypeScript, strict, says of a file of a project; empty where it compiles. */
export function compileStrictly(project, files) {
  const options = [
    ...['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--resolveJsonModule'],
    ...['--lib', 'es2022,dom,dom.iterable,dom.asynciterable', '--types', 'node'],
    ...['--typeRoots', join(root, 'node_modules/@types')],
  ];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], {
    cwd: project,
    encoding: 'utf8',
  });
  assert.equal(status === 0, stdout === '');
  return stdout;
}
