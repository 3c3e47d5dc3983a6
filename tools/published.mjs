// The published schemas (schemas/published/): read, with references followed between the files.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../schemas/published');
const suffix = '.schema.json';

/** The schemas by name: `report` is schemas/published/report.schema.json. */
export const published = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .sort()
    .map((file) => [file.slice(0, -suffix.length), JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
);

/** Names of the forms that leave the program: `terms` are parts of others, the rest describes files of this checkout. */
export const forms = [...published.keys()].filter(
  (name) => !['terms', 'catalogue', 'kind', 'narrative-templates'].includes(name),
);

const byUri = new Map([...published.values()].map((schema) => [schema.$id, schema]));

/**
 * What a reference leads to. @param {object} root  the schema of the file in which it stands
 * @returns {{ root: object, name: string, schema: object }}  the file's schema, the definition's name and the definition
 */
export function follow(reference, root) {
  const [uri, fragment] = reference.split('#');
  const target = uri === '' ? root : byUri.get(uri);
  const [, name] = /^\/\$defs\/(\w+)$/.exec(fragment ?? '') ?? [];
  const schema = target?.$defs?.[name];
  if (!schema) throw new Error(`${root.$id}: ${reference} leads nowhere`);
  return { root: target, name, schema };
}

/**
 * A schema with the definitions that it takes from other files among its own: a reader needs no second file. They are
 * called by both names, `terms-severity`.
 */
export function standAlone(schema) {
  const taken = {};
  const copy = (part, root) => {
    if (Array.isArray(part)) return part.map((item) => copy(item, root));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, key === '$ref' ? take(value, root) : copy(value, root)]),
    );
  };
  const take = (reference, root) => {
    const target = follow(reference, root);
    if (target.root === schema) return `#/$defs/${target.name}`;
    const name = `${target.root.$id.split(':').at(-1)}-${target.name}`;
    if (!(name in taken)) {
      taken[name] = true; // keeps its place while what it refers to is taken
      taken[name] = copy(target.schema, target.root);
    }
    return `#/$defs/${name}`;
  };
  const { $defs: own, ...rest } = copy(schema, schema);
  const definitions = { ...own, ...taken };
  return Object.keys(definitions).length > 0 ? { ...rest, $defs: definitions } : rest;
}
