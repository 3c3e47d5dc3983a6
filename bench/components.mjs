// Bytes of Wasm by room. The release module is linked once more with the names of its functions kept (bearproof_named);
// each function's body counts for the room that its name lies in. Inlining moves code from a room to its callers, so this
// tells where code is, not where it was written.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const decoder = new TextDecoder();

class Bytes {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get left() {
    return this.bytes.length - this.at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** LEB128, unsigned. */
  number() {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.byte();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  text() {
    return decoder.decode(this.take(this.number()));
  }
}

const sectionNames = ['custom', 'types', 'imports', 'functions', 'tables', 'memory', 'globals', 'exports', 'start'];
const laterNames = ['elements', 'code', 'data', 'data count'];

/** @returns {{ sections: Record<string, number>, functions: { name: string, bytes: number }[], data: Uint8Array }} */
const read = (file) => {
  const module = new Bytes(readFileSync(file));
  module.take(8);
  const sections = {};
  const sizes = [];
  const names = new Map();
  let imported = 0;
  while (module.left > 0) {
    const id = module.byte();
    const body = new Bytes(module.take(module.number()));
    const name = id === 0 ? `custom ${body.text()}` : [...sectionNames, ...laterNames][id];
    sections[name] = body.bytes.length;
    if (name === 'imports') {
      for (let count = body.number(); count > 0; --count) {
        body.text();
        body.text();
        const kind = body.byte();
        if (kind === 0) {
          body.number();
          ++imported;
        } else if (kind === 3) body.take(2);
        else {
          if (kind === 1) body.byte();
          const flags = body.byte();
          body.number();
          if (flags & 1) body.number();
        }
      }
    } else if (name === 'code') {
      for (let count = body.number(); count > 0; --count) {
        const before = body.at;
        body.take(body.number());
        sizes.push(body.at - before);
      }
    } else if (name === 'custom name') {
      while (body.left > 0) {
        const kind = body.byte();
        const part = new Bytes(body.take(body.number()));
        if (kind !== 1) continue;
        for (let count = part.number(); count > 0; --count) names.set(part.number(), part.text());
      }
    }
  }
  return { sections, functions: sizes.map((bytes, i) => ({ name: names.get(i + imported) ?? '', bytes })) };
};

const rooms = ['json', 'regex', 'schema', 'contract', 'rules', 'report', 'collection', 'narrative', 'wasm'];

/** The room of a function by the first name of ours in its own: arguments come later; a template is of whom it serves. */
const roomOf = (name) => {
  const ours = /bearproof::([a-z]+)?/.exec(name);
  if (ours) return rooms.includes(ours[1]) ? ours[1] : 'finding, catalogue, validator';
  if (name.includes('simdjson')) return 'json (simdjson)';
  if (name.includes('emscripten::') || name.includes('embind')) return 'embind';
  return 'C and C++ libraries';
};

/**
 * @param {string} named the module with names  @param {string} shipped the module without
 * @returns {{ raw: number, brotli: number, rooms: { room: string, bytes: number, share: number }[] }}
 */
export const measureRooms = (named, shipped) => {
  const { sections, functions } = read(named);
  const bytes = new Map();
  for (const one of functions) bytes.set(roomOf(one.name), (bytes.get(roomOf(one.name)) ?? 0) + one.bytes);
  bytes.set('data: texts, tables, schemas', sections.data ?? 0);
  const module = readFileSync(shipped);
  const known = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  bytes.set('types, imports, tables of functions', Math.max(0, module.length - known));
  const compressed = brotliCompressSync(module, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: module.length },
  }).length;
  return {
    raw: module.length,
    brotli: compressed,
    rooms: [...bytes]
      .map(([room, size]) => ({ room, bytes: size, share: size / module.length }))
      .sort((a, b) => b.bytes - a.bytes),
  };
};
