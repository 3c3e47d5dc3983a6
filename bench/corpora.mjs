// Documents per second over corpora of NDJSON, everyone in turn: JavaScript validators, the package, the core in Wasm and
// natively.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ajvJudge, javascriptContenders, root } from './contenders.mjs';
import { firstLines, inTurn } from './measure.mjs';
import { receiptLines } from './receipts.mjs';
import { session, sessionLines, sessionSchema } from './sessions.mjs';

export const folder = join(root, 'build/bench');

const receiptSchema = (dialect) =>
  JSON.parse(readFileSync(join(root, `schemas/browser/BrowserAutomationReceipt.${dialect}.schema.json`), 'utf8'));

/** Writes a file below build/bench. @returns {string} its path */
export const keep = (name, content) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  if (!existsSync(file) || !readFileSync(file).equals(Buffer.from(content))) writeFileSync(file, content);
  return file;
};

/**
 * One corpus, one schema.
 * @param {object} corpus  name, schema, bytes, count; rules: whether they are receipts that the package recognises
 * @returns {Promise<object>} documents a second of everyone
 */
export const measureCorpus = async ({ wasm, native, bearproof, peers, rounds }, corpus) => {
  const { name, schema, bytes, count, rules = false } = corpus;
  wasm.setSchema(schema);
  await native.setSchema(keep(`${name}.schema.json`, JSON.stringify(schema)));
  await native.setText(keep(`${name}.ndjson`, bytes));
  const timed = (who, run) => (share) => {
    const part = firstLines(bytes, count, share);
    const start = performance.now();
    const valid = run(part.bytes);
    const seconds = (performance.now() - start) / 1000;
    if (valid !== part.count) throw new Error(`${who}: ${valid} of ${part.count} documents of ${name} are valid`);
    return seconds;
  };
  const timedNative = (mode) => async (share) => {
    const { seconds, documents, valid } = await native.run(mode);
    if (valid !== documents || documents !== count)
      throw new Error(`native ${mode}: ${valid} of ${documents} of ${count}`);
    return seconds * share;
  };
  const contenders = {};
  for (const [who, run] of Object.entries(await javascriptContenders(schema, peers))) contenders[who] = timed(who, run);
  contenders['Wasm, reading alone'] = timed('Wasm read', (part) => wasm.run('read', part) || part.count || count);
  contenders['Wasm, schema alone'] = timed('Wasm schema', (part) => wasm.run('schema', part));
  const compiled = bearproof.schema?.(JSON.stringify(schema), { assertFormat: true });
  if (compiled) {
    contenders['Wasm package, schema alone'] = timed(
      'package schema',
      (part) => bearproof.checkLines(part, { schema: compiled }).summary.valid,
    );
  }
  if (rules) {
    contenders['Wasm package, every rule, level warning'] = timed(
      'package',
      (part) => bearproof.checkLines(part).summary.valid,
    );
    contenders['Wasm package, every rule, level info'] = timed(
      'package',
      (part) => bearproof.checkLines(part, { level: 'info' }).summary.valid,
    );
  }
  contenders['native, reading alone'] = timedNative('read');
  contenders['native, schema alone'] = timedNative('schema');
  if (rules) {
    contenders['native, every rule, level warning'] = timedNative('rules-warning');
    contenders['native, every rule, level info'] = timedNative('rules-info');
  }
  contenders['native, schema, document already read'] = timedNative('evaluate');
  if (await native.run('valijson')) contenders['valijson, document already read'] = timedNative('valijson');
  const seconds = await inTurn(contenders, rounds, count > 20);
  compiled?.dispose();
  return {
    name,
    documents: count,
    bytes: bytes.length,
    perSecond: Object.fromEntries(Object.entries(seconds).map(([who, took]) => [who, count / took])),
  };
};

/** Receipts of one dialect by its schema, and of two dialects by every rule. */
export const measureReceipts = async (given) => {
  const one = receiptLines(given.count, { dialect: 'sourceos-v2' });
  const results = [
    await measureCorpus(given, {
      name: 'receipts',
      schema: receiptSchema('sourceos-v2'),
      bytes: one,
      count: given.count,
      rules: true,
    }),
  ];
  const bytes = receiptLines(given.count);
  const [v1, v2] = ['bearbrowser-v1', 'sourceos-v2'].map((dialect) => ajvJudge(receiptSchema(dialect)));
  const decoder = new TextDecoder();
  const withAjv = () => {
    let good = 0;
    for (const line of decoder.decode(bytes).split('\n')) {
      if (line === '') continue;
      const receipt = JSON.parse(line);
      if ((receipt.type === 'BrowserAutomationReceipt' ? v2 : v1)(receipt)) ++good;
    }
    return good;
  };
  const timed = (run) => () => {
    const start = performance.now();
    const valid = run();
    if (valid !== given.count) throw new Error(`${valid} of ${given.count} receipts are valid`);
    return (performance.now() - start) / 1000;
  };
  const seconds = await inTurn(
    {
      'JSON.parse + Ajv 2020': timed(withAjv),
      'Wasm package, every rule, level warning': timed(() => given.bearproof.checkLines(bytes).summary.valid),
      'Wasm package, every rule, level info': timed(
        () => given.bearproof.checkLines(bytes, { level: 'info' }).summary.valid,
      ),
    },
    given.rounds,
    false,
  );
  results.push({
    name: 'receipts of two dialects',
    documents: given.count,
    bytes: bytes.length,
    perSecond: Object.fromEntries(Object.entries(seconds).map(([who, took]) => [who, given.count / took])),
  });
  return results;
};

/** Session logs of a kilobyte, 15 and 150. */
export const measureSizes = async (given) => {
  const results = [];
  for (const [name, actions] of [
    ['1 KB', 9],
    ['15 KB', 150],
    ['150 KB', 1500],
  ]) {
    const { bytes, count } = sessionLines(actions, 8 << 20);
    results.push(
      await measureCorpus(
        { ...given, rounds: Math.min(given.rounds, 9) },
        { name: `sessions of ${name}`, schema: sessionSchema, bytes, count },
      ),
    );
  }
  return results;
};

/** One document, growing: nanoseconds for each of its bytes, which should stay what they are. */
export const measureGrowth = async ({ wasm, native, rounds }) => {
  const results = [];
  wasm.setSchema(sessionSchema);
  await native.setSchema(keep('growth.schema.json', JSON.stringify(sessionSchema)));
  for (const actions of [9, 90, 900, 9_000, 90_000]) {
    const bytes = new TextEncoder().encode(`${JSON.stringify(session(actions))}\n`);
    const repeats = Math.max(1, Math.round(4e6 / bytes.length));
    const many = repeats === 1 ? bytes : new TextEncoder().encode(new TextDecoder().decode(bytes).repeat(repeats));
    await native.setText(keep('growth.ndjson', many));
    const seconds = await inTurn(
      {
        wasm: () => {
          const start = performance.now();
          if (wasm.run('schema', many) !== repeats) throw new Error('a growing session is not valid');
          return (performance.now() - start) / 1000;
        },
        native: async () => (await native.run('schema')).seconds,
      },
      Math.min(rounds, 7),
      false,
    );
    results.push({
      bytes: bytes.length,
      wasmNanosecondsPerByte: (seconds.wasm / many.length) * 1e9,
      nativeNanosecondsPerByte: (seconds.native / many.length) * 1e9,
    });
  }
  return results;
};

/** uniqueItems over 5 000 distinct objects: bytes to verdict, in milliseconds. */
export const measureUnique = async (given) => {
  const objects = Array.from({ length: 5000 }, (_, i) => ({
    id: i,
    name: `capability ${i}`,
    tags: ['a', `b${i % 7}`],
  }));
  const schema = { $id: 'https://bearproof.example/bench/unique', type: 'array', uniqueItems: true };
  const bytes = new TextEncoder().encode(`${JSON.stringify(objects)}\n`);
  const result = await measureCorpus(
    { ...given, rounds: Math.min(given.rounds, 7) },
    { name: 'unique', schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, bytes, count: 1 },
  );
  return {
    bytes: bytes.length,
    milliseconds: Object.fromEntries(Object.entries(result.perSecond).map(([who, rate]) => [who, 1000 / rate])),
  };
};
