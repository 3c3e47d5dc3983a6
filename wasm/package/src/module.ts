// From what the caller has to a compiled module: one branch for each place a module can come from.

import type { LoadOptions } from './options.js';

interface NodeProcess {
  getBuiltinModule?(name: 'node:fs'): { readFileSync(path: URL): Uint8Array<ArrayBuffer> };
}

/** Node's fetch refuses file: URLs. */
const readFile = (url: URL): Uint8Array<ArrayBuffer> | undefined =>
  url.protocol === 'file:'
    ? (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:fs').readFileSync(url)
    : undefined;

const fetchFile = async (url: URL): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  return response;
};

const fetchModule = async (url: URL): Promise<WebAssembly.Module> => {
  const response = await fetchFile(url);
  // Compiling while loading asks for the right Content-Type, which not every server sends.
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};

const absolute = (url: URL | string): URL =>
  new URL(url, (globalThis as { location?: { href: string } }).location?.href);

/** The module itself, or compiled from its bytes or from what lies at a URL. */
export const compile = async (wasm: LoadOptions['wasm']): Promise<WebAssembly.Module> => {
  if (wasm instanceof WebAssembly.Module) return wasm;
  if (typeof wasm === 'string' || wasm instanceof URL || wasm === undefined) {
    if (wasm === undefined && !import.meta.url) {
      throw new TypeError('this runtime cannot load files: give load() a WebAssembly.Module as `wasm`');
    }
    const url = wasm === undefined ? new URL('./bearproof.wasm', import.meta.url) : absolute(wasm);
    const bytes = readFile(url);
    return bytes ? WebAssembly.compile(bytes) : fetchModule(url);
  }
  return WebAssembly.compile(wasm);
};

/** The long texts of the rules. */
export const readTexts = async (texts: LoadOptions['texts']): Promise<object> => {
  if (texts === undefined) return {};
  if (typeof texts === 'object' && !(texts instanceof URL)) return texts;
  const url = texts === true ? new URL('./texts.json', import.meta.url) : absolute(texts);
  const bytes = readFile(url);
  return (bytes ? JSON.parse(new TextDecoder().decode(bytes)) : (await fetchFile(url)).json()) as object;
};
