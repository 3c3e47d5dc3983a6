// Starts the real host and speaks native messaging with it. Every message that it sends is checked against the published
// schema, by another engine than its own.
import Ajv2020 from 'ajv/dist/2020.js';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { endianness, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export { wait };
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));
/** The same program with a way to end it at each step of a revocation. */
export const faultyProgram = join(root, 'build/native-release/tests/native/bearproof_host_faults');

const schema = JSON.parse(readFileSync(join(root, 'schemas/published/host-message.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
ajv.addSchema(schema);
export const isFromHost = ajv.getSchema(`${schema.$id}#/$defs/fromHost`);
export const isToHost = ajv.getSchema(`${schema.$id}#/$defs/toHost`);

export const longestMessage = 512 * 1024;
const bigEndian = endianness() === 'BE';

export const frame = (bytes) => {
  const length = Buffer.alloc(4);
  if (bigEndian) length.writeUInt32BE(bytes.length);
  else length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
};

export const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A home folder of its own, removed when the test is over. */
export function temporaryHome(t, name = 'bearproof-host-') {
  const home = mkdtempSync(join(tmpdir(), name));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** The environment of a host whose home is elsewhere. */
export const environmentOf = (home) => ({
  PATH: process.env.PATH,
  HOME: home,
  TMPDIR: join(home, 'tmp'),
  BEARBROWSER_PROVENANCE_PATH: join(home, 'bearbrowser-provenance'),
});

export function writeConfiguration(home, configuration) {
  const path = join(home, '.config/bearproof/host.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(configuration));
  return path;
}

export class Host {
  messages = [];
  faults = [];
  errors = '';
  longest = 0;
  /** @type {Map<string, { content?: Buffer, oversized?: number, lines?: boolean }>} what a client would know */
  documents = new Map();
  complete = false;
  #waiting = new Set();
  #buffer = Buffer.alloc(0);
  #parts = [];
  #sequence = 0;
  #next = 1;

  constructor(home, { args = [], env = {}, binary = program, cwd } = {}) {
    this.process = spawn(binary, ['host', ...args], { env: { ...environmentOf(home), ...env }, cwd, stdio: 'pipe' });
    this.process.stdin.on('error', () => undefined);
    this.process.stderr.setEncoding('utf8').on('data', (text) => (this.errors += text));
    this.process.stdout.on('data', (bytes) => this.#take(bytes));
    this.exit = new Promise((done) =>
      this.process.on('close', (code, signal) => {
        done({ code, signal });
        this.#wake();
      }),
    );
  }

  get pid() {
    return this.process.pid;
  }

  raw(bytes) {
    this.process.stdin.write(bytes);
  }
  bytes(message) {
    this.raw(frame(Buffer.from(message)));
  }
  send(message) {
    this.bytes(JSON.stringify(message));
  }

  #take(bytes) {
    this.#buffer = this.#buffer.length === 0 ? bytes : Buffer.concat([this.#buffer, bytes]);
    while (this.#buffer.length >= 4) {
      const length = bigEndian ? this.#buffer.readUInt32BE() : this.#buffer.readUInt32LE();
      if (this.#buffer.length < 4 + length) break;
      const message = this.#buffer.subarray(4, 4 + length);
      this.#buffer = this.#buffer.subarray(4 + length);
      this.longest = Math.max(this.longest, length);
      this.#receive(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(message), length);
    }
    this.#wake();
  }

  #receive(text, length) {
    if (length > longestMessage) this.faults.push(`${length} bytes`);
    const message = JSON.parse(text);
    if (!isFromHost(message)) this.faults.push(`${text.slice(0, 200)}: ${ajv.errorsText(isFromHost.errors)}`);
    this.messages.push({ ...message, at: performance.now() });
    if (message.type === 'welcome') {
      this.#sequence = 0;
      this.documents.clear();
      this.complete = false;
    }
    if (message.type !== 'documents' && message.type !== 'change') return;
    if (message.sequence !== ++this.#sequence) this.faults.push(`sequence ${message.sequence}, not ${this.#sequence}`);
    for (const entry of message.documents ?? [message]) this.#entry(entry, message.type === 'change');
    if (message.complete) this.complete = true;
  }

  #entry(entry, isChange) {
    if (entry.content === null) return void this.documents.delete(entry.source);
    if ('oversized' in entry) return void this.documents.set(entry.source, { oversized: entry.oversized });
    const bytes = entry.base64 === undefined ? Buffer.from(entry.content) : Buffer.from(entry.base64, 'base64');
    if (entry.parts > 1) {
      if (entry.part !== this.#parts.length + 1) this.faults.push(`part ${entry.part} of ${entry.source}`);
      this.#parts.push(bytes);
      if (entry.part < entry.parts) return;
    } else {
      if (this.#parts.length > 0) this.faults.push(`parts of something before ${entry.source} are missing`);
      this.#parts = [bytes];
    }
    const content = Buffer.concat(this.#parts);
    this.#parts = [];
    const known = this.documents.get(entry.source);
    if (entry.lines && isChange && !entry.reset) {
      const before = known?.content ?? Buffer.alloc(0);
      if (entry.offset !== before.length) this.faults.push(`offset ${entry.offset}, not ${before.length}`);
      const line = before.toString('latin1').split('\n').length;
      if (entry.line !== line) this.faults.push(`line ${entry.line}, not ${line}`);
      this.documents.set(entry.source, { content: Buffer.concat([before, content]), lines: true });
    } else {
      this.documents.set(entry.source, { content, ...(entry.lines ? { lines: true } : {}) });
    }
  }

  text(source) {
    return this.documents.get(source)?.content?.toString();
  }

  #wake() {
    for (const one of [...this.#waiting]) one();
  }

  /** Waits until a condition holds. */
  async until(condition, what = String(condition), milliseconds = 10_000) {
    const end = performance.now() + milliseconds;
    for (;;) {
      const value = condition();
      if (value) return value;
      const left = end - performance.now();
      if (left <= 0) throw new Error(`not within ${milliseconds} ms: ${what}\n${this.errors}`);
      let one;
      await Promise.race([new Promise((done) => this.#waiting.add((one = done))), wait(Math.min(left, 100))]);
      this.#waiting.delete(one);
    }
  }

  /** Waits for a message that is not older than `from` messages. */
  message(test, from = 0, milliseconds = 10_000) {
    return this.until(() => this.messages.slice(from).find(test), `message ${test}`, milliseconds);
  }

  /** Says hello and waits for all documents. */
  async connect() {
    this.send({ type: 'hello', version: 1, client: 'test' });
    await this.until(() => this.complete || this.process.exitCode !== null, 'documents');
    return this.messages.find(({ type }) => type === 'welcome');
  }

  async revoke(receipt, source = '', digest = '') {
    const id = this.#next++;
    const begin = performance.now();
    this.send({ type: 'revoke', id, receipt, source, digest });
    const answer = await this.message((message) => message.type === 'revoked' && message.id === id);
    const effects = Object.fromEntries(answer.effects.map(({ effect, ...rest }) => [effect, rest]));
    return { ...answer, effects, took: performance.now() - begin };
  }

  async end() {
    this.process.stdin.end();
    return this.exit;
  }

  /** Resident memory at its highest, in bytes. */
  get peak() {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    return Number(kilobytes) * 1024;
  }
}

/** A host that is ended after the test, and that has sent nothing but what it should. */
export function start(t, home, options) {
  const host = new Host(home, options);
  t.after(() => {
    host.process.kill('SIGKILL');
    if (host.faults.length > 0) throw new Error(host.faults.slice(0, 5).join('\n'));
  });
  return host;
}
