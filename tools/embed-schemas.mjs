// Turns the schemas of this repository into a C++ source.
//
//   node tools/embed-schemas.mjs --out FILE [--whole] SCHEMAS_DIR
//
// Each schema is embedded stripped, without the annotations that only people read, and packed. With
// --whole the text as it was written is embedded too. Files are taken in the order of their paths, so the same schemas
// give the same source.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { joined, literals, writeGenerated } from './cpp.mjs';

const forPeople = new Set([
  'title',
  'description',
  'examples',
  '$comment',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
]);
const holdsSchema = new Set([
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'if',
  'then',
  'else',
  'not',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentSchema',
]);
const holdsSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const holdsNamedSchemas = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

/** A schema without annotations. Only positions where the draft has a schema are entered: a property called `title`
 *  or a constant that looks like a schema stays what it is. */
function strip(schema) {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const out = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (forPeople.has(keyword)) continue;
    if (holdsSchema.has(keyword)) out[keyword] = strip(value);
    else if (holdsSchemas.has(keyword)) out[keyword] = value.map(strip);
    else if (holdsNamedSchemas.has(keyword)) {
      out[keyword] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]));
    } else out[keyword] = value;
  }
  return out;
}

/** RFC 8785 for what schemas hold: members sorted by UTF-16 code units, no white space, numbers by JSON.stringify. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

// The codes of a packed schema; core/contract/unpack.cpp reads them.
const code = { true: 1, false: 2, null: 3, number: 4, array: 5, end: 6, object: 7, names: 8 };
const wordCodes = Array.from({ length: 256 }, (_, byte) => byte).filter(
  (byte) => byte > 8 && (byte < 0x20 || byte > 0x7e),
);
const wordCount = { trees: 10, strings: 30 }; // with more the table grows faster than the texts shrink

/** The names that `required` may take by their places: those of `properties` beside it. */
function placesFor({ properties, required }) {
  if (!Array.isArray(required) || typeof properties !== 'object' || properties === null) return undefined;
  const names = Object.keys(properties).sort();
  return names.length < 255 && required.every((name) => names.includes(name)) ? names : undefined;
}

/** Visits a value and, while `visit` says so, what it is made of; keys of objects are values too. */
function walk(value, visit) {
  if (!visit(value) || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) return value.forEach((item) => walk(item, visit));
  const places = placesFor(value);
  for (const [key, inner] of Object.entries(value)) {
    walk(key, visit);
    if (key !== 'required' || !places) walk(inner, visit);
  }
}

/**
 * Packs schemas: a value is a code, or the characters of a string as JSON escapes them and a zero. Values that occur most
 * are words, told once and then named by a byte. This is far shorter than JSON, also where both are compressed.
 * @returns {{ words: Buffer[], packed: Buffer[] }}
 */
function pack(schemas) {
  const words = new Map();
  const addWords = (wanted, most) => {
    const counts = new Map();
    for (const schema of schemas) {
      walk(schema, (value) => {
        const text = canonical(value);
        if (words.has(text)) return false;
        if (wanted(value)) counts.set(text, (counts.get(text) ?? 0) + 1);
        return true;
      });
    }
    const weight = ([text, times]) => times * text.length;
    const best = [...counts].sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1)).slice(0, most);
    for (const [text] of best) words.set(text, wordCodes[words.size]);
  };
  addWords((value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0, wordCount.trees);
  addWords((value) => typeof value === 'string', wordCount.strings);

  let bytes = [];
  const characters = (text) => {
    if (/[^ -~]/.test(text)) throw new Error(`a packed schema holds ASCII only: ${text}`);
    bytes.push(...Buffer.from(text), 0);
  };
  const put = (value, isWord = false) => {
    const word = isWord ? undefined : words.get(canonical(value));
    if (word !== undefined) bytes.push(word);
    else if (typeof value === 'string') characters(JSON.stringify(value).slice(1, -1));
    else if (typeof value === 'number') {
      bytes.push(code.number);
      characters(canonical(value));
    } else if (typeof value !== 'object' || value === null) bytes.push(code[String(value)]);
    else if (Array.isArray(value)) {
      bytes.push(code.array);
      for (const item of value) put(item);
      bytes.push(code.end);
    } else {
      bytes.push(code.object);
      const places = placesFor(value);
      for (const key of Object.keys(value).sort()) {
        put(key);
        if (key !== 'required' || !places) put(value[key]);
        else bytes.push(code.names, ...value.required.map((name) => places.indexOf(name) + 1), 0);
      }
      bytes.push(code.end);
    }
  };
  const packed = (value, isWord) => {
    bytes = [];
    put(value, isWord);
    return Buffer.from(bytes);
  };
  return {
    words: [...words.keys()].map((word) => packed(JSON.parse(word), true)),
    packed: schemas.map((schema) => packed(schema, false)),
  };
}

/** A C++ string literal in lines of their own. */
function literal(text) {
  return literals(text)
    .map((line) => `    ${line}`)
    .join('\n');
}

/** What lies in `published` describes what Bearproof writes and reads itself: no kind of document. */
function filesBelow(folder) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'published') found.push(...filesBelow(path));
    } else if (entry.name.endsWith('.schema.json')) found.push(path);
  }
  return found;
}

const args = process.argv.slice(2);
const whole = args.includes('--whole');
const out = args[args.indexOf('--out') + 1];
const folder = args.at(-1);
if (!args.includes('--out') || out === undefined || folder === undefined || folder === out) {
  console.error('usage: node tools/embed-schemas.mjs --out FILE [--whole] SCHEMAS_DIR');
  process.exit(2);
}

const entries = filesBelow(folder)
  .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ path, name }) => {
    const text = readFileSync(path, 'utf8');
    let schema;
    try {
      schema = JSON.parse(text);
    } catch (error) {
      console.error(`${path}: ${error.message}`);
      process.exit(1);
    }
    if (typeof schema.$id !== 'string') {
      console.error(`${path}: a built-in schema needs an $id`);
      process.exit(1);
    }
    return { name, uri: schema.$id, schema: strip(schema), whole: whole ? text : '' };
  });
const names = entries.flatMap(({ name, uri }) => [name, uri]);
const { words, packed } = pack(entries.map(({ schema }) => schema));
// Worked out here, so that no program has to read all schemas before its first document.
const digest = createHash('sha256');
for (const { schema } of [...entries].sort((a, b) => (a.uri < b.uri ? -1 : 1))) digest.update(`${canonical(schema)}\n`);

writeGenerated(
  out,
  `// Generated by tools/embed-schemas.mjs from schemas/. Do not edit.
#include "embedded.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverlength-strings"
#endif

namespace bearproof::contract {
namespace {
constexpr char names[] =
${joined(names, '\n')};

constexpr char packed[] =
${packed.map(literal).join('\n\n')};

constexpr std::uint16_t sizes[] = {${packed.map(({ length }) => length).join(', ')}};
${
  whole
    ? `
constexpr std::string_view wholes[] = {
${entries.map((entry) => `${literal(entry.whole)},`).join('\n')}
};
`
    : ''
}}  // namespace

std::span<const EmbeddedSchema> embedded_schemas() {
  static const auto table = arrange(JoinedTexts(names), packed, sizes, ${whole ? 'wholes' : 'nullptr'});
  return table;
}

PackedWords embedded_words() {
  static constexpr char words[] =
${words.map(literal).join('\n')};
  static constexpr std::uint16_t word_sizes[] = {${words.map(({ length }) => length).join(', ')}};
  return {words, word_sizes};
}

std::string_view embedded_schemas_digest() { return "${digest.digest('hex')}"; }

}  // namespace bearproof::contract
`,
);
