// Everything that ./dev bench measures, in one run: see docs/performance.md. No number passes or fails.
//
//     node bench/run.mjs [--count 20000] [--rounds 11] [--peers FOLDER] [--megabytes 256] [--json FILE] [--write]
//                        [--only PART…]
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NativeCore, root, WasmCore } from './contenders.mjs';
import { measureExplained, measureGrowth, measureReceipts, measureSizes, measureUnique } from './corpora.mjs';
import { measurePage } from './page.mjs';
import { picture, tables } from './write-up.mjs';
import { measureFile, measureMemory, measureStart } from './processes.mjs';
import { measureComponents } from './components.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '11' },
    peers: { type: 'string' },
    megabytes: { type: 'string', default: '256' },
    json: { type: 'string' },
    write: { type: 'boolean' },
    only: { type: 'boolean' },
  },
});
const { load } = await import(join(root, 'build/npm/bearproof/index.js'));
const given = {
  count: Number(values.count),
  rounds: Number(values.rounds),
  peers: values.peers,
  bearproof: await load(),
  wasm: await WasmCore.load(),
  native: new NativeCore(),
};

const parts = {
  receipts: () => measureReceipts(given),
  explained: () => measureExplained(given),
  sizes: () => measureSizes(given),
  growth: () => measureGrowth(given),
  unique: () => measureUnique(given),
  start: () => measureStart(given),
  file: () => measureFile(given),
  memory: () => measureMemory(Number(values.megabytes)),
  page: () => measurePage(given.rounds),
  components: () =>
    measureComponents(
      join(root, 'build/wasm-release/wasm/bearproof_named.wasm'),
      join(root, 'build/npm/bearproof/bearproof.wasm'),
    ),
};
const results = {
  node: process.version,
  processor: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
  rounds: given.rounds,
  load: { before: loadavg()[0] },
};
const only = values.only ? positionals : Object.keys(parts);
for (const [name, measure] of Object.entries(parts)) {
  if (!only.includes(name)) continue;
  const start = performance.now();
  results[name] = await measure();
  console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
given.native.close();
results.load.after = loadavg()[0];

if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
if (values.only) {
  console.log(JSON.stringify(results, null, 2));
} else {
  const text = tables(results);
  console.log(text);
  if (values.write) {
    const page = join(root, 'docs/performance.md');
    const [begin, end] = ['<!-- measured: written by ./dev bench --write -->', '<!-- end of measured -->'];
    const old = readFileSync(page, 'utf8');
    const [from, to] = [old.indexOf(begin), old.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`${page} lacks the marks`);
    writeFileSync(page, `${old.slice(0, from + begin.length)}\n\n${text}\n\n${old.slice(to)}`);
    writeFileSync(join(root, 'docs/images/performance.svg'), picture(results));
  }
}
