// The Worker that docs/edge.md shows, in the real workerd.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import ts from 'typescript';
import { blocksOf, makeProject } from '../package/doc-blocks.mjs';
import { packageFolder, root } from '../package/support.mjs';
import { startWorkerd } from './support.mjs';

const project = makeProject();
let server;
before(async () => {
  const [{ code }] = blocksOf('worker');
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  writeFileSync(join(project, 'worker.js'), outputText);
  for (const file of ['index.js', 'bearproof.wasm']) cpSync(join(packageFolder, file), join(project, file));
  writeFileSync(
    join(project, 'worker.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (
       services = [(name = "worker", worker = .worker)],
       sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
     );
     const worker :Workerd.Worker = (
       modules = [
         (name = "worker.js", esModule = embed "worker.js"),
         (name = "bearproof", esModule = embed "index.js"),
         (name = "bearproof/bearproof.wasm", wasm = embed "bearproof.wasm"),
       ],
       compatibilityDate = "2026-01-01",
     );`,
  );
  server = await startWorkerd(join(project, 'worker.capnp'));
});
after(async () => {
  await server?.close();
  rmSync(project, { recursive: true });
});

test('a valid document is answered 204, another 422', async () => {
  const post = (body) => fetch(server.base, { method: 'POST', body });
  const valid = readFileSync(join(root, 'schemas/capability/examples/enabled.json'));
  assert.equal((await post('{"a":1,}')).status, 422);
  assert.equal((await post(valid)).status, 204);
});
