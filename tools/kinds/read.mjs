// Reads the descriptors of the kinds, core/catalogue/kinds/*.json, and says what is wrong with them: a build that ends
// here names the file and the member. Their whole form is schemas/published/kind.schema.json; a test holds them to it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the descriptors say, and nothing that another file could contradict. */
export class DescriptorError extends Error {}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new DescriptorError(`${path}: ${error.message}`);
  }
}

/**
 * @param {string} folder  core/catalogue
 * @returns {{ kinds: object[], dialects: object[], vocabulary: { traits: object, facts: object } }} kinds in the order in
 *   which they are listed; dialects kind by kind, each with its kind, family, code, and all its traits and
 *   facts
 */
export function readKinds(folder) {
  const vocabulary = readJson(join(folder, 'vocabulary.json'));
  const kinds = readdirSync(join(folder, 'kinds'))
    .filter((name) => name.endsWith('.json'))
    .map((file) => ({ file, ...readJson(join(folder, 'kinds', file)) }))
    .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || (a.file < b.file ? -1 : 1));
  const names = new Map();
  for (const kind of kinds) {
    const fail = (message) => {
      throw new DescriptorError(`core/catalogue/kinds/${kind.file}: ${message}`);
    };
    if (kind.file !== `${kind.kind}.json`) fail(`"kind" is ${JSON.stringify(kind.kind)}, unlike the file's name`);
    if (typeof kind.family !== 'string') fail('"family" is missing');
    if (!Array.isArray(kind.dialects) || kind.dialects.length === 0) fail('"dialects" is missing or empty');
    for (const dialect of kind.dialects) {
      for (const member of ['dialect', 'name', 'title']) {
        if (typeof dialect[member] !== 'string') fail(`a dialect has no ${JSON.stringify(member)}`);
      }
      if (!/^[a-z][a-z0-9_]*$/.test(dialect.name)) fail(`${JSON.stringify(dialect.name)} is no name in C++`);
      if (names.has(dialect.name)) fail(`the name ${dialect.name} is taken by ${names.get(dialect.name)}`);
      names.set(dialect.name, kind.file);
      for (const trait of [...(kind.traits ?? []), ...(dialect.traits ?? [])]) {
        if (!(trait in vocabulary.traits)) fail(`${JSON.stringify(trait)} is no trait of vocabulary.json`);
      }
      checkCode(kind.code, dialect, fail);
      checkFacts(kind.facts ?? {}, dialect, vocabulary, fail);
      checkRecognition(dialect, kind, fail);
    }
  }
  const dialects = kinds.flatMap((kind) =>
    kind.dialects.map((dialect) => ({
      ...dialect,
      kind: kind.kind,
      family: kind.family,
      code: dialect.code ?? kind.code,
      traits: [...(kind.traits ?? []), ...(dialect.traits ?? [])],
      facts: { ...kind.facts, ...dialect.facts },
    })),
  );
  return { kinds, dialects, vocabulary };
}

function checkCode(ofKind, { dialect, code = ofKind }, fail) {
  if (code !== undefined && !/^check_[a-z0-9_]+$/.test(code)) fail(`${JSON.stringify(code)} is no name of a check`);
  if (ofKind !== undefined && code !== ofKind) fail(`the "code" of ${dialect} is not that of the kind`);
}

function checkFacts(ofKind, { dialect, facts: own = {} }, { facts }, fail) {
  for (const name of [...Object.keys(ofKind), ...Object.keys(own)]) {
    if (!(name in facts)) fail(`${JSON.stringify(name)} is no fact of vocabulary.json`);
    if (name in ofKind && name in own) fail(`the fact ${name} of ${dialect} stands in "facts" of the kind, too`);
  }
}

function checkRecognition({ dialect, recognise }, { dialects }, fail) {
  const forms = ['mark', 'prefix', 'variantOf', 'namedBy', 'fallbackOf'].filter((form) => form in (recognise ?? {}));
  if (forms.length !== 1) fail(`"recognise" of ${dialect} says ${forms.join(' and ') || 'nothing'}`);
  if (recognise.mark && Object.keys(recognise.mark).filter((key) => key !== 'kind').length > 1) {
    fail(`the mark of ${dialect} has more than one member beside "kind"`);
  }
  const other = recognise.variantOf ?? recognise.fallbackOf;
  if (other !== undefined && !dialects.some((one) => one.dialect === other && one.dialect !== dialect)) {
    fail(`${dialect} is told from ${JSON.stringify(other)}, which is no other dialect of this kind`);
  }
  if (recognise.namedBy && !recognise.allOf?.includes(recognise.namedBy)) {
    fail(`${dialect} is named by ${JSON.stringify(recognise.namedBy)}, which "allOf" does not ask for`);
  }
}
