// Why an engine's verdict is not the one that the suite (or, of our own documents, our schema) asks for. The first line
// that fits tells; where none fits, disagreements.mjs fails.

const has = (schema, keyword) => JSON.stringify(schema).includes(`"${keyword}":`);
const formats = (one) => one.file.startsWith('optional/format');

/** Per engine: [what it applies to, the cause]. The verdict is '+', '-' or '!' (refused). */
const causes = {
  Bearproof: [
    [
      (one) => one.file === 'optional/cross-draft.json',
      'Refused by design: the schema refers into one of draft 2019-09, and a `$schema` of another draft is refused by name (`schema.draft.unsupported`) instead of being read as 2020-12.',
    ],
  ],
  valijson: [
    [
      (one) =>
        formats(one) || (one.set === 'documents' && has(one.group.schema, 'format') && one.verdicts.valijson === '+'),
      '`format` is kept from valijson (it knows date, time, date-time and ipv4 alone), so it accepts whatever only a format refuses. Wrong wherever formats are asserted.',
    ],
    [
      (one) => ['multipleOf.json', 'optional/float-overflow.json'].includes(one.file),
      '`multipleOf` is reckoned in doubles. Wrong: both numbers are decimals, and exact.',
    ],
    [
      (one) => one.file === 'optional/bignum.json',
      'An integer beyond 64 bits is shown to valijson as a double, which it does not take for an integer. Wrong.',
    ],
    [
      (one) => one.file === 'vocabulary.json',
      'The metaschema leaves the validation vocabulary out; draft 7 has no vocabularies and valijson asserts its keywords all the same. Right by draft 7, wrong by 2020-12.',
    ],
    [
      (one) => one.file.endsWith('key-written-twice.json'),
      'A key is written twice. valijson compares the number of members with that of the names it knows, so that a closed object seems to hold a stranger. JSON Schema does not say; Bearproof refuses such a document before any schema is asked (`parse.key.duplicate`).',
    ],
  ],
  Ajv: [
    [
      (one) => one.file === 'optional/cross-draft.json',
      'Refused: the referenced schema names draft 2019-09, whose metaschema `Ajv2020` does not hold.',
    ],
    [
      (one) => one.file === 'optional/format-assertion.json',
      'Refused: a metaschema of its own with the format-assertion vocabulary.',
    ],
    [
      formats,
      (one, verdict) =>
        verdict === '+'
          ? 'ajv-formats tests by regular expressions that are looser than the RFC, or does not check the format at all (idn-hostname, idn-email, iri). Wrong.'
          : 'ajv-formats refuses what the RFC allows (quoted local parts, addresses in brackets, dots in URI templates, long fractions of a second). Wrong.',
    ],
    [
      (one) =>
        has(one.group.schema, '$dynamicRef') ||
        has(one.group.schema, '$dynamicAnchor') ||
        /dynamicRef/.test(one.file) ||
        /dynamic/i.test(one.group.description),
      (one, verdict) =>
        verdict === '!'
          ? '`$dynamicRef` beyond the pattern of recursive metaschemas: the reference is not found, the schema refused. Wrong.'
          : '`$dynamicRef` is resolved by name alone, without regard to dynamic scope and schema resources. Wrong.',
    ],
    [
      (one) => one.group.description === 'empty enum',
      'Refused: `enum: []`, which 2020-12 advises against and does not forbid. Wrong.',
    ],
    [
      (one) => one.file === 'ref.json' || one.file === 'optional/unknownKeyword.json',
      'Refused: a reference by relative URI, by URN with a pointer, or beside a `$id` within an unknown keyword is not found. Wrong.',
    ],
    [
      (one) => /unevaluated(Items|Properties)\.json/.test(one.file),
      'What a branch has evaluated is followed when compiling and not when running: `contains`, `if` without `then`, `prefixItems` in nested branches. Wrong.',
    ],
    [
      (one) => /Javascript object property names/.test(one.group.description),
      '`__proto__`, `toString` and `constructor` are found on the prototype of every JavaScript object. Wrong.',
    ],
    [
      (one) => one.file === 'optional/float-overflow.json',
      '`multipleOf` is reckoned in doubles; the quotient is infinite. Wrong: both numbers are decimals, and exact.',
    ],
    [
      (one) => one.file === 'vocabulary.json',
      '`$vocabulary` is not looked at: keywords of a vocabulary that the metaschema leaves out are asserted. Wrong.',
    ],
  ],
  schemasafe: [
    [(one) => one.file === 'optional/cross-draft.json', 'Refused: a reference into a schema of another draft.'],
    [
      (one, verdict) => formats(one) && verdict === '!' && one.file.endsWith('unknown.json'),
      'Refused: a format of no known name, which 2020-12 lets be an annotation. Wrong, and meant so: what cannot be checked is not compiled.',
    ],
    [
      (one, verdict) => formats(one) && verdict === '!' && one.file.endsWith('format-assertion.json'),
      'Refused: a metaschema of its own with the format-assertion vocabulary.',
    ],
    [
      (one, verdict) => (formats(one) || one.file === 'format.json') && verdict === '!',
      'Refused: idn-email, idn-hostname, iri and iri-reference are not known. Meant so: what cannot be checked is not compiled; even where formats only annotate.',
    ],
    [
      formats,
      (one, verdict) =>
        verdict === '+'
          ? 'Formats are tested by regular expressions that are looser than the RFC. Wrong.'
          : 'Formats refuse what the RFC allows (quoted local parts, addresses in brackets, dots in URI templates, long durations). Wrong.',
    ],
    [(one) => one.file === 'vocabulary.json', 'Refused: a `$schema` that is not one of the known drafts. Wrong.'],
    [
      (one) => has(one.group.schema, '$dynamicRef') || /dynamic/i.test(one.group.description),
      (one, verdict) =>
        verdict === '!'
          ? 'Refused: `$dynamicRef` beside `unevaluatedItems` or `unevaluatedProperties`. Wrong.'
          : '`$dynamicRef` finds an anchor of a resource that is not in dynamic scope. Wrong.',
    ],
    [
      (one) => JSON.stringify(one.group.schema).includes('json-schema.org/draft/2020-12/schema"'),
      'Refused: a reference to the metaschema itself, which it does not hold. Wrong.',
    ],
  ],
  Blaze: [
    [
      (one) => one.file === 'optional/refOfUnknownKeyword.json',
      'Refused: a reference into an unknown keyword. 2020-12 leaves that to the implementation, so the suite has it among the optional cases. Right too.',
    ],
  ],
};

/**
 * @param {string} engine
 * @param {object} one  a case, as disagreements.mjs makes it
 * @param {'+' | '-' | '!'} verdict
 * @returns {string | undefined}
 */
export const causeOf = (engine, one, verdict) => {
  const found = causes[engine]?.find(([applies]) => applies(one, verdict));
  if (!found) return undefined;
  return typeof found[1] === 'function' ? found[1](one, verdict) : found[1];
};
