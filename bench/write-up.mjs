// The numbers as Markdown tables and as the chart of docs/performance.md.
import { chart } from './chart.mjs';
import { ajvName as ajv } from './contenders.mjs';

const thousands = (rate) =>
  rate >= 1e5 ? `${Math.round(rate / 1000)} k` : rate >= 1e4 ? `${(rate / 1000).toFixed(1)} k` : rate.toFixed(0);
const times = (ratio) => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(ratio >= 1 ? 1 : 2));
const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** The fastest of the other validators. */
const fastestOther = (perSecond) =>
  Math.max(...Object.entries(perSecond).flatMap(([who, rate]) => (who.startsWith('JSON.parse +') ? [rate] : [])));

const corpusTable = ({ perSecond, bytes, documents }) =>
  table(
    ['', 'documents/s', 'MB/s', 'against Ajv', 'against the fastest other'],
    Object.entries(perSecond)
      .filter(([who]) => !who.includes('already read'))
      .sort(([, a], [, b]) => b - a)
      .map(([who, rate]) => [
        who,
        thousands(rate),
        ((rate * bytes) / documents / 1e6).toFixed(0),
        `${times(rate / perSecond[ajv])} ×`,
        `${times(rate / fastestOther(perSecond))} ×`,
      ]),
  );

const inMilliseconds = (time) => `${time.toFixed(1)} ms`;

/** How a page gets the module (bench/page.mjs). */
const pages = { handed: 'module handed over as bytes', streamed: 'module compiled as it arrives' };

/** The rows of the bars that compare with Ajv. */
const againstAjv = ([one, faulty, two]) => {
  const corpora = [
    [one, 'all valid', '4 ×', '2.5 ×'],
    [faulty, '3 % invalid', '3.2 ×', '2.2 ×'],
    [two, 'two dialects', '', '2.5 ×'],
  ];
  return corpora.flatMap(([{ perSecond }, name, schemaWanted, rulesWanted]) =>
    [
      ['Wasm, schema alone', 'schema alone, the core', schemaWanted],
      ['Wasm package, schema alone', 'schema alone, the package', schemaWanted],
      ['Wasm package, every rule, level warning', 'every rule, level warning', rulesWanted],
      ['Wasm package, every rule, level info', 'every rule, level info', ''],
    ].flatMap(([who, words, wanted]) =>
      perSecond[who]
        ? [[`Node, ${words}, ${name}, against JSON.parse + Ajv`, `${times(perSecond[who] / perSecond[ajv])} ×`, wanted]]
        : [],
    ),
  );
};

/** What was measured against what is wanted. Nothing passes or fails by these bars. */
const bars = (results) => {
  const [one] = results.receipts;
  const rows = againstAjv(results.receipts);
  const add = (what, measured, wanted) => rows.push([what, measured, wanted]);
  add(
    'Node, a document with one finding, explained and reported, in a batch',
    `${results.explained.microseconds.toFixed(1)} µs`,
    '5 µs',
  );
  const { programs } = results.file;
  const blaze = programs['Blaze --fast'];
  if (blaze) {
    for (const [name, program] of Object.entries(programs)) {
      if (!name.startsWith('bearproof')) continue;
      const against = programs['Blaze --fast, formats asserted'] ?? blaze;
      add(
        `command line, NDJSON, ${name}, against Blaze in its fast mode (formats asserted; not)`,
        `${times(against.processor / program.processor)} ×; ${times(blaze.processor / program.processor)} ×`,
        '7 ×',
      );
    }
  }
  const witness = one.perSecond['valijson, document already read'];
  if (witness) {
    add(
      'native, schema alone, against valijson on the same Document',
      `${times(one.perSecond['native, schema, document already read'] / witness)} ×`,
      '10 ×',
    );
  }
  add(
    'command line, a receipt of 1 KB, start to exit',
    `${(results.start['bearproof check'].seconds * 1000).toFixed(1)} ms`,
    '< 2 ms',
  );
  for (const [how, words] of Object.entries(results.page ? pages : {})) {
    add(
      `Chromium, first verdict after the bytes are there, ${words}`,
      inMilliseconds(results.page[how].afterBytes),
      '< 25 ms',
    );
  }
  const { milliseconds } = results.unique;
  add(
    'uniqueItems, 5 000 distinct objects, bytes to verdict (native, Wasm)',
    `${milliseconds['native, schema alone'].toFixed(1)} ms, ${milliseconds['Wasm, schema alone'].toFixed(1)} ms`,
    '< 5 ms',
  );
  const flat = results.memory?.['--no-collection'];
  if (flat)
    add(
      `memory, ${megabytes(results.memory.bytes)} of NDJSON, \`--no-collection\``,
      `${flat.megabytes.toFixed(1)} MiB`,
      '< 64 MiB',
    );
  add('`bearproof.wasm`, brotli', `${(results.components.brotli / 1024).toFixed(1)} KiB`, '150 KiB');
  return table(['bar', 'measured', 'wanted'], rows);
};

/** @returns {string} Markdown */
export const tables = (results) => {
  const [one, faulty, two] = results.receipts;
  const contenders = [...new Set(results.sizes.flatMap(({ perSecond }) => Object.keys(perSecond)))];
  const lines = [
    `Taken with Node ${results.node} on ${results.processor}, load ${results.load.before.toFixed(1)} before and ${results.load.after.toFixed(1)} after, ${results.rounds} rounds.`,
    '',
    "![Documents per second, ours and the others'](images/performance.svg)",
    '',
    '### The bars',
    '',
    ...bars(results),
    '',
    `### ${one.documents} receipts of one dialect, ${Math.round(one.bytes / one.documents)} bytes each`,
    '',
    ...corpusTable(one),
    '',
    `### The same receipts, of which 3 % are invalid`,
    '',
    ...corpusTable(faulty),
    '',
    `### ${two.documents} receipts of two dialects`,
    '',
    ...corpusTable(two),
    '',
    '### Documents of 1, 15 and 150 KB, one schema, microseconds each',
    '',
    ...table(
      ['', ...results.sizes.map(({ bytes, documents }) => `${Math.round(bytes / documents)} bytes`)],
      contenders.map((who) => [
        who,
        ...results.sizes.map(({ perSecond }) => (perSecond[who] ? (1e6 / perSecond[who]).toPrecision(3) : '')),
      ]),
    ),
    '',
    '### One document, growing',
    '',
    ...table(
      ['bytes', 'Wasm, ns per byte', 'native, ns per byte'],
      results.growth.map((row) => [
        row.bytes,
        row.wasmNanosecondsPerByte.toFixed(2),
        row.nativeNanosecondsPerByte.toFixed(2),
      ]),
    ),
    '',
    '### Programs',
    '',
    `A file of ${results.file.documents} receipts, and one receipt; one processor each. Processor time counts all threads.`,
    '',
    ...table(
      ['', 'start to exit', 'processor time', 'most memory'],
      [...Object.entries(results.file.programs), ...Object.entries(results.start)].map(([name, one]) => [
        name,
        `${(one.seconds * 1000).toFixed(1)} ms`,
        `${(one.processor * 1000).toFixed(1)} ms`,
        `${one.megabytes.toFixed(1)} MiB`,
      ]),
    ),
    '',
    '### uniqueItems over 5 000 distinct objects',
    '',
    ...table(
      ['', 'milliseconds'],
      Object.entries(results.unique.milliseconds)
        .sort(([, a], [, b]) => a - b)
        .map(([who, took]) => [who, took.toPrecision(3)]),
    ),
    '',
    `### \`bearproof.wasm\` by component: ${results.components.raw} bytes, ${results.components.brotli} by brotli`,
    '',
    ...table(
      ['component', 'bytes', 'share'],
      results.components.components.map(({ component, bytes, share }) => [
        component,
        bytes,
        `${(share * 100).toFixed(1)} %`,
      ]),
    ),
  ];
  if (results.page) {
    lines.push(
      '',
      '### A page in Chromium, milliseconds',
      '',
      ...table(
        ['', 'load', 'first check', 'both', 'since navigation began'],
        Object.entries(pages).map(([how, words]) => {
          const { load, check, afterBytes, sinceNavigation } = results.page[how];
          return [words, ...[load, check, afterBytes, sinceNavigation].map((one) => one.toFixed(1))];
        }),
      ),
    );
  }
  if (results.memory) {
    lines.push('', `### Memory over ${megabytes(results.memory.bytes)}, ${results.memory.documents} documents`, '');
    lines.push(
      ...table(
        ['', 'most memory', 'seconds'],
        ['--no-collection', '--collection']
          .filter((name) => results.memory[name])
          .map((name) => [
            `\`${name}\``,
            `${results.memory[name].megabytes.toFixed(1)} MiB`,
            results.memory[name].seconds.toFixed(1),
          ]),
      ),
    );
  }
  return lines.join('\n');
};

/** @returns {string} SVG */
export const picture = (results) => {
  const [one] = results.receipts;
  const bar = ([label, value]) => ({ label, value, ours: /Wasm|native|bearproof/.test(label) });
  const entries = Object.entries(one.perSecond);
  const groups = [
    {
      title: 'Receipts in Node, bytes to verdicts',
      unit: 'documents/s',
      bars: entries
        .filter(([who]) => /JSON\.parse|Wasm,? (schema|package)/.test(who) && !who.includes('split'))
        .map(bar),
    },
    {
      title: 'Receipts from a file, whole programs on one processor',
      unit: 'documents/s',
      bars: Object.entries(results.file.programs).map(([who, { processor }]) =>
        bar([who, results.file.documents / processor]),
      ),
    },
  ];
  return chart(groups);
};
