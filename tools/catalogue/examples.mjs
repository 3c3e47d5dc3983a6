// The examples of rules: excerpts of fixtures. A rule names two of conformance/, one that raises it and one that does
// not, and what of them shows that. So an example says what tests have run.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Example
 * @property {string} [fixture] path below conformance/
 * @property {string} [none] why there can be no fixture, in place of all others
 * @property {string[]} [show] JSON Pointers of what matters; in a folder each behind the file's name, of NDJSON behind the
 *   number of the line ("receipt.json/status", "3/event_id"). Without it: everything. A place that a document does not
 *   have is named as missing.
 * @property {string} [command] the command that raises the rule, where no check does
 */

const longestText = 200; // characters of one string in an excerpt

const escaped = (text) =>
  [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/**
 * What cannot be seen is written as JSON would escape it, and so are the letters of other scripts in a word that has Latin
 * ones too: they look like those. Ends of lines stay.
 */
const visible = (text) =>
  text
    .replaceAll(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
    .replaceAll(/\p{L}+/gu, (word) =>
      /\p{Script=Latin}/u.test(word)
        ? word.replaceAll(/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu, escaped)
        : word,
    );

/** A value on one line, with spaces. */
function line(value) {
  if (Array.isArray(value)) return `[${value.map(line).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, inner]) => `${visible(JSON.stringify(key))}: ${line(inner)}`);
    return `{${members.join(', ')}}`;
  }
  const text = typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  return visible(JSON.stringify(text));
}

const steps = (pointer) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const isContainer = (value) => typeof value === 'object' && value !== null;
const has = (value, step) =>
  isContainer(value) && Object.hasOwn(value, step) && !(Array.isArray(value) && step === 'length');

/** The part of a document that some pointers name, in the document's order, and those that name nothing. */
export function project(document, pointers) {
  const missing = pointers.filter((pointer) => {
    let at = document;
    return !steps(pointer).every((step) => has(at, step) && ((at = at[step]), true));
  });
  const wanted = pointers.filter((pointer) => !missing.includes(pointer)).map(steps);
  const pick = (value, paths) => {
    if (paths.some((path) => path.length === 0)) return value;
    const picked = Object.keys(value)
      .filter((key) => paths.some(([step]) => step === key))
      .map((key) => [
        key,
        pick(
          value[key],
          paths.filter(([step]) => step === key).map(([, ...rest]) => rest),
        ),
      ]);
    return Array.isArray(value) ? picked.map(([, item]) => item) : Object.fromEntries(picked);
  };
  return { part: wanted.length > 0 ? pick(document, wanted) : undefined, missing };
}

function excerptOf(document, pointers) {
  if (pointers.length === 0) return line(document);
  const { part, missing } = project(document, pointers);
  const without = missing.map((pointer) => steps(pointer).join('.')).join(', ');
  return [part === undefined ? '{…}' : line(part), without && `without ${without}`].filter(Boolean).join(' ');
}

/** A text that is no JSON document, or is shown as it is written. Bytes that are no UTF-8 are written as <E9>. */
function written(bytes) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  if (bytes.length === 0) return '(an empty file)';
  const text = [...decoder.decode(bytes)];
  if (!text.includes('\ufffd')) return visible(text.join('').trimEnd());
  let out = '';
  for (const byte of bytes) out += byte < 0x80 ? String.fromCharCode(byte) : `<${byte.toString(16).toUpperCase()}>`;
  return visible(out.trimEnd());
}

/** The parts of a fixture: of a folder its documents, of NDJSON its lines, else the one document. */
function partsOf(path, show) {
  const prefixes = new Map(); // the pointers into each part
  for (const place of show) {
    const slash = place.indexOf('/');
    const name = slash < 0 ? place : place.slice(0, slash);
    prefixes.set(name, [...(prefixes.get(name) ?? []), ...(slash < 0 ? [] : [place.slice(slash)])]);
  }
  if (statSync(path).isDirectory()) {
    return [...prefixes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter(([name]) => existsSync(join(path, name)))
      .map(([name, pointers]) => `${name}: ${excerptOf(JSON.parse(readFileSync(join(path, name), 'utf8')), pointers)}`);
  }
  if (path.endsWith('.ndjson')) {
    const lines = readFileSync(path, 'utf8').split('\n');
    return [...prefixes]
      .sort(([a], [b]) => a - b)
      .map(([number, pointers]) => {
        const text = lines[number - 1];
        return `line ${number}: ${pointers.length === 0 ? visible(text) : excerptOf(JSON.parse(text), pointers)}`;
      });
  }
  const bytes = readFileSync(path);
  return [show.length === 0 ? written(bytes) : excerptOf(JSON.parse(bytes.toString('utf8')), show)];
}

/**
 * The text of an example.
 * @param {string} conformance the folder with the fixtures
 * @param {Example} example
 */
export function exampleText(conformance, { fixture, show = [], command, none }) {
  if (none) return `(${none})`;
  const parts = partsOf(join(conformance, fixture), show);
  if (parts.length === 0) throw new Error(`${fixture}: nothing of it is shown`);
  const [family, ...name] = fixture.split('/');
  // In a new family nothing is recorded before the first build.
  const file = join(conformance, family, 'expect.json');
  const expected = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[name.join('/')] : undefined;
  const options = expected?.options ? `\nchecked with ${line(expected.options)}` : '';
  return (command ? `bearproof ${command}\n` : '') + parts.join('\n') + options;
}

/** The files that the texts of some fixtures come from: their own, and what is expected of them. */
export function fixtureFiles(conformance, fixtures) {
  const files = fixtures.flatMap((fixture) => {
    const path = join(conformance, fixture);
    const own = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
    return [...own, join(conformance, fixture.split('/')[0], 'expect.json')].filter((file) => existsSync(file));
  });
  return [...new Set(files)].sort();
}
