// Bytes of Wasm by component. The release module is linked once more with the names of its functions kept (bearproof_named);
// each function's body counts for the component that its name lies in. Inlining moves code from a component to its callers,
// so this tells where code is, not where it was written.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const components = ['json', 'regex', 'schema', 'contract', 'rules', 'report', 'collection', 'narrative', 'wasm'];

/** The component of a function by the first name of ours in its own: arguments come later; a template is of whom it serves. */
const componentOf = (name) => {
  const ours = /bearproof::([a-z]+)?/.exec(name);
  if (ours) return components.includes(ours[1]) ? ours[1] : 'finding, catalogue, validator';
  if (name.includes('simdjson')) return 'json (simdjson)';
  if (name.includes('emscripten::') || name.includes('embind')) return 'embind';
  return 'C and C++ libraries';
};

/** Size of each symbol of a module with names: functions (t, T), and data by section (d, D). */
const symbolsOf = (file) =>
  execFileSync('emnm', ['--print-size', '--demangle', file], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .map((line) => /^[0-9a-f]+ ([0-9a-f]+) (\w) (.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, size, type, name]) => ({ isFunction: type.toLowerCase() === 't', bytes: parseInt(size, 16), name }));

/**
 * @param {string} named the module with names  @param {string} shipped the module without
 * @returns {{ raw: number, brotli: number, components: { component: string, bytes: number, share: number }[] }}
 */
export const measureComponents = (named, shipped) => {
  const bytes = new Map();
  for (const symbol of symbolsOf(named)) {
    const component = symbol.isFunction ? componentOf(symbol.name) : 'data: texts, tables, schemas';
    bytes.set(component, (bytes.get(component) ?? 0) + symbol.bytes);
  }
  const module = readFileSync(shipped);
  const known = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  bytes.set('types, imports, tables of functions', Math.max(0, module.length - known));
  const compressed = brotliCompressSync(module, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: module.length },
  }).length;
  return {
    raw: module.length,
    brotli: compressed,
    components: [...bytes]
      .map(([component, size]) => ({ component, bytes: size, share: size / module.length }))
      .sort((a, b) => b.bytes - a.bytes),
  };
};
