// One Wasm instance: bytes in, the core's text out. Memory never leaves this file.

import createGlue, { type Glue } from 'bearproof-glue';

import type { Input, SessionInput } from './options.js';
import type { Schema } from './schema.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Above this, a string is measured before room is made for it: UTF-8 takes up to three bytes per code unit. */
const longString = 1 << 20;

/** Memory that one large document made the instance take is given back above this many bytes. */
const keptMemory = 256 << 20;

const instantiate = (module: WebAssembly.Module): Glue => {
  let failure: Error | undefined;
  const glue = {
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) {
      try {
        const instance = new WebAssembly.Instance(module, imports);
        receive(instance);
        return instance.exports;
      } catch (error) {
        failure = error as Error;
        throw error;
      }
    },
  };
  createGlue(glue).catch(() => undefined); // told through `failure`
  if (failure) throw failure;
  return glue as unknown as Glue;
};

export class Engine {
  readonly #module: WebAssembly.Module;
  #glue: Glue;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#glue = instantiate(module);
  }

  /** Another instance of the same module. */
  another(): Engine {
    return new Engine(this.#module);
  }

  /** Forgets the instance, whatever state it was left in, and starts afresh. */
  restart(): void {
    this.#glue = instantiate(this.#module);
  }

  /** Stands for the instance: another object after it was replaced. */
  get instance(): object {
    return this.#glue;
  }

  /**
   * Compiles a schema. @returns its number, 0 where it cannot be used, and the report of all texts with findings
   * @throws TypeError an option that the core refuses
   */
  compileSchema(
    options: string,
    uri: string,
    assertFormat: boolean,
    texts: [string, string | Uint8Array][],
  ): { handle: number; report: string } {
    this.#start(() => this.#glue.schemaBegin(this.#write(options)[0]!));
    for (const [name, text] of texts) {
      const [nameSize, textSize] = this.#write(name, text);
      this.#glue.schemaAdd(nameSize!, textSize!);
    }
    const handle = this.#glue.schemaCompile(this.#write(uri)[0]!, assertFormat);
    return { handle, report: this.#read() };
  }

  disposeSchema(handle: number): void {
    this.#glue.schemaDispose(handle);
  }

  /** Starts over with the documents of a report. @throws TypeError an option that the core refuses */
  begin(options: string, schema?: Schema): void {
    this.#start(() => {
      const handle = schema?.in(this) ?? 0;
      return this.#glue.begin(this.#write(options)[0]!, handle);
    });
  }

  add({ source, content, lines = false }: Input): void {
    const [sourceSize, textSize] = this.#write(source, content);
    this.#glue.add(sourceSize!, textSize!, lines);
  }

  /** Adds a document that made the core fail. */
  fail(source: string): void {
    this.#glue.fail(this.#write(source)[0]!);
  }

  /** Tells a document's story, or that of each line. */
  tell({ source, content, lines = false }: Input): void {
    const [sourceSize, textSize] = this.#write(source, content);
    this.#glue.tell(sourceSize!, textSize!, lines);
  }

  /** The stories since `begin`. */
  told(): string {
    this.#glue.told();
    return this.#read();
  }

  /** Starts over with a stream of lines. @throws TypeError an option that the core refuses */
  open(options: string, source: string, schema?: Schema): void {
    this.#start(() => {
      const handle = schema?.in(this) ?? 0;
      const [optionsSize, sourceSize] = this.#write(options, source);
      return this.#glue.open(optionsSize!, sourceSize!, handle);
    });
  }

  push(chunk: Uint8Array): void {
    this.#glue.push(this.#write(chunk)[0]!);
  }

  close(): void {
    this.#glue.close();
  }

  /** The canonical report of the documents since `begin`, or of the lines since the last call. */
  finish(pretty = false): string {
    this.#glue.finish(pretty);
    return this.#read();
  }

  /** After a report, when nothing of the instance is needed any more. */
  settle(): void {
    if (this.#glue.HEAPU8.length > keptMemory) this.restart();
  }

  /** Starts a session view over. @throws TypeError an option that the core refuses */
  beginSessions(options: string): void {
    this.#start(() => this.#glue.sessionsBegin(this.#write(options)[0]!));
  }

  addSession(document: SessionInput): void {
    const { source } = document;
    if ('oversized' in document) {
      const { oversized } = document;
      this.#glue.sessionsOversized(this.#write(source)[0]!, Math.floor(oversized / 2 ** 32), oversized % 2 ** 32);
    } else {
      const [sourceSize, textSize] = this.#write(source, document.content);
      this.#glue.sessionsAdd(sourceSize!, textSize!, document.lines ?? false);
    }
  }

  /** Adds a document that made the core fail. */
  failSession(source: string): void {
    this.#glue.sessionsFail(this.#write(source)[0]!);
  }

  /** The view of the documents since `beginSessions`. */
  finishSessions(): string {
    this.#glue.sessionsFinish();
    return this.#read();
  }

  /** @returns whether there is something to revoke, and the core's answer or its reason */
  revoke(document: string | Uint8Array, now: string): { revoked: boolean; text: string } {
    const [textSize, nowSize] = this.#write(document, now);
    const revoked = this.#glue.revoke(textSize!, nowSize!);
    return { revoked, text: this.#read() };
  }

  list(what: 'about' | 'rules' | 'kinds' | 'graph' | 'coalesce'): string {
    this.#glue[what]();
    return this.#read();
  }

  /** What starts a report needs nothing of what was before: an instance that cannot do even that is replaced. */
  #start(work: () => boolean): void {
    let accepted: boolean;
    try {
      accepted = work();
    } catch {
      this.restart();
      accepted = work();
    }
    if (!accepted) throw new TypeError(this.#read());
  }

  /** Writes the parts one after another into the core's buffer. @returns their sizes */
  #write(...parts: (string | Uint8Array)[]): number[] {
    let room = 0;
    for (const [i, part] of parts.entries()) {
      if (typeof part !== 'string') {
        room += part.length;
      } else if (part.length <= longString) {
        room += part.length * 3;
      } else {
        room += (parts[i] = encoder.encode(part)).length;
      }
    }
    // The core counts in 32 bits; 0 says that there is no memory for so much.
    let at = room < 2 ** 32 ? this.#glue.reserve(room) : 0;
    if (at === 0) throw new RangeError('the input does not fit into memory');
    // Making room may have moved the memory: the view is asked for anew.
    const heap = this.#glue.HEAPU8;
    return parts.map((part) => {
      let size = part.length;
      if (typeof part === 'string') {
        size = encoder.encodeInto(part, heap.subarray(at)).written;
      } else {
        heap.set(part, at);
      }
      at += size;
      return size;
    });
  }

  #read(): string {
    const at = this.#glue.output();
    return decoder.decode(this.#glue.HEAPU8.subarray(at, at + this.#glue.outputSize()));
  }
}
