// Everyone who takes part, behind one face: bytes of NDJSON in, number of valid documents out.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';

export const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

let drivers = 0;

/** A driver that no other validator shares (driver.mjs says why). */
const driven = async (judge, how = 'eachLine') => (await import(`./driver.mjs?${++drivers}`))[how](judge);

/** Compiled by Ajv, first error, formats asserted. @returns {(data: unknown) => boolean} */
export const ajvJudge = (schema) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });
  require('ajv-formats')(ajv);
  return ajv.compile(schema);
};

let registered = 0;

/** The validators of the folder that tools/peers.sh prints, over one schema. @returns judges by name */
const peerJudges = async (schema, peers) => {
  const module = (name) => require(join(peers, 'node_modules', name));
  const { validator } = module('@exodus/schemasafe');
  const { Compile } = await import(join(peers, 'node_modules/typebox/build/schema/index.mjs'));
  const typebox = Compile(schema);
  const { Validator } = await import(join(peers, 'node_modules/@cfworker/json-schema/dist/esm/index.js'));
  const cfworker = new Validator(schema, '2020-12', true);
  const judges = {
    schemasafe: validator(schema, { mode: 'spec', isJSON: true, formatAssertion: true }),
    TypeBox: (data) => typebox.Check(data),
    cfworker: (data) => cfworker.validate(data).valid,
  };
  const hyperjump = await import(join(peers, 'node_modules/@hyperjump/json-schema/draft-2020-12/index.js'));
  await import(join(peers, 'node_modules/@hyperjump/json-schema/formats/index.js'));
  hyperjump.setShouldValidateFormat(true);
  // It keeps every schema that it was ever given, each under an address of its own.
  const uri = `https://bearproof.example/bench/${++registered}`;
  const rest = { ...schema };
  delete rest.$id;
  try {
    hyperjump.registerSchema(rest, uri);
    const judge = await hyperjump.validate(uri);
    judges.hyperjump = (data) => judge(data).valid;
  } catch (error) {
    console.error(`hyperjump takes no part: ${error.message}`);
  }
  return judges;
};

export const ajvName = 'JSON.parse + Ajv 2020';

/** What no validator that is given parsed data can be faster than; it takes every document for valid. */
export const parsingAlone = async () => ({ 'JSON.parse alone': await driven(() => true) });

/**
 * The JavaScript validators over one schema; or, over several, Ajv alone by the judge that is given.
 * @param {string | undefined} peers the folder that tools/peers.sh prints; without it only Ajv takes part
 * @returns {Promise<Record<string, (bytes: Uint8Array) => number>>}
 */
export const javascriptContenders = async (schema, peers, judge = ajvJudge(schema)) => {
  const contenders = {
    [ajvName]: await driven(judge),
    [`${ajvName}, decoded at once and split`]: await driven(judge, 'eachPiece'),
  };
  for (const [who, other] of Object.entries(peers ? await peerJudges(schema, peers) : {})) {
    contenders[`JSON.parse + ${who}`] = await driven(other);
  }
  return contenders;
};

const modes = ['read', 'schema', 'rules-warning', 'rules-info', 'evaluate'];

/** The core in Wasm, called as the package calls it: the bytes are copied in. */
export class WasmCore {
  #module;

  static async load() {
    const file = join(root, 'build/wasm-release/bench/bearproof_workload.mjs');
    const core = new WasmCore();
    const { default: create } = await import(file);
    core.#module = await create({ wasmBinary: readFileSync(file.replace(/mjs$/, 'wasm')) });
    return core;
  }

  #put(bytes, allocate) {
    const at = this.#module[allocate](bytes.length) >>> 0;
    this.#module.HEAPU8.set(bytes, at);
  }

  setSchema(schema) {
    this.#put(new TextEncoder().encode(JSON.stringify(schema)), '_bench_schema');
    if (this.#module._bench_compile() !== 0) throw new Error('Bearproof refuses the schema');
  }

  run(mode, bytes) {
    this.#put(bytes, '_bench_text');
    return this.#module._bench_run(modes.indexOf(mode));
  }
}

/** The native core in a process of its own that answers one command after another. */
export class NativeCore {
  #child;
  #answers;

  constructor(program = join(root, 'build/native-release/bench/bearproof_throughput')) {
    if (!existsSync(program)) throw new Error(`${program} is not built`);
    this.#child = spawn(program, ['--serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async #ask(command) {
    this.#child.stdin.write(`${command}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the native core ended at: ${command}`);
    return JSON.parse(value);
  }

  setText(file) {
    return this.#ask(`text ${file}`);
  }
  setSchema(file) {
    return this.#ask(`schema ${file}`);
  }
  /** @returns {Promise<{ seconds: number, documents: number, valid: number } | undefined>} nothing where it cannot */
  async run(mode) {
    const answer = await this.#ask(`run ${mode}`);
    return answer.refused ? undefined : answer;
  }
  close() {
    this.#child.stdin.end();
  }
}
