// rule.mjs ID --from FIXTURE [--code FILE | --no-code] [--severity SEVERITY]
//
// Begins a rule: its description, the function that raises it, a bad and a good fixture, both copies of FIXTURE, a document
// below conformance/ that comes close. Of the first rule of a family of kinds it begins the family's files, too. A rule that
// a schema states has no function: --no-code. It writes nothing over, and says what to do next; until that is done, tests
// fail and say where.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { nameOf, readFamilies } from '../catalogue/families.mjs';
import { readCommandLine, refuse, todo } from '../scaffold.mjs';

const usage =
  'usage: ./dev new rule ID --from conformance/FAMILY/good/NAME.json [--code FILE | --no-code] [--severity SEVERITY]';

function readArguments() {
  const text = { type: /** @type {const} */ ('string') };
  const options = { from: text, code: text, severity: text, 'no-code': { type: /** @type {const} */ ('boolean') } };
  const { name: id, values } = readCommandLine(options, usage);
  if (!values.from || (values.code && values['no-code'])) refuse(usage);
  if (!/^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(id)) refuse(`${id}: a rule's id is like install.failure.no-reason`);
  const { severity = 'warning' } = values;
  if (!['error', 'warning', 'notice', 'info'].includes(severity)) {
    refuse(`${severity}: a severity is error, warning, notice or info`);
  }
  const family = id.split('.')[0];
  const code = values['no-code'] ? undefined : (values.code ?? `core/rules/${family}.cpp`);
  return { id, family, severity, from: values.from, code, isCodeNamed: values.code !== undefined };
}

/** Both fixtures, and the folder of conformance/ in which they go: a family of kinds. */
function fixturesOf({ id, family, from }) {
  const match = /^conformance\/([a-z]+)\/good\/[^/]+\.json$/.exec(relative('.', from));
  if (!match || match[1] === 'collection' || !existsSync(from)) {
    refuse(`${from}: name one good document, conformance/FAMILY/good/NAME.json`);
  }
  const name = id.slice(family.length + 1).replaceAll('.', '-');
  return { folder: match[1], bad: `${match[1]}/bad/${name}.json`, good: `${match[1]}/good/${name}-sound.json` };
}

const description = ({ id, severity }, { bad, good }) => ({
  id,
  severity,
  title: todo('what is wrong, in a few words'),
  condition: todo('when it is raised, exactly, with members in `backquotes`'),
  message: todo('what a finding says'),
  help: todo('what to do.'),
  why: todo('why it matters.'),
  source: todo('the document that asks for it'),
  examples: { bad: { fixture: bad }, good: { fixture: good } },
});

/** The text of a family's file with its first rule. */
const newFamily = (family, added) =>
  `${JSON.stringify(
    {
      $schema: '../../../schemas/published/catalogue.schema.json',
      family,
      about: todo('what the rules are about, as a heading'),
      rules: [added],
    },
    null,
    2,
  )}\n`;

/** The text of a family's file with one more rule at its end; what is there stays as it is written. */
function withRule(text, added) {
  const end = text.lastIndexOf('\n  ]');
  const lines = JSON.stringify(added, null, 2).replaceAll('\n', '\n    ');
  return `${text.slice(0, end)},\n    ${lines}${text.slice(end)}`;
}

/** A family's source, without any rule. */
const newSource = (family) => `// TODO: what the rules are about.
#include "bearproof/catalogue/rules.h"

#include "families.h"

namespace bearproof::rules {
namespace {

}  // namespace

void check_${family}(const Context& context, FindingSink& sink) {
}

}  // namespace bearproof::rules
`;

/**
 * The source with a function for the rule, called at the end of the family's function.
 * @returns {string | undefined} undefined where there is not one function to call it from
 */
function withHook(written, { id, family }) {
  // A function that calls one other is formatted into one line.
  const source = written.replace(
    /^(void check_\w+\(const Context& context, FindingSink& sink\) \{) (.*) \}$/m,
    '$1\n  $2\n}',
  );
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
const { folder, ...fixtures } = fixturesOf(rule);
const families = readFamilies('core/catalogue/rules');
const family = families.find((one) => one.family === rule.family);
if (!family && folder !== rule.family) {
  refuse(
    `${rule.family}: no such family. It would be core/catalogue/rules/${rule.family}.json; there are ` +
      `${families.map((one) => one.family).join(', ')}, and a family of kinds may have one of its name`,
  );
}
if (family?.rules.some(({ id }) => id === rule.id)) refuse(`${rule.id} is a rule already`);
for (const path of Object.values(fixtures)) {
  if (existsSync(join('conformance', path))) refuse(`conformance/${path} is there already`);
}
const isSourceNew = rule.code !== undefined && !existsSync(rule.code);
if (isSourceNew && (rule.isCodeNamed || folder !== rule.family)) {
  refuse(`${rule.code}: no such file; name the one that has the kind's rules: --code FILE`);
}
const before = isSourceNew ? newSource(rule.family) : rule.code && readFileSync(rule.code, 'utf8');
const source = before && withHook(before, rule);

const data = `core/catalogue/rules/${rule.family}.json`;
const document = readFileSync(rule.from);
const described = description(rule, fixtures);
const files = {
  [data]: family ? withRule(readFileSync(data, 'utf8'), described) : newFamily(rule.family, described),
  [`conformance/${fixtures.bad}`]: document,
  [`conformance/${fixtures.good}`]: document,
  ...(source && { [rule.code]: source }),
};
for (const [file, content] of Object.entries(files)) {
  writeFileSync(file, content);
  console.log(file);
}

/** What is left to do for the rule to be raised. */
function howToRaise() {
  if (!rule.code) return `in the schema, beside the keyword that it stands for: "x-bearproof-rule": "${rule.id}".`;
  if (!source)
    return `in ${rule.code} when it raises Rule::${nameOf(rule.id)}; call that from the function of the kind.`;
  const own = `in its function in ${rule.code} which member it looks at.`;
  if (!isSourceNew) return own;
  return `${own} In core/catalogue/kinds/, the descriptor
     of its kind names the function of the file: "code": "check_${basename(rule.code, '.cpp')}".`;
}
console.log(`
Now, in this order; the tests named fail until it is done:
  1. Say in ${data} what the rule is, and what of the fixtures shows it:
     "show": ["/member"]. (RuleFiles.*)
  2. Make the fault in conformance/${fixtures.bad}, and what comes close to it
     in conformance/${fixtures.good}. (RuleFiles.*)
  3. Say ${howToRaise()} (RuleFiles.*)
  4. Build, let \`node tools/expect.mjs build/native-release/bearproof\` record what both fixtures come to in
     expect.json, and look at it. (RuleFiles.*, Conformance.*)
  5. ./dev format, ./dev docs (docs)
CONTRIBUTING.md has the whole way, with an example.`);
