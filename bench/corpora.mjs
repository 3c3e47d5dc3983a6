// Documents per second over corpora of NDJSON, everyone in turn: JavaScript validators, the package, the core in Wasm and
// natively.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ajvJudge, javascriptContenders, parsingAlone, root } from './contenders.mjs';
import { firstLines, inTurn } from './measure.mjs';
import { receiptLines, validAmong } from './receipts.mjs';
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

/** Documents a second of everyone, by name. */
const rates = (seconds, count) => Object.fromEntries(Object.entries(seconds).map(([who, took]) => [who, count / took]));

/** Something that takes bytes and gives a number of valid documents, timed, and held to the number that is right. */
const timed =
  ({ bytes, count, validOf = (documents) => documents }, who, run) =>
  (share) => {
    const part = firstLines(bytes, count, share);
    const start = performance.now();
    const valid = run(part.bytes);
    const seconds = (performance.now() - start) / 1000;
    const right = validOf(part.count);
    if (valid !== right) throw new Error(`${who}: ${valid} of ${part.count} documents are valid, not ${right}`);
    return seconds;
  };

const timedAll = (corpus, contenders) =>
  Object.fromEntries(Object.entries(contenders).map(([who, run]) => [who, timed(corpus, who, run)]));

/** The native core over the corpus that was set. */
const timedNative =
  (native, { count, validOf = (documents) => documents }, mode) =>
  async (share) => {
    const { seconds, documents, valid } = await native.run(mode);
    const right = mode === 'read' ? count : validOf(count);
    if (valid !== right || documents !== count)
      throw new Error(`native ${mode}: ${valid} of ${documents} documents are valid, not ${right} of ${count}`);
    return seconds * share;
  };

/**
 * One corpus, one schema.
 * @param {object} corpus  name, schema, bytes, count; rules: whether they are receipts that the package recognises;
 *   validOf: how many of the first so many documents are valid, where not all are
 * @returns {Promise<object>} documents a second of everyone
 */
export const measureCorpus = async ({ wasm, native, bearproof, peers, rounds }, corpus) => {
  const { name, schema, bytes, count, rules = false, validOf } = corpus;
  wasm.setSchema(schema);
  await native.setSchema(keep(`${name}.schema.json`, JSON.stringify(schema)));
  await native.setText(keep(`${name}.ndjson`, bytes));
  const compiled = bearproof.schema(JSON.stringify(schema), { assertFormat: true });
  const checked = (options) => (part) => bearproof.checkLines(part, options).summary.valid;
  const contenders = {
    ...timedAll(
      { bytes, count },
      { ...(await parsingAlone()), 'Wasm, reading alone': (part) => wasm.run('read', part) },
    ),
    ...timedAll(corpus, await javascriptContenders(schema, peers)),
    ...timedAll(corpus, {
      'Wasm, schema alone': (part) => wasm.run('schema', part),
      'Wasm package, schema alone': checked({ schema: compiled }),
      ...(rules && {
        'Wasm package, every rule, level warning': checked({}),
        'Wasm package, every rule, level info': checked({ level: 'info' }),
      }),
    }),
  };
  const modes = {
    'native, reading alone': 'read',
    'native, schema alone': 'schema',
    ...(rules && {
      'native, every rule, level warning': 'rules-warning',
      'native, every rule, level info': 'rules-info',
    }),
    // These look at the first documents again and again, so the number that is right is another one where some are invalid.
    ...(!validOf && {
      'native, schema, document already read': 'evaluate',
      ...((await native.run('valijson')) && { 'valijson, document already read': 'valijson' }),
    }),
  };
  for (const [who, mode] of Object.entries(modes)) contenders[who] = timedNative(native, corpus, mode);
  const seconds = await inTurn(contenders, rounds, count > 20);
  compiled.dispose();
  return { name, documents: count, bytes: bytes.length, perSecond: rates(seconds, count) };
};

/** Receipts of two dialects by every rule; Ajv is asked with the schema of each one's dialect. */
const measureTwoDialects = async ({ bearproof, count, rounds }) => {
  const bytes = receiptLines(count);
  const [v1, v2] = ['bearbrowser-v1', 'sourceos-v2'].map((dialect) => ajvJudge(receiptSchema(dialect)));
  const judge = (receipt) => (receipt.type === 'BrowserAutomationReceipt' ? v2 : v1)(receipt);
  const contenders = timedAll(
    { bytes, count },
    {
      ...(await parsingAlone()),
      ...(await javascriptContenders(undefined, undefined, judge)),
      'Wasm package, every rule, level warning': (part) => bearproof.checkLines(part).summary.valid,
      'Wasm package, every rule, level info': (part) => bearproof.checkLines(part, { level: 'info' }).summary.valid,
    },
  );
  const seconds = await inTurn(contenders, rounds);
  return { name: 'receipts of two dialects', documents: count, bytes: bytes.length, perSecond: rates(seconds, count) };
};

/** Receipts of one dialect by its schema and by every rule, all valid and 3 % invalid; and of two dialects by every rule. */
export const measureReceipts = async (given) => {
  const { count } = given;
  const dialect = 'sourceos-v2';
  const schema = receiptSchema(dialect);
  return [
    await measureCorpus(given, {
      name: 'receipts',
      schema,
      bytes: receiptLines(count, { dialect }),
      count,
      rules: true,
    }),
    await measureCorpus(given, {
      name: 'receipts with faults',
      schema,
      bytes: receiptLines(count, { dialect, faulty: true }),
      count,
      rules: true,
      validOf: validAmong,
    }),
    await measureTwoDialects(given),
  ];
};

/** Receipts that each have one fault, found, explained and reported: microseconds for each in a batch. */
export const measureExplained = async ({ bearproof, rounds }) => {
  const count = 900; // fewer than the most that a report lists
  const bytes = receiptLines(count, { dialect: 'sourceos-v2', faulty: true, every: 1 });
  const run = () => {
    const report = bearproof.checkLines(bytes);
    if (report.documents.length !== count) throw new Error(`${report.documents.length} of ${count} are reported`);
    return report.summary.valid;
  };
  const { package: seconds } = await inTurn(
    timedAll({ bytes, count, validOf: () => 0 }, { package: run }),
    rounds,
    false,
  );
  return { documents: count, microseconds: (seconds / count) * 1e6 };
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
