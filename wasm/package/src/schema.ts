import type { Engine } from './engine.js';
import type { SourceOptions } from './options.js';
import type { Finding, Report } from './types.js';

/** A schema that cannot be used: what is wrong with it, and where. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  /** Of all the schemas that were given. */
  readonly findings: Finding[];

  /** @param report  the schemas with findings, as documents named by their URIs */
  constructor(readonly report: Report) {
    const findings = report.documents.flatMap((document) => document.findings);
    super(findings.find(({ severity }) => severity === 'error')?.message ?? 'this is not a valid schema');
    this.findings = findings;
  }
}

/** What a schema is made from; kept, since an instance that failed takes its schemas with it. */
export interface Recipe {
  options: string;
  uri: string;
  assertFormat: boolean;
  /** URI and text, the schema itself first. */
  texts: [string, string | Uint8Array][];
}

type Check = (content: string | Uint8Array, options: SourceOptions) => Report;

/** A compiled schema. It judges alone: no kind is recognised, and no rule but the schema's keywords and the reader's runs. */
export class Schema {
  readonly #check: Check;
  readonly #engine: Engine;
  #recipe: Recipe | undefined;
  /** In each engine: the instance that it was compiled in, and its number there. */
  readonly #compiled = new WeakMap<Engine, { instance: object; handle: number }>();
  /** What is worth knowing about the schema though it can be used. */
  readonly warnings: Finding[];

  /** @internal */
  constructor(engine: Engine, recipe: Recipe, check: Check) {
    this.#engine = engine;
    this.#recipe = recipe;
    this.#check = check;
    this.warnings = this.#compile(engine, recipe).documents.flatMap((document) => document.findings);
  }

  /** Checks one document, as Bearproof.check does. */
  check(content: string | Uint8Array, options: SourceOptions = {}): Report {
    return this.#check(content, { ...options, schema: this });
  }

  /** Gives the memory back. Nothing may be checked afterwards. */
  dispose(): void {
    this.#recipe = undefined;
    const compiled = this.#compiled.get(this.#engine);
    if (compiled?.instance === this.#engine.instance) this.#engine.disposeSchema(compiled.handle);
    this.#compiled.delete(this.#engine);
  }

  /** @internal Its number in an engine, compiled there if it is not yet. */
  in(engine: Engine): number {
    if (!this.#recipe) throw new Error('the schema was disposed of');
    const compiled = this.#compiled.get(engine);
    if (compiled?.instance === engine.instance) return compiled.handle;
    this.#compile(engine, this.#recipe);
    return this.#compiled.get(engine)!.handle;
  }

  #compile(engine: Engine, { options, uri, assertFormat, texts }: Recipe): Report {
    const { handle, report } = engine.compileSchema(options, uri, assertFormat, texts);
    if (handle === 0) throw new SchemaError(JSON.parse(report) as Report);
    this.#compiled.set(engine, { instance: engine.instance, handle });
    return JSON.parse(report) as Report;
  }
}
