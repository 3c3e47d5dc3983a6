// Documents a second in Node, bytes → verdicts, over the same generated receipts: TextDecoder + JSON.parse + Ajv 2020
// (compiled, first error) against the package. Rounds are interleaved; medians are printed, ratios count.
//   node bench/wasm-bench.mjs [--count 20000] [--rounds 11] [--json FILE]
// The package lies in build/npm/bearproof or where BEARPROOF_PACKAGE says. Where bearproof_throughput of the wasm-release
// build is at hand, it adds what the core reaches alone: reading, the schema without rules, everything.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { receiptLines } from './receipts.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '11' },
    json: { type: 'string' },
  },
});
const count = Number(values.count);
const rounds = Number(values.rounds);
const root = resolve(import.meta.dirname, '..');
const packageFolder = resolve(process.env.BEARPROOF_PACKAGE ?? join(root, 'build/npm/bearproof'));
const { load } = await import(join(packageFolder, 'index.js'));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const addFormats = createRequire(import.meta.url)('ajv-formats');
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats(ajv);
const compile = (dialect) =>
  ajv.compile(
    JSON.parse(readFileSync(join(root, `schemas/browser/BrowserAutomationReceipt.${dialect}.schema.json`), 'utf8')),
  );
const v2 = compile('sourceos-v2');
const v1 = compile('bearbrowser-v1');
const checkWithAjv = (document) => (document.type === 'BrowserAutomationReceipt' ? v2 : v1)(document);

const decoder = new TextDecoder();
const eachLine = (bytes, holds) => {
  let good = 0;
  for (const line of decoder.decode(bytes).split('\n')) {
    if (line !== '' && holds(JSON.parse(line))) ++good;
  }
  return good;
};
const bearproof = await load();
const contenders = {
  'JSON.parse + Ajv 2020': (bytes) => eachLine(bytes, checkWithAjv),
  'JSON.parse alone': (bytes) => eachLine(bytes, () => true),
  'package, every rule, level warning': (bytes) => bearproof.checkLines(bytes).summary.valid,
  'package, every rule, level info': (bytes) => bearproof.checkLines(bytes, { level: 'info' }).summary.valid,
};

/** The core alone in Wasm, without JavaScript: what reading, the schema and the rules cost. */
const measureCore = (bytes) => {
  const program = join(root, 'build/wasm-release/bench/bearproof_throughput.cjs');
  if (!existsSync(program)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bearproof-bench-'));
  try {
    writeFileSync(join(folder, 'receipts.ndjson'), bytes);
    const run = spawnSync(process.execPath, [program, join(folder, 'receipts.ndjson'), String(rounds)]);
    return String(run.stdout)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const measure = (dialect) => {
  const bytes = receiptLines(count, { dialect });
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -2; round < rounds; ++round) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now();
      const valid = run(bytes);
      const took = performance.now() - start;
      if (valid !== count) throw new Error(`${name}: ${valid} of ${count} receipts are valid`);
      if (round >= 0) times[name].push(took); // the rounds before warm up
    }
  }
  const perSecond = {};
  for (const [name, list] of Object.entries(times)) perSecond[name] = (count / median(list)) * 1000;
  // The schema alone is measured with one schema.
  for (const { mode, documents_per_second: rate } of dialect ? measureCore(bytes) : []) {
    perSecond[`core alone, ${mode}`] = rate;
  }
  const reference = perSecond['JSON.parse + Ajv 2020'];
  const size = bytes.length / count;
  console.log(
    `${count} receipts, ${dialect ?? 'two dialects'}, ${size.toFixed(0)} bytes each, Node ${process.version}`,
  );
  for (const [name, rate] of Object.entries(perSecond)) {
    const columns = [rate.toFixed(0).padStart(9), ((rate * size) / 1e6).toFixed(0).padStart(6)];
    console.log(
      `  ${name.padEnd(36)}${columns[0]} documents/s${columns[1]} MB/s${(rate / reference).toFixed(2).padStart(8)} x`,
    );
  }
  return { dialect: dialect ?? 'mixed', count, bytes: bytes.length, node: process.version, perSecond };
};

const results = [measure('sourceos-v2'), measure()];
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
