// Session logs of any size, and the schema that they keep: what a validator meets apart from receipts. Nested objects,
// references, patterns, enumerations, formats, closed objects; deterministic.

/** @type {object} draft 2020-12 */
export const sessionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://bearproof.example/bench/session',
  type: 'object',
  required: ['session', 'agent', 'startedAt', 'actions'],
  additionalProperties: false,
  properties: {
    session: { type: 'string', pattern: '^urn:srcos:session:' },
    agent: { $ref: '#/$defs/agent' },
    startedAt: { type: 'string', format: 'date-time' },
    visible: { const: true },
    actions: { type: 'array', minItems: 1, items: { $ref: '#/$defs/action' } },
  },
  $defs: {
    agent: {
      type: 'object',
      required: ['name', 'owner'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 80 },
        owner: { type: 'string', format: 'email' },
      },
    },
    action: {
      type: 'object',
      required: ['seq', 'at', 'what', 'target'],
      additionalProperties: false,
      properties: {
        seq: { type: 'integer', minimum: 0 },
        at: { type: 'string', format: 'date-time' },
        what: { enum: ['navigate', 'click', 'type', 'read', 'download', 'screenshot'] },
        target: { type: 'string', pattern: '^[a-z]+#[a-z0-9-]+$' },
        took: { type: 'number', minimum: 0, maximum: 3600 },
      },
    },
  },
};

const whats = ['navigate', 'click', 'type', 'read', 'download', 'screenshot'];

/** @param {number} actions 9 make a kilobyte, 150 make 15, 1500 make 150 */
export const session = (actions, number = 0) => ({
  session: `urn:srcos:session:bench-${String(number).padStart(6, '0')}`,
  agent: { name: 'invoice-clerk', owner: 'ada@example.org' },
  startedAt: '2026-05-04T10:05:00Z',
  visible: true,
  actions: Array.from({ length: actions }, (_, i) => ({
    seq: i,
    at: `2026-05-04T10:${String(6 + (i % 50)).padStart(2, '0')}:${String((i * 7) % 60).padStart(2, '0')}.250Z`,
    what: whats[(i + number) % whats.length],
    target: `button#save-${(i * 31 + number) % 1000}`,
    took: ((i * 37) % 900) / 100,
  })),
});

/** NDJSON of about this many bytes. @returns {{ bytes: Uint8Array, count: number }} */
export const sessionLines = (actions, size) => {
  const one = JSON.stringify(session(actions)).length + 1;
  const count = Math.max(1, Math.round(size / one));
  const text = Array.from({ length: count }, (_, i) => `${JSON.stringify(session(actions, i))}\n`).join('');
  return { bytes: new TextEncoder().encode(text), count };
};
