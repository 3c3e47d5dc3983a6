// Example documents, taken into the page when it is built: of every kind that has some, and the sample sessions.
import type { Example } from './protocol.js';

const files = {
  ...import.meta.glob<string>('../../schemas/**/examples/*.json', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../samples/*.json', { query: '?raw', import: 'default', eager: true }),
};

export const examples: readonly Example[] = Object.entries(files)
  .map(([path, text]) => ({ path: path.replace(/^(\.\.\/)+/, '').replace(/^samples\//, 'web/samples/'), text }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
