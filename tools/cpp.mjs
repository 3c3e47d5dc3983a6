// What the generators of C++ sources share.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a generated file. One that would not change keeps its time, so that nothing is compiled anew for it. */
export function writeGenerated(file, content) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** A byte as it stands in a C++ string literal; what is not plain ASCII as an octal escape, which ends by itself. */
function escapedByte(byte) {
  if (byte === 0x0a) return '\\n';
  const character = String.fromCharCode(byte);
  // A question mark could begin a trigraph.
  if (character === '"' || character === '\\' || character === '?') return `\\${character}`;
  return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character;
}

/** @returns {string} the characters of a text as they stand in a C++ string literal, between its quotation marks */
export const escaped = (text) => Array.from(Buffer.from(text), escapedByte).join('');

/** @returns {string} a C++ string literal */
export const literal = (text) => `"${escaped(text)}"`;

/** @returns {string} texts one behind the other, each with a NUL behind it, as JoinedTexts reads them */
export const joined = (texts, between = ' ') => texts.map((text) => `${literal(text)} "\\0"`).join(between);

/**
 * A long text as several literals, which compilers join: they limit the length of one.
 * @returns {string[]} at least one, each closed as soon as it has `length` characters
 */
export function literals(text, length = 100) {
  const out = [];
  let open = '';
  for (const byte of Buffer.from(text)) {
    open += escapedByte(byte);
    if (open.length < length) continue;
    out.push(`"${open}"`);
    open = '';
  }
  if (open !== '' || out.length === 0) out.push(`"${open}"`);
  return out;
}
