// Emscripten's glue as the package uses it. The functions that bindings.cc exports are declared by Emscripten
// (build/npm/bindings.d.ts, written when the package is built); of memory and settings it would say only `any`.
import type { EmbindModule } from 'bearproof-bindings';

export interface Glue extends EmbindModule {
  readonly HEAPU8: Uint8Array;
}

type Receive = (instance: WebAssembly.Instance) => void;
interface Settings {
  instantiateWasm(imports: WebAssembly.Imports, receive: Receive): WebAssembly.Exports;
}

/** Fills `settings` with the functions; does so before it returns when `instantiateWasm` is synchronous. */
export default function createGlue(settings: Settings): Promise<Glue>;
