// What a runtime that compiles at deployment makes of the import of a .wasm file.
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
