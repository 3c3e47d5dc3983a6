// docs.mjs [--check] PROGRAM: writes docs/contracts/ and docs/rules/ out of the catalogue, the schemas and what the
// program finds in examples and fixtures. --check writes nothing and fails where a page is not what would be written.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleText } from './catalogue/examples.mjs';
import { readFamilies } from './catalogue/families.mjs';

const isCheck = process.argv[2] === '--check';
const program = process.argv[isCheck ? 3 : 2];
if (!program) {
  console.error('usage: docs.mjs [--check] PROGRAM');
  process.exit(2);
}

/** @returns {string} what the program prints; findings are no failure */
const run = (...args) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
};
const filesBelow = (folder, suffix) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(folder, name))
    .sort();
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const rules = JSON.parse(run('rules', '--format', 'json'));
const kinds = JSON.parse(run('kinds', '--format', 'json'));
const described = new Map(readFamilies('core/catalogue/rules').map((family) => [family.family, family]));
const ruleIds = new Set(rules.map(({ id }) => id));
const schemas = new Map(
  filesBelow('schemas', '.schema.json').map((file) => {
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    return [schema.$id, schema];
  }),
);

// Which documents are of which dialect, and which rules they raise, the program itself knows.
const dialectName = (kind, dialect) => `${kind}/${dialect}`;
const examples = new Map();
const raised = new Map();
for (const report of run('check', '--format', 'ndjson', '--level', 'info', 'schemas', 'conformance')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))) {
  if (!report.kind) continue;
  const name = dialectName(report.kind, report.dialect);
  // Examples first, as the folders are given; where there is none, a good fixture is one.
  if (/\/(examples|good)\//.test(report.source) && !report.line) {
    examples.set(name, [...(examples.get(name) ?? []), report.source]);
  }
  const found = raised.get(report.kind) ?? new Set();
  for (const { rule } of report.findings) found.add(rule);
  raised.set(report.kind, found);
}

// ---- Markdown ----

const generated = '<!-- Written by ./dev docs; do not edit. -->\n\n';
const code = (text) => {
  const fence = text.includes('`') ? '``' : '`';
  const space = fence.length > 1 ? ' ' : '';
  return fence + space + text.replaceAll('|', '\\|').replaceAll('\n', ' ') + space + fence;
};
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
const prose = (text) => text.replaceAll('<', '&lt;');
/** An address of a heading, as GitHub makes it of `code` headings. */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
const ruleLink = (id, folder) => `[${id}](${folder}${familyOf(id)}.md#${anchor(id)})`;
const familyOf = (id) => rules.find((rule) => rule.id === id)?.family ?? 'doc';
const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
const isJson = (text) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const block = (text) => '```' + (isJson(text) ? 'json' : '') + '\n' + text.trim() + '\n```\n';

// ---- Fields of a schema ----

const resolve = (schema, root) => {
  const reference = schema?.$ref;
  if (typeof reference !== 'string') return [schema, root];
  const [uri, fragment = ''] = reference.split('#');
  const target = uri === '' ? root : (schemas.get(new URL(uri, root.$id).href) ?? schemas.get(uri));
  if (!target) return [schema, root];
  let at = target;
  for (const part of fragment.split('/').slice(1)) at = at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  return [{ ...at, ...schema, $ref: undefined }, target];
};

const value = (any) => code(JSON.stringify(any));

const constraints = (schema) => {
  const said = [];
  if (schema.type) said.push([schema.type].flat().join(' or '));
  if ('const' in schema) said.push(`always ${value(schema.const)}`);
  if (schema.enum) said.push(`one of ${schema.enum.map(value).join(', ')}`);
  if (schema.pattern) said.push(`matches ${code(schema.pattern)}`);
  if (schema.format) said.push(`${schema.format}`);
  if ('minLength' in schema)
    said.push(schema.minLength === 1 ? 'not empty' : `at least ${schema.minLength} characters`);
  if ('maxLength' in schema) said.push(`at most ${count(schema.maxLength, 'character')}`);
  if ('minimum' in schema) said.push(`at least ${schema.minimum}`);
  if ('maximum' in schema) said.push(`at most ${schema.maximum}`);
  if ('minItems' in schema) said.push(`at least ${count(schema.minItems, 'item')}`);
  if ('maxItems' in schema) said.push(`at most ${count(schema.maxItems, 'item')}`);
  if (schema.uniqueItems) said.push('no item twice');
  if (schema.additionalProperties === false || schema.unevaluatedProperties === false) said.push('no other members');
  return said.join(', ');
};

/** Rows [path, required, constraint, description] of an object's members, its own and those of its items. */
const fields = (given, root, path = '', seen = new Set()) => {
  const [schema, home] = resolve(given, root);
  if (!schema || typeof schema !== 'object') return [];
  const rows = [];
  const add = (name, member, required) => {
    const [resolved, where] = resolve(member, home);
    if (typeof resolved !== 'object') return;
    rows.push([name, required, constraints(resolved), resolved.description ?? '']);
    // A schema that refers to itself is told once on the way down.
    const reference = member.$ref && `${home.$id} ${member.$ref}`;
    if (!seen.has(reference))
      rows.push(...fields(resolved, where, name, reference ? new Set([...seen, reference]) : seen));
  };
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    add(path ? `${path}.${name}` : name, member, schema.required?.includes(name) ?? false);
  }
  if (typeof schema.additionalProperties === 'object' && Object.keys(schema.additionalProperties).length > 0) {
    add(`${path}.*`, schema.additionalProperties, false);
  }
  if (typeof schema.items === 'object') add(`${path}[]`, schema.items, false);
  // Branches: what they say of members that the schema itself does not name.
  for (const branch of ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => schema[keyword] ?? [])) {
    for (const row of fields(branch, home, path, seen)) {
      if (!rows.some(([name]) => name === row[0]))
        rows.push([row[0], schema.allOf?.includes(branch) && row[1], row[2], row[3]]);
    }
  }
  return rows;
};

/** Rules that keywords of a schema stand for. */
const rulesIn = (schema, found = new Set()) => {
  if (schema === null || typeof schema !== 'object') return found;
  for (const [key, member] of Object.entries(schema)) {
    const collect = (given) => {
      if (typeof given === 'string') found.add(given.split('#')[0]);
      else if (given && typeof given === 'object') Object.values(given).forEach(collect);
    };
    if (key === 'x-bearproof-rule') collect(member);
    else rulesIn(member, found);
  }
  return found;
};

// ---- Pages ----

/** Families of rules that are about documents of every kind. */
const everywhere = ['parse', 'limit', 'schema', 'kind', 'format', 'doc', 'canon', 'engine'];

const pages = new Map();

const contractPage = ({ kind, family, dialects }) => {
  let page = `${generated}# ${kind}\n\n`;
  const known = dialects.map((dialect) => ({ ...dialect, schema: schemas.get(dialect.schema) }));
  const applying = new Set(raised.get(kind) ?? []);
  for (const { dialect, title, schema } of known) {
    page += known.length > 1 ? `## Dialect ${code(dialect)}\n\n` : '';
    page += `${prose(title)}.\n\n`;
    if (!schema) {
      page += 'It is recognised; this version has no schema for it, so that its fields are not checked.\n\n';
      continue;
    }
    if (schema.description) page += `${prose(schema.description)}\n\n`;
    page += `Schema: ${code(schema.$id)} (${code(`bearproof schema ${kind}${known.length > 1 ? `/${dialect}` : ''}`)}).`;
    page += schema.additionalProperties === false || schema.unevaluatedProperties === false ? ' No other members.' : '';
    page += '\n\n| field | required | must be | what it is |\n|---|---|---|---|\n';
    for (const [name, required, must, what] of fields(schema, schema)) {
      page += `| ${code(name)} | ${required ? 'yes' : ''} | ${must} | ${cell(what)} |\n`;
    }
    page += '\n';
    for (const rule of rulesIn(schema)) applying.add(rule);
    const [example] = examples.get(dialectName(kind, dialect)) ?? [];
    if (example) {
      page += `An example, [${example.split('/').pop()}](../../${example}):\n\n${block(readFileSync(example, 'utf8'))}\n`;
    }
  }
  const listed = [...applying].filter((id) => ruleIds.has(id) && !everywhere.includes(familyOf(id))).sort(byText);
  if (listed.length > 0) {
    page += `## Rules\n\nBesides those of [every document](../rules/README.md):\n\n| rule | severity | |\n|---|---|---|\n`;
    for (const id of listed) {
      const rule = rules.find((candidate) => candidate.id === id);
      page += `| ${ruleLink(id, '../rules/')} | ${severities(rule)} | ${cell(rule.title)} |\n`;
    }
  }
  pages.set(`docs/contracts/${kind}.md`, page);
  return `| [${kind}](${kind}.md) | ${family} | ${dialects.map(({ dialect }) => code(dialect)).join(', ')} | ${cell(dialects[0].title)} |\n`;
};

const severities = (rule) =>
  ['error', 'warning', 'notice', 'info']
    .filter((name) => rule.cases.some(({ severity }) => severity === name))
    .join(', ');

const rulePage = (family) => {
  const own = rules.filter((rule) => rule.family === family);
  const { about, rules: texts } = described.get(family);
  let page = `${generated}# Rules: ${family}\n\n${prose(about)}.\n\n`;
  for (const rule of own) {
    const { why, examples } = texts.find(({ id }) => id === rule.id);
    page += `## ${code(rule.id)}\n\n**${prose(rule.title)}.**`;
    page += rule.gate ? ' A release gate: an error in mode `release`.' : '';
    page += '\n\n| severity | raised when | what it says | what to do |\n|---|---|---|---|\n';
    for (const { case: name, severity, condition, message, help } of rule.cases) {
      page += `| ${severity}${name ? ` (${code(name)})` : ''} | ${cell(condition)} | ${cell(message)} | ${cell(help)} |\n`;
    }
    page += '\n';
    page += `Why: ${prose(why)}\n\n`;
    for (const [heading, example] of [
      ['Wrong', examples.bad],
      ['Right', examples.good],
    ]) {
      if (example.none) {
        page += `${heading}: none. ${prose(example.none)}\n\n`;
        continue;
      }
      const name = example.fixture.split('/').pop();
      page += `${heading} (from [${name}](../../conformance/${example.fixture})):\n\n`;
      page += `${block(exampleText('conformance', example))}\n`;
    }
    if (rule.sensitive) page += 'The value is never shown.\n\n';
    if (rule.fixable) page += 'Findings may carry a fix.\n\n';
    if (rule.supersedes) page += `Suppresses: ${rule.supersedes.map((id) => ruleLink(id, '')).join(', ')}.\n\n`;
    page += `Source: ${prose(rule.source)}.\n\n`;
  }
  pages.set(`docs/rules/${family}.md`, page.trimEnd() + '\n');
  return own;
};

let index = `${generated}# Contracts\n\n${count(kinds.length, 'kind')} of document are recognised; one page tells of each.\n\n`;
index += '| kind | family | dialects | |\n|---|---|---|---|\n';
for (const kind of kinds) index += contractPage(kind);
pages.set('docs/contracts/README.md', index);

const families = [...new Set(rules.map(({ family }) => family))];
let list = `${generated}# Rules\n\n${count(rules.length, 'rule')}. Those of ${everywhere.map(code).join(', ')} are about every document.\n`;
for (const family of families) {
  list += `\n## ${family}\n\n| rule | severity | |\n|---|---|---|\n`;
  for (const rule of rulePage(family)) {
    list += `| ${ruleLink(rule.id, '')} | ${severities(rule)} | ${cell(rule.title)} |\n`;
  }
}
pages.set('docs/rules/README.md', list);

// ---- Writing, or comparing ----

const stale = [];
for (const folder of ['docs/contracts', 'docs/rules']) {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).map((name) => `${folder}/${name}`)) {
    if (pages.has(file)) continue;
    stale.push(file);
    if (!isCheck) rmSync(file);
  }
}
for (const [file, page] of pages) {
  const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (now === page) continue;
  stale.push(file);
  if (!isCheck) writeFileSync(file, page);
}
if (isCheck && stale.length > 0) {
  console.error(`not up to date, run ./dev docs: ${stale.join(', ')}`);
  process.exit(1);
}
console.log(
  isCheck ? `${count(pages.size, 'page')} up to date` : `${count(stale.length, 'page')} of ${pages.size} written`,
);
