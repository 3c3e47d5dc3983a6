// Everyone who takes part, behind one face: bytes of NDJSON in, number of valid documents out.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';

export const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const decoder = new TextDecoder();

/** What a web application would do: decode, parse each line, ask the validator. */
const eachLine = (judge) => (bytes) => {
  let good = 0;
  for (const line of decoder.decode(bytes).split('\n')) {
    if (line !== '' && judge(JSON.parse(line))) ++good;
  }
  return good;
};

/** Compiled by Ajv, first error, formats asserted. @returns {(data: unknown) => boolean} */
export const ajvJudge = (schema) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false });
  require('ajv-formats')(ajv);
  return ajv.compile(schema);
};

let registered = 0;

/**
 * The JavaScript validators over one schema.
 * @param {string | undefined} peers the folder that tools/peers.sh prints; without it only Ajv takes part
 * @returns {Promise<Record<string, (bytes: Uint8Array) => number>>}
 */
export const javascriptContenders = async (schema, peers) => {
  const contenders = { 'JSON.parse + Ajv 2020': eachLine(ajvJudge(schema)) };
  if (!peers) return contenders;
  const module = (name) => require(join(peers, 'node_modules', name));
  const { validator } = module('@exodus/schemasafe');
  contenders['JSON.parse + schemasafe'] = eachLine(
    validator(schema, { mode: 'spec', isJSON: true, formatAssertion: true }),
  );
  const { Validator } = await import(join(peers, 'node_modules/@cfworker/json-schema/dist/esm/index.js'));
  const cfworker = new Validator(schema, '2020-12', true);
  contenders['JSON.parse + cfworker'] = eachLine((data) => cfworker.validate(data).valid);
  const hyperjump = await import(join(peers, 'node_modules/@hyperjump/json-schema/draft-2020-12/index.js'));
  // It keeps every schema that it was ever given, each under an address of its own.
  const uri = `https://bearproof.example/bench/${++registered}`;
  const rest = { ...schema };
  delete rest.$id;
  try {
    hyperjump.registerSchema(rest, uri);
    const judge = await hyperjump.validate(uri);
    contenders['JSON.parse + hyperjump'] = eachLine((data) => judge(data).valid);
  } catch (error) {
    console.error(`hyperjump takes no part: ${error.message}`);
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
