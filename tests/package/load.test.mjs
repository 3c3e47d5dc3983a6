// Every way of loading the package that Node can show.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { load, packageFolder, packageUrl } from './support.mjs';

const bytes = readFileSync(packageUrl('bearproof.wasm'));
const works = (bearproof) => {
  assert.equal(bearproof.check('{"a":1,}').documents[0].findings[0].rule, 'parse.text.invalid');
};

let server;
let base;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/typed') response.setHeader('content-type', 'application/wasm');
    if (request.url === '/missing') response.statusCode = 404;
    response.end(request.url === '/texts.json' ? '{"parse.text.invalid":{"why":"because"}}' : bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test('without arguments it finds the module beside itself', async () => works(await load()));

test('from a compiled module, from bytes, from a buffer', async () => {
  works(await load({ wasm: await WebAssembly.compile(bytes) }));
  works(await load({ wasm: bytes }));
  works(await load({ wasm: new Uint8Array(bytes).buffer }));
});

test('from a file URL, as URL and as text', async () => {
  works(await load({ wasm: packageUrl('bearproof.wasm') }));
  works(await load({ wasm: packageUrl('bearproof.wasm').href }));
});

test('over HTTP, compiled while loading, or after it where the server names no type', async () => {
  works(await load({ wasm: `${base}/typed` }));
  works(await load({ wasm: new URL(`${base}/untyped`) }));
});

test('what cannot be loaded is told', async () => {
  await assert.rejects(load({ wasm: `${base}/missing` }), /404/);
  await assert.rejects(load({ wasm: new Uint8Array([1, 2, 3]) }), WebAssembly.CompileError);
  await assert.rejects(load({ wasm: new URL('bearproof.nothing', packageUrl('x')) }), /ENOENT/);
});

test('long texts from a URL, a file, an object; none without being asked', async () => {
  assert.equal((await load({ texts: `${base}/texts.json` })).explain('parse.text.invalid').why, 'because');
  assert.equal(
    (await load({ texts: { 'parse.text.invalid': { why: 'so' } } })).explain('parse.text.invalid').why,
    'so',
  );
  const shipped = JSON.parse(readFileSync(packageUrl('texts.json'), 'utf8'));
  const [id, { conditions, ...texts }] = Object.entries(shipped)[0];
  const withTexts = (await load({ texts: true })).explain(id);
  for (const [name, text] of Object.entries(texts)) assert.deepEqual(withTexts[name], text);
  assert.deepEqual(
    withTexts.cases.map(({ condition }) => condition),
    conditions,
  );
  assert.equal((await load()).explain(id).why, undefined);
});

test('limits may be lowered, not raised, and their names are checked', async () => {
  const bearproof = await load({ limits: { nesting: 3 } });
  assert.equal(
    bearproof.check('[[[]]]').documents[0].findings.some(({ rule }) => rule === 'limit.nesting'),
    false,
  );
  assert.equal(bearproof.check('[[[[]]]]').documents[0].findings[0].rule, 'limit.nesting');
  await assert.rejects(load({ limits: { nesting: 513 } }), TypeError);
  await assert.rejects(
    load({ limits: { nestling: 3 } }),
    (error) => error instanceof TypeError && /nestling/.test(error.message),
  );
});

test('it runs where code from strings is forbidden', () => {
  const script = `import { load } from ${JSON.stringify(packageUrl('index.js').href)};
    try { new Function('return 1'); process.exit(3); } catch (error) { if (!(error instanceof EvalError)) process.exit(4); }
    process.stdout.write((await load()).check('[1,').documents[0].verdict);`;
  const child = spawnSync(
    process.execPath,
    ['--disallow-code-generation-from-strings', '--input-type=module', '-e', script],
    {
      cwd: packageFolder,
      encoding: 'utf8',
    },
  );
  assert.equal(child.stdout, 'unreadable', child.stderr);
});

test('many instances live side by side', async () => {
  const wasm = await WebAssembly.compile(bytes);
  const all = await Promise.all(Array.from({ length: 8 }, () => load({ wasm })));
  for (const bearproof of all) works(bearproof);
});
