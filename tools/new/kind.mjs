// kind.mjs NAME [--from FILE] [--family FAMILY]
//
// Begins a kind: its descriptor, its schema, a good and a bad fixture. FILE is a document of the kind, or its schema; without
// one a document of two members is begun with. It writes nothing over, and says what to do next; until that is done, tests
// fail and say where.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { descriptorFor, documentFor, draft, isSchema, markIn, schemaFor } from '../kinds/begin.mjs';
import { readKinds } from '../kinds/read.mjs';
import { readCommandLine, refuse, todo } from '../scaffold.mjs';

const usage = 'usage: ./dev new kind NAME [--from DOCUMENT-OR-SCHEMA] [--family FAMILY]';

function readArguments() {
  const text = { type: /** @type {const} */ ('string') };
  const { name: kind, values } = readCommandLine({ from: text, family: text }, usage);
  if (!/^([A-Z][a-z0-9]+)+$/.test(kind)) refuse(`${kind}: a kind's name is like RuntimeInstallReceipt`);
  const { family = /^[A-Z][a-z]+/.exec(kind)[0].toLowerCase() } = values;
  if (!/^[a-z]+$/.test(family)) refuse(`${family}: a family's name is like install`);
  return { kind, family, from: values.from };
}

/** The document or schema to begin with. */
function readGiven({ kind, from }) {
  if (!from) return { type: kind, id: todo('the name by which others refer to it') };
  let given;
  try {
    given = JSON.parse(readFileSync(from, 'utf8'));
  } catch (error) {
    refuse(`${from}: ${error.message}`);
  }
  if (given === null || typeof given !== 'object' || Array.isArray(given) || Object.keys(given).length === 0) {
    refuse(`${from}: expected a document with members, or a schema`);
  }
  if (isSchema(given) && (given.$schema ?? draft) !== draft) refuse(`${from}: built-in schemas are of draft 2020-12`);
  if (isSchema(given) && !given.properties) refuse(`${from}: a schema without properties describes no kind`);
  return given;
}

const sameMark = (mark, other = {}) =>
  Object.keys({ ...mark, ...other }).every((member) => mark[member] === other[member]);

const { kind, family, from } = readArguments();
const given = readGiven({ kind, from });
process.chdir(join(import.meta.dirname, '../..'));
const { kinds, dialects } = readKinds('core/catalogue');
if (kinds.some((one) => one.kind.toLowerCase() === kind.toLowerCase())) refuse(`${kind} is a kind already`);
const isOfKinds = kinds.some((one) => one.family === family);
if (!isOfKinds && [`conformance/${family}`, `schemas/${family}`].some(existsSync)) {
  refuse(`${family}: no family of kinds, but of other fixtures or schemas; give it another name: --family FAMILY`);
}
const mark = markIn(
  given,
  kind,
  dialects.map(({ recognise }) => recognise),
);
const taken = mark && dialects.find(({ recognise }) => sameMark(mark, recognise.mark));
if (taken) refuse(`${JSON.stringify(mark)} is the mark of ${taken.kind} already`);

const descriptor = descriptorFor(given, { kind, family, mark });
const [{ dialect, name, schema: schemaFile }] = descriptor.dialects;
if (dialects.some((one) => one.name === name)) refuse(`${kind}: Dialect::${name} is a dialect already`);
const schema = schemaFor(given, { id: `urn:bearproof:schema:${family}:${kind}:${dialect}`, mark });
const document = isSchema(given) ? { ...mark, ...documentFor(schema) } : given;
const fixture = name.replaceAll('_', '-');
const [good, bad] = ['good', 'bad'].map((side) => `conformance/${family}/${side}/${fixture}.json`);
const files = {
  [`core/catalogue/kinds/${kind}.json`]: descriptor,
  [`schemas/${schemaFile}`]: schema,
  [good]: document,
  [bad]: document,
};
const there = Object.keys(files).find(existsSync);
if (there) refuse(`${there} is there already`);
for (const [file, content] of Object.entries(files)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  console.log(file);
}
const how = mark ? JSON.stringify(mark) : 'its first members, since none names the kind';
console.log(`
Now, in this order; the tests named fail until it is done:
  1. Say in core/catalogue/kinds/${kind}.json
     what such a document is for, and see that it is recognised by what tells it from all others. This is now
     ${how}. (Descriptors.*, Conformance.*)
  2. Say in schemas/${schemaFile}
     what each member is, and what it must be; what may be missing is not in "required". (Programs.*, Conformance.*)
  3. Make ${good}
     a document as somebody would write it. (Conformance.*)
  4. Make one fault in ${bad}. (Conformance.*)
  5. Build, let \`node tools/expect.mjs build/native-release/bearproof\` record what both fixtures come to in
     expect.json, and look at it. (Conformance.*)
  6. ./dev format, ./dev docs (docs)
CONTRIBUTING.md has the whole way, with an example; what a kind may have besides is in docs/adding-a-kind.md.`);
