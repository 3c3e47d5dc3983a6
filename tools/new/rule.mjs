// rule.mjs ID --from FIXTURE [--code FILE] [--severity SEVERITY]
//
// Begins a rule: its description, the function that raises it, a bad and a good fixture, both copies of FIXTURE, a document
// below conformance/ that comes close. It writes nothing over, and says what to do next; until that is done, tests fail and
// say where.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { nameOf, readFamilies } from '../catalogue/families.mjs';

const usage = 'usage: ./dev new rule ID --from conformance/FAMILY/good/NAME.json [--code FILE] [--severity SEVERITY]';

/** Ends the program because of what was asked for. */
function refuse(message) {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  const text = { type: /** @type {const} */ ('string') };
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options: { from: text, code: text, severity: text } });
  } catch (error) {
    refuse(`${error.message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const [id] = positionals;
  if (positionals.length !== 1 || !values.from) refuse(usage);
  if (!/^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(id)) refuse(`${id}: a rule's id is like install.failure.no-reason`);
  const { severity = 'warning' } = values;
  if (!['error', 'warning', 'notice', 'info'].includes(severity)) {
    refuse(`${severity}: a severity is error, warning, notice or info`);
  }
  const family = id.split('.')[0];
  return { id, family, severity, from: values.from, code: values.code ?? `core/rules/${family}.cpp` };
}

/** The folder of conformance/ in which both fixtures go, and how they are called. */
function fixturesOf({ id, family, from }) {
  const match = /^conformance\/([a-z]+)\/good\/[^/]+\.json$/.exec(relative('.', from));
  if (!match || match[1] === 'collection' || !existsSync(from)) {
    refuse(`${from}: name one good document, conformance/FAMILY/good/NAME.json`);
  }
  const name = id.slice(family.length + 1).replaceAll('.', '-');
  return { bad: `${match[1]}/bad/${name}.json`, good: `${match[1]}/good/${name}-sound.json` };
}

const description = ({ id, severity }, { bad, good }) => ({
  id,
  severity,
  title: 'TODO: what is wrong, in a few words',
  condition: 'TODO: when it is raised, exactly, with members in `backquotes`',
  message: 'TODO: what a finding says',
  help: 'TODO: what to do.',
  why: 'TODO: why it matters.',
  source: 'TODO: the document that asks for it',
  examples: { bad: { fixture: bad }, good: { fixture: good } },
});

/** The text of a family's file with one more rule at its end; what is there stays as it is written. */
function withRule(text, added) {
  const end = text.lastIndexOf('\n  ]');
  const lines = JSON.stringify(added, null, 2).replaceAll('\n', '\n    ');
  return `${text.slice(0, end)},\n    ${lines}${text.slice(end)}`;
}

/**
 * The source with a function for the rule, called at the end of the family's function.
 * @returns {string | undefined} undefined where there is not one function to call it from
 */
function withHook(source, { id, family }) {
  const heads = [...source.matchAll(/^void check_\w+\(const Context& context, FindingSink& sink\) \{$/gm)];
  const inner = source.indexOf('\n}  // namespace\n');
  if (heads.length !== 1 || inner < 0 || inner > heads[0].index) return undefined;
  const end = source.indexOf('\n}\n', heads[0].index);
  const name = `check_${nameOf(id.slice(family.length + 1))}`;
  const hook = `
// TODO: when it is raised. A rule about one member needs no code, but "x-bearproof-rule" in the schema.
void ${name}(json::Value root, FindingSink& sink) {
  const json::Value value = root.find("TODO");
  if (value) sink.raise(Rule::${nameOf(id)}, Place::value(value.index()));
}
`;
  return `${source.slice(0, inner)}${hook}${source.slice(inner, end)}\n  ${name}(context.root, sink);${source.slice(end)}`;
}

process.chdir(join(import.meta.dirname, '../..'));
const rule = readArguments();
const fixtures = fixturesOf(rule);
const families = readFamilies('core/catalogue/rules');
const family = families.find((one) => one.family === rule.family);
if (!family) {
  refuse(
    `${rule.family}: no such family. It would be core/catalogue/rules/${rule.family}.json; there are ` +
      `${families.map((one) => one.family).join(', ')}`,
  );
}
if (family.rules.some(({ id }) => id === rule.id)) refuse(`${rule.id} is a rule already`);
for (const path of Object.values(fixtures)) {
  if (existsSync(join('conformance', path))) refuse(`conformance/${path} is there already`);
}
if (!existsSync(rule.code)) refuse(`${rule.code}: no such file; name the one that has the kind's rules: --code FILE`);
const source = withHook(readFileSync(rule.code, 'utf8'), rule);

const data = `core/catalogue/rules/${rule.family}.json`;
const document = readFileSync(rule.from);
const files = {
  [data]: withRule(readFileSync(data, 'utf8'), description(rule, fixtures)),
  [`conformance/${fixtures.bad}`]: document,
  [`conformance/${fixtures.good}`]: document,
  ...(source && { [rule.code]: source }),
};
for (const [file, content] of Object.entries(files)) {
  writeFileSync(file, content);
  console.log(file);
}
const code = source
  ? `its function in ${rule.code} which member it looks at`
  : `${rule.code} when it raises Rule::${nameOf(rule.id)}; call that from the function of the kind`;
console.log(`
Now, in this order; the tests named fail until it is done:
  1. Say in ${data} what the rule is, and what of the fixtures shows it
     ("show": ["/member"]).                                                      RuleFiles.*
  2. Make the fault in conformance/${fixtures.bad}, and what comes close to it
     in conformance/${fixtures.good}.
  3. Say in ${code}.   Conformance.*
  4. Build, let \`node tools/expect.mjs build/native-debug/bearproof\` record what both fixtures come to in
     expect.json, and look at it.                                                RuleFiles.*, Conformance.*
  5. ./dev format, ./dev docs                                                    docs
CONTRIBUTING.md has the whole way, with an example.`);
