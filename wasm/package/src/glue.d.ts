// The functions that bindings.cc exports, as Emscripten's glue offers them. Sizes are in bytes.
declare module 'bearproof-glue' {
  export interface Glue {
    readonly HEAPU8: Uint8Array;
    reserve(size: number): number;
    schemaBegin(optionsSize: number): boolean;
    schemaAdd(uriSize: number, textSize: number): void;
    schemaCompile(uriSize: number, assertFormat: boolean): number;
    schemaDispose(handle: number): void;
    begin(optionsSize: number, schema: number): boolean;
    add(sourceSize: number, textSize: number, lines: boolean): void;
    fail(sourceSize: number): void;
    tell(sourceSize: number, textSize: number, lines: boolean): void;
    told(): void;
    open(optionsSize: number, sourceSize: number, schema: number): boolean;
    push(size: number): void;
    close(): void;
    finish(pretty: boolean): void;
    graph(): void;
    coalesce(): void;
    sessionsBegin(optionsSize: number): boolean;
    sessionsAdd(sourceSize: number, textSize: number, lines: boolean): void;
    sessionsOversized(sourceSize: number, sizeHigh: number, sizeLow: number): void;
    sessionsFail(sourceSize: number): void;
    sessionsFinish(): void;
    revoke(textSize: number, nowSize: number): boolean;
    about(): void;
    rules(): void;
    kinds(): void;
    output(): number;
    outputSize(): number;
  }
  type Receive = (instance: WebAssembly.Instance) => void;
  interface Settings {
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive): WebAssembly.Exports;
  }
  /** Fills `settings` with the functions; does so before it returns when `instantiateWasm` is synchronous. */
  export default function createGlue(settings: Settings): Promise<Glue>;
}
