// The package `bearproof`.

import { Bearproof } from './bearproof.js';
import { compile, readTexts } from './module.js';
import type { LoadOptions, LongTexts } from './options.js';

/**
 * Loads the rule core. Without `wasm` it takes the file beside this module: by fetch in a page or worker, from disk in
 * Node. A runtime that compiles at deployment (workerd) has to give the module.
 * @throws TypeError  no module, or limits that the core refuses
 */
export const load = async ({ wasm, texts, limits }: LoadOptions = {}): Promise<Bearproof> => {
  const [module, longTexts] = await Promise.all([compile(wasm), readTexts(texts)]);
  return new Bearproof(module, limits, longTexts as Record<string, LongTexts>);
};

export type { Bearproof } from './bearproof.js';
export type { Lines } from './lines.js';
export type * from './options.js';
export { SchemaError, type Schema } from './schema.js';
export type * from './types.js';
