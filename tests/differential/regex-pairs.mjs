// Patterns and texts with the answers of this JavaScript engine, for tests/native/regex/differential_test.cpp.
//
//     node regex-pairs.mjs [--seed N] [--count N] > pairs.txt
//
// A line is: expectation, pattern, text, separated by tabs, the last two as UTF-8 in hexadecimal. Expectations:
//   u+  u-   the pattern is one of the `u` grammar, and matches, or does not
//   b+  b-   only Annex B accepts the pattern
//   b?       only Annex B accepts it, and code units would decide: only acceptance is compared
//   x        no grammar accepts it
// The same seed gives the same lines (on the same version of the engine).
import vm from 'node:vm';

const argument = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const count = argument('--count', 20000);
// Spread, so that the sequence of one seed is not that of another a few steps later.
let state = BigInt(argument('--seed', 1)) ** 3n * 0xd1342543de82ef95n + 0x632be59bd9b4e019n;

const mask = (1n << 64n) - 1n;
function random(below) {
  // splitmix64
  state = (state + 0x9e3779b97f4a7c15n) & mask;
  let z = state;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
  return Number(((z ^ (z >> 31n)) >> 11n) % BigInt(below));
}
const pick = (list) => list[random(list.length)];
const chance = (percent) => random(100) < percent;

const letters = [
  'a',
  'a',
  'a',
  'b',
  'b',
  'c',
  'A',
  '0',
  '1',
  '_',
  '-',
  ' ',
  'é',
  'ß',
  '🐻',
  '🐼',
  '\n',
  'Ω',
  '٣',
  '\u2028',
  '\0',
];
const plain = letters.filter((c) => c !== '\0' && c !== '\n');
const escapes = [
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\n',
  '\\t',
  '\\0',
  '\\x61',
  '\\u0062',
  '\\u{1F43B}',
  '\\u{e9}',
  '\\ud83d\\udc3b',
  '\\cJ',
  '\\.',
  '\\/',
  '\\$',
  '\\v',
  '\\f',
  '\\r',
];
// Only where this engine has the Unicode version of the tables do properties mean the same.
const properties =
  process.versions.unicode === '17.0'
    ? [
        'L',
        'Lu',
        'Ll',
        'Letter',
        'N',
        'Nd',
        'digit',
        'P',
        'S',
        'So',
        'Z',
        'Zs',
        'Cc',
        'Cn',
        'gc=Lo',
        'General_Category=Pd',
        'Script=Greek',
        'sc=Latn',
        'scx=Grek',
        'Script_Extensions=Common',
        'Alphabetic',
        'Alpha',
        'Lowercase',
        'Uppercase',
        'Emoji',
        'Extended_Pictographic',
        'White_Space',
        'ASCII',
        'Any',
        'Assigned',
        'ID_Start',
        'XIDC',
        'Hex_Digit',
        'Dash',
        'Math',
      ]
    : ['ASCII', 'Any', 'Nd', 'White_Space'];

function property() {
  return `\\${pick(['p', 'p', 'P'])}{${pick(properties)}}`;
}

function characterClass() {
  let out = chance(25) ? '[^' : '[';
  for (let n = random(4); n >= 0; --n) {
    const kind = random(10);
    if (kind < 4) out += pick(plain.filter((c) => c !== '-'));
    else if (kind < 6)
      out += pick([
        'a-c',
        'a-z',
        '0-9',
        'A-Z',
        'à-ÿ',
        '🐻-🐿',
        '\\x00-\\x7f',
        '\\u0061-\\u0063',
        ' -~',
        '\\u{80}-\\u{10ffff}',
      ]);
    else if (kind < 8) out += pick(escapes);
    else if (kind < 9) out += property();
    else out += pick(['-', '\\-', '\\]', '\\b', '\\^', '.', '*', '$', '(']);
  }
  return out + ']';
}

let names = 0;
function atom(depth) {
  const kind = random(depth > 0 ? 22 : 13);
  if (kind < 7) {
    const c = pick(plain);
    return c;
  }
  if (kind < 9) return pick(escapes);
  if (kind < 11) return characterClass();
  if (kind < 12) return chance(40) ? property() : '.';
  if (kind < 13) return pick(['.', '[^]', '[]', 'ab', '']) || '(?:)';
  const inner = disjunction(depth - 1);
  if (kind < 19) return `${pick(['(?:', '(?:', '(', `(?<n${++names}>`])}${inner})`;
  return `(?:${inner})`;
}

function quantifier(simple) {
  const kind = random(10);
  if (kind < 6) return pick(['*', '+', '?']) + (chance(20) ? '?' : '');
  const low = random(simple ? 6 : 3);
  const high = low + random(simple ? 6 : 3);
  return pick([`{${low}}`, `{${low},}`, `{${low},${high}}`]) + (chance(20) ? '?' : '');
}

function term(depth) {
  const kind = random(100);
  if (kind < 5) return pick(['^', '$', '\\b', '\\B']);
  if (kind < 13 && depth > 0) return `${pick(['(?=', '(?!', '(?<=', '(?<!'])}${disjunction(depth - 1)})`;
  const body = atom(depth);
  if (!chance(35)) return body;
  const simple = /^(?:.|\\[dDwWsS.]|\[[^\]]*\])$/u.test(body);
  if (body === 'ab') return `(?:${body})${quantifier(false)}`;
  return body + quantifier(simple);
}

function disjunction(depth) {
  let out = '';
  for (let alternatives = chance(25) ? 1 + random(2) : 0; alternatives >= 0; --alternatives) {
    for (let n = random(4); n > 0; --n) out += term(depth);
    if (alternatives > 0) out += '|';
  }
  return out;
}

function pattern() {
  names = 0;
  let out = disjunction(2);
  if (chance(30)) out = `^${out}`;
  if (chance(30)) out += '$';
  if (chance(5)) out = `^(?${pick(['=', '!'])}${disjunction(1)})${out}`;
  return out;
}

const debris = [
  ...'()[]{}*+?|^$\\.-,:=!<>0123ukxpcPbB',
  '(?',
  '(?<',
  '\\u',
  '\\x',
  '{1',
  '\\k<n1>',
  '(?:',
  '\\c',
  '\\_',
  '\\-',
  '\\a',
];
function mutated(source) {
  const list = [...source];
  for (let n = 1 + random(2); n > 0; --n) {
    const at = random(list.length + 1);
    if (chance(50)) list.splice(at, 1);
    else list.splice(at, 0, pick(debris));
  }
  return list.join('');
}

function text() {
  let out = '';
  for (let n = random(9); n > 0; --n) out += pick(letters);
  if (chance(15)) out += pick(['a', 'ab', '🐻']).repeat(random(9));
  return out;
}

const hex = (s) => Buffer.from(s, 'utf8').toString('hex');
const compiles = (source, flags) => {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
};
const wellFormed = (s) => !/\p{Surrogate}/u.test(s);
const beyondUnits = (s) => [...s].some((c) => c.length > 1) || /\\u[dD][89a-fA-F]/.test(s);
// What later editions of ECMA-262 accept and ES2024 does not.
const tooNew = (s) => /\(\?[ims-]+:/.test(s) || /\(\?<([^>]*)>.*\(\?<\1>/s.test(s);

// V8 backtracks: a pattern with several quantifiers may keep it busy for ever. Such a pair is left out (undefined).
const context = vm.createContext({});
function exec(expression, sample) {
  if (expression.source.split(/[*+?{]/).length < 6) return expression.exec(sample);
  context.expression = expression;
  context.sample = sample;
  try {
    return vm.runInContext('expression.exec(sample)', context, { timeout: 2000 });
  } catch {
    return undefined;
  }
}

// ECMA-262 (RegExpBuiltinExec) looks for matches at code points only; V8 also finds empty ones between the halves of a
// surrogate pair, as /\B/u does in "a🐻a". Such an answer is asked again, code point by code point.
function matches(source, modern, sample) {
  const found = exec(modern, sample);
  if (!found) return found === undefined ? undefined : false;
  const between = (i) => i > 0 && /[\ud800-\udbff]/.test(sample[i - 1]) && /[\udc00-\udfff]/.test(sample[i] ?? '');
  if (!between(found.index)) return true;
  const sticky = new RegExp(source, 'uy');
  for (let i = 0; i <= sample.length; ++i) {
    if (between(i)) continue;
    sticky.lastIndex = i;
    if (sticky.test(sample)) return true;
  }
  return false;
}

let written = 0;
let lines = '';
while (written < count) {
  let source = pattern();
  if (chance(12)) source = mutated(source);
  if (!wellFormed(source) || tooNew(source)) continue;
  const modern = compiles(source, 'u');
  const legacy = modern ? null : compiles(source, '');
  if (!modern && !legacy && beyondUnits(source)) continue; // surrogates may be why: [🐻-🐼] is out of order in code units
  for (let n = 1 + random(6); n > 0 && written < count; --n) {
    const sample = text();
    let expectation = 'x';
    const found = modern ? matches(source, modern, sample) : legacy ? exec(legacy, sample) : false;
    if (found === undefined) break;
    if (modern) expectation = found ? 'u+' : 'u-';
    else if (legacy && (beyondUnits(source) || beyondUnits(sample))) expectation = 'b?';
    else if (legacy) expectation = found ? 'b+' : 'b-';
    lines += `${expectation}\t${hex(source)}\t${hex(sample)}\n`;
    ++written;
    if (expectation === 'x' || expectation === 'b?') break;
  }
  if (lines.length > 1 << 16) {
    process.stdout.write(lines);
    lines = '';
  }
}
process.stdout.write(lines);
