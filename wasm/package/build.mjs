// Puts the npm package together: TypeScript and Emscripten's glue bundled and minified, types, the module, the long
// texts, the published schemas. Usage:
// build.mjs --glue bearproof.mjs --declarations declarations.d.ts --texts texts.json --out DIR --version VERSION
// (the .wasm file lies beside the glue; the declarations are Emscripten's, of bindings.cc).
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { forms, published, standAlone } from '../../tools/published.mjs';

const { values } = parseArgs({
  options: {
    glue: { type: 'string' },
    declarations: { type: 'string' },
    texts: { type: 'string' },
    out: { type: 'string' },
    version: { type: 'string' },
  },
});
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const glue = resolve(values.glue);
const out = resolve(values.out);

const bundle = async (entry, external) => {
  const build = await rolldown({
    input: join(here, 'src', `${entry}.ts`),
    external,
    // Not by tsconfig.json, which leads to declarations.
    tsconfig: false,
    resolve: { alias: { 'bearproof-glue': glue } },
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  await build.write({ file: join(out, `${entry}.js`), format: 'esm', minify: true, comments: false });
  await build.close();
};

mkdirSync(out, { recursive: true });
rmSync(join(out, 'types'), { recursive: true, force: true });
await bundle('index', []);
await bundle('edge', ['./index.js', './bearproof.wasm']);

// Of what Emscripten declares only the functions of bindings.cc: src/glue.d.ts says the rest, and more exactly.
const [bindings] = /^interface EmbindModule \{[^}]*\}/m.exec(readFileSync(values.declarations, 'utf8')) ?? [];
if (!bindings) throw new Error(`${values.declarations} declares no functions`);
writeFileSync(join(root, 'build/npm/bindings.d.ts'), `export ${bindings}\n`);

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const typed = spawnSync(process.execPath, [tsc, '-p', here, '--outDir', join(out, 'types')], { stdio: 'inherit' });
if (typed.status !== 0) process.exit(typed.status ?? 1);
copyFileSync(join(here, 'src/bearproof.d.wasm.ts'), join(out, 'types/bearproof.d.wasm.ts'));

const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
manifest.version = values.version;
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(glue.replace(/mjs$/, 'wasm'), join(out, 'bearproof.wasm'));
chmodSync(join(out, 'bearproof.wasm'), 0o644);
copyFileSync(join(here, 'workerd.capnp'), join(out, 'workerd.capnp'));
copyFileSync(values.texts, join(out, 'texts.json'));
copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
copyFileSync(join(root, 'docs/javascript.md'), join(out, 'README.md'));
rmSync(join(out, 'schemas'), { recursive: true, force: true });
mkdirSync(join(out, 'schemas'));
for (const name of forms) {
  const text = JSON.stringify(standAlone(published.get(name)), null, 2);
  writeFileSync(join(out, 'schemas', `${name}.schema.json`), `${text}\n`);
}
for (const file of ['index.js', 'edge.js', 'bearproof.wasm', 'texts.json']) {
  process.stdout.write(`${file} ${statSync(join(out, file)).size} bytes\n`);
}
if (!existsSync(join(out, 'types/index.d.ts'))) throw new Error('no types were written');
