// How many instructions the native release build executes for a few workloads, counted by valgrind's callgrind: a guard
// that a busy machine does not disturb. A count is the same from run to run, but another compiler, C library or processor
// gives another one, so bench/instructions.json holds the counts by toolchain, and only those of this one are compared.
//
//     node bench/instructions.mjs [--check | --write]
//
//     (nothing)   prints a table of counts and of their change
//     --check     the same; fails when a count is more than 1 % above the recorded one; the last line is "N passed, N failed"
//     --write     records the counts for this toolchain
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { receipts } from './receipts.mjs';
import { sessionLines, sessionSchema } from './sessions.mjs';

const root = join(import.meta.dirname, '..');
const build = 'build/native-release';
const folder = 'build/bench/instructions';
const recordFile = join(root, 'bench/instructions.json');
const tolerance = 0.01;

const keep = (name, content) => {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, name), content);
  return `${folder}/${name}`;
};
const ndjson = (documents) => documents.map((document) => `${JSON.stringify(document)}\n`).join('');

const receiptSchema = 'schemas/browser/BrowserAutomationReceipt.sourceos-v2.schema.json';
const valid = receipts(2000, { dialect: 'sourceos-v2' });
const some = keep('receipts.ndjson', ndjson(valid));
const faulty = keep('receipts-faulty.ndjson', ndjson(receipts(2000, { dialect: 'sourceos-v2', faulty: true })));
const one = keep('receipt.json', ndjson(valid.slice(0, 1)));
const sessions = keep('sessions.ndjson', sessionLines(150, 2 << 20).bytes);
const sessionsSchema = keep('sessions.schema.json', JSON.stringify(sessionSchema));

/** Work of bench/workload.cpp over one text: only what happens inside Workload::run is counted. */
const workload = (mode, schema, text) => ({
  command: [`${build}/bench/bearproof_throughput`, '--serve'],
  input: `schema ${schema}\ntext ${text}\nrun ${mode}\n`,
  options: ['--toggle-collect=bearproof::bench::Workload::run(*)'],
});
const workloads = {
  'receipts, schema alone': workload('schema', receiptSchema, some),
  'receipts, every rule': workload('rules-warning', receiptSchema, some),
  'receipts, every rule, 3 % invalid and explained': workload('rules-warning', receiptSchema, faulty),
  'sessions of 15 KB, schema alone': workload('schema', sessionsSchema, sessions),
  'one receipt, start to exit': { command: [`${build}/bearproof`, 'check', one], input: '', options: [] },
};

/** Runs a program under callgrind; what callgrind_annotate reads stays in build/bench/instructions. */
const count = (name, { command, input, options }) => {
  const profile = `${folder}/${name.replace(/[^a-z0-9]+/g, '-')}.callgrind`;
  const child = spawnSync(
    'valgrind',
    ['--tool=callgrind', `--callgrind-out-file=${profile}`, ...options, ...command],
    // The environment lies on the stack: the same one for everyone.
    { cwd: root, encoding: 'utf8', input, env: { PATH: process.env.PATH, LC_ALL: 'C' } },
  );
  const found = /Collected : (\d+)/.exec(child.stderr ?? '');
  if (child.status !== 0 || !found || found[1] === '0' || child.stdout.includes('refused')) {
    throw new Error(`${name}: ${child.error?.message ?? child.stderr}${child.stdout}`);
  }
  return Number(found[1]);
};

/** What a count depends on besides the source. */
const toolchain = () => {
  const files = join(root, build, 'CMakeFiles');
  const folderOfCompiler = readdirSync(files).find((name) => existsSync(join(files, name, 'CMakeCXXCompiler.cmake')));
  const settings = readFileSync(join(files, folderOfCompiler, 'CMakeCXXCompiler.cmake'), 'utf8');
  const setting = (name) => new RegExp(`set\\(CMAKE_CXX_COMPILER_${name} "(.*)"\\)`).exec(settings)[1];
  const library = execFileSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' }).trim();
  const avx2 = /\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8')) ? ' with AVX2' : '';
  return `${setting('ID')} ${setting('VERSION')}, ${library}, ${process.arch}${avx2}`;
};

const percent = (change) => `${change > 0 ? '+' : ''}${(change * 100).toFixed(2)} %`;
const row = (...cells) =>
  console.log(`${cells[0].padEnd(50)}${cells[1].padStart(14)}${cells[2].padStart(14)}  ${cells[3]}`);

const { values } = parseArgs({ options: { check: { type: 'boolean' }, write: { type: 'boolean' } } });
if (spawnSync('valgrind', ['--version']).error) {
  console.log('skipped: instruction counts: valgrind is not on PATH');
  if (values.check) console.log(`0 passed, 0 failed, ${Object.keys(workloads).length} skipped`);
  process.exit(values.write ? 1 : 0);
}

const record = JSON.parse(readFileSync(recordFile, 'utf8'));
const here = toolchain();
const recorded = record[here] ?? {};
if (!record[here]) {
  console.log(
    `skipped: instruction counts: none are recorded for ${here}, only for: ${Object.keys(record).join('; ')}`,
  );
}
row('workload', 'recorded', 'now', 'change');
const counts = {};
const tally = { passed: 0, failed: 0, skipped: 0 };
for (const [name, work] of Object.entries(workloads)) {
  counts[name] = count(name, work);
  const before = recorded[name];
  const change = counts[name] / before - 1;
  const verdict = before === undefined ? 'skipped' : change > tolerance ? 'failed' : 'passed';
  ++tally[verdict];
  const words = { skipped: '', failed: '  more than 1 %', passed: change < -tolerance ? '  worth recording' : '' }[
    verdict
  ];
  row(name, String(before ?? ''), String(counts[name]), (before === undefined ? '' : percent(change)) + words);
}
if (values.write) {
  writeFileSync(recordFile, `${JSON.stringify({ ...record, [here]: counts }, null, 2)}\n`);
  console.log(`recorded for ${here}`);
} else {
  if (tally.failed) {
    console.log(`Where they go: callgrind_annotate ${folder}/NAME.callgrind`);
    console.log('If it cannot be helped, record it and say why in the commit: ./dev bench --instructions --write');
  }
  if (values.check) console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  process.exitCode = tally.failed ? 1 : 0;
}
