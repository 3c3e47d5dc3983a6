// What a runtime that compiles at deployment makes of the import of `bearproof.wasm`.
declare const module: WebAssembly.Module;
export default module;
