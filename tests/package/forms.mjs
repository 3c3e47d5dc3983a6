// The published forms as the package ships them (schemas/published/), and whether outputs follow them: by our own engine
// and by Ajv.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { load, packageFolder } from './support.mjs';

const suffix = '.schema.json';
const folder = join(packageFolder, 'schemas');
const bearproof = await load();

/**
 * Each form by name: its schema, and what each engine makes of it; the places of its members that an output had, and
 * outputs that have them.
 */
export const forms = new Map(
  readdirSync(folder)
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const schema = JSON.parse(text);
      const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
      addFormats.default(ajv);
      const own = bearproof.schema(text, { assertFormat: true });
      return [file.slice(0, -suffix.length), { schema, ajv: ajv.compile(schema), own, seen: new Set(), samples: [] }];
    }),
);

/** What each engine says against a value: texts, none where it follows the form. */
export function verdicts(name, value) {
  const { ajv, own } = forms.get(name);
  const wrong = ajv(value) ? [] : ajv.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  const { findings } = own.check(JSON.stringify(value)).documents[0];
  return { ajv: wrong, own: findings.map(({ pointer, message }) => `${pointer} ${message}`) };
}

/** Asserts that a value follows a form; keeps it as a sample where it has a member that no value before had. */
export function follows(name, value, what) {
  assert.deepEqual(verdicts(name, value), { ajv: [], own: [] }, `${what} does not follow ${name}`);
  const { schema, seen, samples } = forms.get(name);
  const before = seen.size;
  for (const object of objectsOf(schema, value)) {
    for (const member of membersOf(object)) if (Object.hasOwn(object.value, member.name)) seen.add(member.place);
  }
  if (seen.size > before) samples.push(value);
}

/** The members that a schema describes, each with its place in the schema. */
export const membersOf = ({ place, schema }) =>
  Object.keys(schema.properties).map((name) => ({ name, place: `${place}/${name}` }));

const definition = (root, { $ref }) => root.$defs[$ref.slice('#/$defs/'.length)];

/**
 * The schemas in a root schema that describe an object by its members, each with its place. With a value: each as often
 * as the value has an object that it describes, which comes with it.
 */
export function* objectsOf(root, value, schema = root, place = '', visited = new Set()) {
  const isOfSchema = value === undefined;
  if (schema.$ref) {
    if (isOfSchema && visited.has(schema.$ref)) return;
    visited.add(schema.$ref);
    yield* objectsOf(root, value, definition(root, schema), schema.$ref, visited);
  }
  for (const one of schema.oneOf ?? []) {
    const isMeant = isOfSchema || definition(root, one).required.every((name) => Object.hasOwn(value, name));
    if (isMeant) yield* objectsOf(root, value, one, place, visited);
  }
  if (schema.items) {
    for (const item of isOfSchema ? [undefined] : value) yield* objectsOf(root, item, schema.items, place, visited);
  }
  if (!schema.properties) return;
  yield { place, schema, value };
  for (const [name, member] of Object.entries(schema.properties)) {
    if (isOfSchema || Object.hasOwn(value, name)) {
      yield* objectsOf(root, value?.[name], member, `${place}/${name}`, visited);
    }
  }
}
