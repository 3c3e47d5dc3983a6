// What a kind begins with: a descriptor, a schema and a document, out of the schema or the document that there is.

import { todo } from '../scaffold.mjs';

export const draft = 'https://json-schema.org/draft/2020-12/schema';

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether a JSON value is a schema rather than a document of the kind. */
export const isSchema = (value) =>
  isObject(value) &&
  (/\bjson-schema\.org\//.test(value.$schema) || (value.type === 'object' && isObject(value.properties)));

// ---- The schema ----

/** An instant by RFC 3339. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What a value may be, by this one alone. */
function shapeOf(value) {
  if (value === null) return { type: ['string', 'null'] };
  if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: shapeOf(value[0]) }) };
  if (isObject(value)) return objectOf(value);
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value !== 'string') return { type: 'boolean' };
  if (!instant.test(value)) return { type: 'string', minLength: 1 };
  return { type: 'string', format: 'date-time', 'x-bearproof-rule': { format: 'format.timestamp.invalid' } };
}

const objectOf = (value) => ({
  type: 'object',
  required: Object.keys(value),
  properties: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)])),
  additionalProperties: false,
});

/** The same schema, in which every property has a description. */
function described(schema) {
  if (!isObject(schema)) return schema;
  const out = { ...schema };
  if (isObject(schema.items)) out.items = described(schema.items);
  if (!isObject(schema.properties)) return out;
  const describe = ([name, member]) => {
    const inner = described(member);
    if (!isObject(inner) || 'description' in inner) return [name, inner];
    return [name, { description: todo('what it is'), ...inner }];
  };
  out.properties = Object.fromEntries(Object.entries(schema.properties).map(describe));
  return out;
}

/**
 * The schema of a kind.
 * @param {object} given  a schema, whose words and keywords stay, or a document
 * @param {{ id: string, mark?: object }} how  its `$id`, and the members that name the kind, with their values
 */
export function schemaFor(given, { id, mark = {} }) {
  const head = { $schema: draft, $id: id };
  const schema = {
    ...head,
    title: todo('what such a document is called'),
    description: todo('what it tells, and who writes it'),
    ...described(isSchema(given) ? given : objectOf(given)),
    ...head,
  };
  for (const [name, value] of Object.entries(mark)) {
    const { description: what = todo('what it is') } = schema.properties[name] ?? {};
    schema.properties[name] = { description: what, const: value };
  }
  return schema;
}

// ---- A document ----

/** The schema that a local reference leads to. */
function resolved(schema, root) {
  if (!isObject(schema) || typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#')) return schema;
  const names = schema.$ref.split('/').slice(1);
  return names.reduce((at, name) => at?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], root);
}

/** A value by a schema, as far as its keywords alone tell one: no more than is required. */
function valueFor(given, root, depth = 0) {
  const schema = resolved(given, root);
  if (!isObject(schema)) return todo('a value');
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = [schema.type ?? (schema.properties ? 'object' : 'string')].flat()[0];
  switch (type) {
    case 'object':
      return documentFor(schema, root, depth);
    case 'array':
      return schema.minItems > 0 && depth < 8 ? [valueFor(schema.items, root, depth + 1)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return todo(schema.format ?? schema.pattern ?? 'a value');
  }
}

/** A document by its schema; what the schema does not tell is left to do. */
export function documentFor(schema, root = schema, depth = 0) {
  const names = depth < 8 ? (schema.required ?? []) : [];
  return Object.fromEntries(names.map((name) => [name, valueFor(schema.properties?.[name], root, depth + 1)]));
}

// ---- The descriptor ----

/** Members whose values name kinds, as far as they name one here: of a schema those that it says are constant. */
function namesIn(given, markers) {
  const values = isSchema(given)
    ? Object.entries(given.properties ?? {}).map(([name, member]) => [name, member.const])
    : Object.entries(given);
  return Object.fromEntries(values.filter(([name, value]) => markers.has(name) && typeof value === 'string'));
}

const version = /^(.*?[./-])(v\d[a-z0-9.-]*)$/;

/**
 * The mark by which documents are recognised: `type`, a version, or `kind`.
 * @param {object} given  a schema or a document
 * @param {{ mark?: object }[]} recognised  how other kinds are recognised: by which members documents name their kind
 * @returns {object | undefined} undefined where no member names the kind
 */
export function markIn(given, name, recognised) {
  const markers = new Set(recognised.flatMap(({ mark = {} }) => Object.keys(mark)));
  const found = namesIn(given, markers);
  if (found.type === name) return { type: name };
  const versioned = Object.entries(found).find(([, value]) => version.test(value));
  if (versioned) return { ...Object.fromEntries([versioned]), ...(found.kind === name && { kind: name }) };
  return found.kind === name ? { kind: name } : undefined;
}

/**
 * The descriptor of a kind of one dialect.
 * @param {object} given  a schema or a document
 * @param {{ kind: string, family: string, mark?: object }} how  without a mark it is recognised by its first members
 */
export function descriptorFor(given, { kind, family, mark }) {
  const [member, value] = Object.entries(mark ?? {}).find(([, text]) => version.test(text)) ?? [];
  const [, prefix, own = 'v0.1'] = version.exec(value ?? '') ?? [];
  const allOf = (isSchema(given) ? (given.required ?? Object.keys(given.properties ?? {})) : Object.keys(given)).slice(
    0,
    3,
  );
  return {
    kind,
    family,
    ...(prefix && { versions: [{ member, prefix }] }),
    dialects: [
      {
        dialect: own,
        name: kind.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase(),
        title: todo('what such a document is for, in one line'),
        schema: `${family}/${kind}.${own}.schema.json`,
        recognise: mark ? { mark } : { allOf, namedBy: allOf[0] },
      },
    ],
  };
}
