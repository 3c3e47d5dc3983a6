// What only whole programs show: start to exit, a large file from disk, the most memory held. bearproof_spawn runs them on
// one processor, so that a program with several threads gets no more than one with a single one.
import { spawnSync } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './contenders.mjs';
import { folder, keep } from './corpora.mjs';
import { median } from './measure.mjs';
import { receiptLines } from './receipts.mjs';

const program = join(root, 'build/native-release/bearproof');
const spawner = join(root, 'build/native-release/bench/bearproof_spawn');

/** @returns {{ seconds: number, processor: number, kilobytes: number, exit: number }[]} */
const runs = (times, command) => {
  const child = spawnSync(spawner, [String(times), ...command], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${command.join(' ')}: ${child.stderr}`);
  return child.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

/** Programs in turn. @returns medians by name; a program that does not exit with 0 is left out, with a word */
const programsInTurn = (commands, rounds, times = 1) => {
  const seen = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (const [name, command] of Object.entries(commands)) {
    if (runs(1, command)[0].exit === 0) continue;
    console.error(`${name} takes no part: ${command.slice(0, 3).join(' ')} … does not exit with 0`);
    delete seen[name];
  }
  for (let round = 0; round < rounds; ++round) {
    for (const name of Object.keys(seen)) seen[name].push(...runs(times, commands[name]));
  }
  return Object.fromEntries(
    Object.entries(seen).map(([name, list]) => [
      name,
      {
        seconds: median(list.map((one) => one.seconds)),
        processor: median(list.map((one) => one.processor)),
        megabytes: median(list.map((one) => one.kilobytes)) / 1024,
      },
    ]),
  );
};

/** Options for looking at each document by itself, or at all together; nothing where this build knows no such option. */
const together = (option) => {
  const help = spawnSync(program, ['check', '--help'], { encoding: 'utf8' }).stdout;
  return help.includes(`--${option}`) ? [`--${option}`] : [];
};

/** One receipt of a kilobyte, start to exit. */
export const measureStart = ({ peers, rounds }) => {
  const receipt = keep('receipt.json', receiptLines(1, { dialect: 'sourceos-v2' }));
  const schema = join(root, 'schemas/browser/BrowserAutomationReceipt.sourceos-v2.schema.json');
  return programsInTurn(
    {
      '/bin/true': ['/bin/true'],
      'bearproof check': [program, 'check', receipt],
      'bearproof check --schema': [program, 'check', '--schema', schema, receipt],
      ...(peers ? { 'Blaze validate --fast': [join(peers, 'bin/blaze'), 'validate', '--fast', schema, receipt] } : {}),
    },
    rounds,
    10,
  );
};

/** The NDJSON file of receipts, from disk, programs against each other. */
export const measureFile = ({ peers, count, rounds }) => {
  const lines = keep('receipts.jsonl', receiptLines(count, { dialect: 'sourceos-v2' }));
  const schema = join(root, 'schemas/browser/BrowserAutomationReceipt.sourceos-v2.schema.json');
  const check = [program, 'check', '--quiet', ...together('no-collection')];
  return {
    documents: count,
    programs: programsInTurn(
      {
        'bearproof, every rule, level warning': [...check, '--level', 'warning', lines],
        'bearproof --schema': [...check, '--schema', schema, '--assert-format', lines],
        ...(peers
          ? {
              'Blaze --fast, formats asserted': [join(peers, 'bin/blaze'), 'validate', '--fast', '-F', schema, lines],
              'Blaze --fast': [join(peers, 'bin/blaze'), 'validate', '--fast', schema, lines],
            }
          : {}),
      },
      rounds,
    ),
  };
};

/** The most memory that the program holds over a file of many megabytes. */
export const measureMemory = async (megabytes) => {
  const file = join(folder, 'large.ndjson');
  const portion = receiptLines(20_000);
  const stream = createWriteStream(file);
  let written = 0;
  for (; written < megabytes << 20; written += portion.length) {
    if (!stream.write(portion)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  try {
    const result = {};
    for (const name of ['no-collection', 'collection']) {
      const options = together(name);
      if (name === 'collection' && options.length === 0) continue;
      const [one] = runs(1, [program, 'check', '--quiet', '--format', 'ndjson', ...options, file]);
      if (one.exit > 1) continue;
      result[`--${name}`] = { megabytes: one.kilobytes / 1024, seconds: one.seconds };
    }
    return { bytes: written, documents: (written / portion.length) * 20_000, ...result };
  } finally {
    rmSync(file);
  }
};
