import { Engine } from './engine.js';
import { Lines } from './lines.js';
import { Schema, type Recipe } from './schema.js';
import type {
  CheckOptions,
  Input,
  Limits,
  LongTexts,
  RevokeOptions,
  SchemaOptions,
  SessionInput,
  SessionsOptions,
  SourceOptions,
  TextOptions,
} from './options.js';
import type { EventGroup, Graph, Kind, Narrative, Report, Revocation, Rule, SessionView } from './types.js';

/** NDJSON is handed over in portions of this size: the core's buffer stays small, whatever the file. */
const portion = 1 << 20;

const unnamed = '-';

/** What is done with each of several documents, and at their beginning and end. */
interface Work<Document> {
  begin(engine: Engine): void;
  add(engine: Engine, document: Document): void;
  /** In place of `add`, for a document that made the core fail. */
  fail(engine: Engine, document: Document): void;
  finish(engine: Engine): string;
}

/** A document that cannot be handed over must not leave what was shown before standing. */
function requireDocument(document: SessionInput): void {
  const { source, content, oversized } = (document ?? {}) as {
    source?: unknown;
    content?: unknown;
    oversized?: unknown;
  };
  if (typeof source !== 'string') throw new TypeError('a document has no source');
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  const isSize = Number.isSafeInteger(oversized) && (oversized as number) >= 0;
  if (!isText && !isSize) throw new TypeError(`the document ${JSON.stringify(source)} has no content`);
}

/** The rule core, loaded: everything below is synchronous and asks no network. */
export class Bearproof {
  readonly #engine: Engine;
  readonly #limits: Limits | undefined;
  readonly #texts: Record<string, LongTexts>;
  #ruleById: Map<string, Rule> | undefined;
  /** Of Bearproof. */
  readonly version: string;
  /** Digest of the rules and schemas: equal rulesets judge alike. */
  readonly ruleset: string;

  /** @internal */
  constructor(module: WebAssembly.Module, limits: Limits | undefined, texts: Record<string, LongTexts>) {
    this.#engine = new Engine(module);
    this.#limits = limits;
    this.#texts = texts;
    this.#engine.begin(this.#write({})); // refuses wrong limits now rather than at the first check
    const about = JSON.parse(this.#engine.list('about')) as { version: string; ruleset: string };
    this.version = about.version;
    this.ruleset = about.ruleset;
  }

  /** Checks one document. @throws TypeError an option that does not exist or has a wrong value */
  check(content: string | Uint8Array, options: SourceOptions = {}): Report {
    return JSON.parse(this.checkText(content, options)) as Report;
  }

  /** The report of `check` as the core wrote it: the same bytes in every build. */
  checkText(content: string | Uint8Array, options: TextOptions = {}): string {
    const { source = unnamed, pretty, ...rest } = options;
    return this.#checkAll([{ source, content }], rest, pretty);
  }

  /** Checks documents that belong together into one report. @throws TypeError as `check` */
  checkAll(documents: Iterable<Input>, options: CheckOptions = {}): Report {
    return JSON.parse(this.#checkAll([...documents], options)) as Report;
  }

  /** The report of `checkAll` as the core wrote it: the same bytes in every build. */
  checkAllText(documents: Iterable<Input>, options: CheckOptions & { pretty?: boolean } = {}): string {
    const { pretty, ...rest } = options;
    return this.#checkAll([...documents], rest, pretty);
  }

  /**
   * Checks NDJSON, one document per line. Lists only documents with a finding at or above the level (default: `warning`),
   * counts all. @throws TypeError as `check`
   */
  checkLines(bytes: Uint8Array, options: SourceOptions = {}): Report {
    return JSON.parse(this.checkLinesText(bytes, options)) as Report;
  }

  /** The report of `checkLines` as the core wrote it. */
  checkLinesText(bytes: Uint8Array, options: TextOptions = {}): string {
    const { source = unnamed, pretty, ...rest } = options;
    const engine = this.#engine;
    const text = this.#write(rest);
    engine.open(text, source, rest.schema);
    try {
      for (let at = 0; at < bytes.length; at += portion) engine.push(bytes.subarray(at, at + portion));
      engine.close();
      return engine.finish(pretty);
    } catch {
      return this.#checkAll([{ source, content: '' }], rest, pretty, new Set([0]));
    } finally {
      engine.settle();
    }
  }

  /** The same for a stream. @throws TypeError as `check` */
  lines(options: SourceOptions = {}): Lines {
    const { source = unnamed, ...rest } = options;
    return new Lines(this.#engine.another(), this.#write(rest), source, rest.schema);
  }

  /**
   * Compiles a JSON Schema (draft 2020-12). @throws SchemaError it, or a schema that it refers to, is not valid, or a
   * reference leads nowhere
   */
  schema(root: string | Uint8Array, options: SchemaOptions = {}): Schema {
    const { registry = {}, assertFormat = false, uri = 'urn:bearproof:schema' } = options;
    const recipe = { options: this.#write({}), uri, assertFormat, texts: [[uri, root], ...Object.entries(registry)] };
    return new Schema(this.#engine, recipe as Recipe, (content, rest) => this.check(content, rest));
  }

  /** Tells what documents say: what happened, why policy acted, what risk remains, what to do. */
  narrate(documents: Iterable<Input>): Narrative[] {
    const add = (engine: Engine, document: Input) => engine.tell(document);
    const text = this.#each(
      [...documents],
      this.#reporting(this.#write({}), add, (engine) => engine.told()),
    );
    return JSON.parse(text) as Narrative[];
  }

  /** The services among the documents, and their capabilities. */
  graph(documents: Iterable<Input>): Graph {
    const add = (engine: Engine, document: Input) => engine.add(document);
    const options = this.#write({ collection: true, level: 'error' });
    const work = this.#reporting(options, add, (engine) => engine.list('graph'));
    return JSON.parse(this.#each([...documents], work)) as Graph;
  }

  /** Groups what an append-only store of events (NDJSON) repeats; nothing critical is ever grouped. */
  coalesce(content: string | Uint8Array): EventGroup[] {
    const add = (engine: Engine, store: Input) => engine.add(store);
    const options = this.#write({ collection: true, level: 'error' });
    const store = { source: unnamed, content, lines: true };
    const work = this.#reporting(options, add, (engine) => engine.list('coalesce'));
    return JSON.parse(this.#each([store], work)) as EventGroup[];
  }

  /**
   * What documents say of the automation sessions in them: receipts of every dialect, logs of them, and what they refer
   * to, judged by the rules' own severities. @throws TypeError an option or a document that is not what it should be
   */
  sessions(documents: Iterable<SessionInput>, options: SessionsOptions = {}): SessionView {
    return JSON.parse(this.sessionsText(documents, options)) as SessionView;
  }

  /** The view of `sessions` as the core wrote it: the same bytes in every build. */
  sessionsText(documents: Iterable<SessionInput>, options: SessionsOptions = {}): string {
    const all = [...documents];
    all.forEach(requireDocument);
    if ('limits' in options) throw new TypeError('limits belong to load()');
    const text = JSON.stringify({ ...options, limits: this.#limits });
    return this.#each(all, {
      begin: (engine) => engine.beginSessions(text),
      add: (engine, document) => engine.addSession(document),
      fail: (engine, document) => engine.failSession(document.source),
      finish: (engine) => engine.finishSessions(),
    });
  }

  /**
   * Revokes the session that a browser automation receipt tells of: edits its text in place, so that only the state and
   * `revokedAt` differ. Nothing is stopped. A receipt that is revoked already comes back unchanged.
   * @throws Error  with the reason: the text is no document, no such receipt, or its session has ended
   */
  revoke(document: string | Uint8Array, { now }: RevokeOptions): Revocation {
    // Encoding would replace it, and the receipt would no longer be what was given.
    if (typeof document === 'string' && /\p{Surrogate}/u.test(document)) {
      throw new Error('the text is no JSON document: it holds a lone surrogate');
    }
    const engine = this.#engine;
    const instant = now instanceof Date ? now.toISOString() : now;
    engine.begin(this.#write({}));
    let answer: { revoked: boolean; text: string };
    try {
      answer = engine.revoke(document, instant);
    } catch (error) {
      // A trap leaves the instance in no known state.
      engine.restart();
      throw error;
    }
    engine.settle();
    if (!answer.revoked) throw new Error(answer.text);
    return JSON.parse(answer.text) as Revocation;
  }

  /** Every rule, with its long texts if `load` was given any. */
  rules(): Rule[] {
    return (JSON.parse(this.#engine.list('rules')) as Rule[]).map((rule) => {
      const { conditions, ...texts } = this.#texts[rule.id] ?? {};
      const cases = rule.cases.map((one, at) => (conditions?.[at] ? { ...one, condition: conditions[at] } : one));
      return { ...rule, ...texts, cases };
    });
  }

  /** Every kind that the core recognises, and the dialects of each. */
  kinds(): Kind[] {
    return JSON.parse(this.#engine.list('kinds')) as Kind[];
  }

  /** One of `rules()`. @throws RangeError there is no such rule */
  explain(id: string): Rule {
    this.#ruleById ??= new Map(this.rules().map((rule) => [rule.id, rule]));
    const rule = this.#ruleById.get(id);
    if (!rule) throw new RangeError(`there is no rule ${JSON.stringify(id)}`);
    // A copy: what a caller does to it changes no other answer.
    return structuredClone(rule);
  }

  /** Options as the core reads them. */
  #write(options: CheckOptions): string {
    if ('limits' in options) throw new TypeError('limits belong to load()');
    return JSON.stringify({ ...options, schema: undefined, limits: this.#limits });
  }

  /** @param failed  indices of documents that made the core fail before */
  #checkAll(documents: Input[], options: CheckOptions, pretty = false, failed = new Set<number>()): string {
    const add = (engine: Engine, document: Input) => engine.add(document);
    const several = documents.length > 1 || documents.some(({ lines }) => lines);
    const together = several && options.collection === undefined;
    const text = this.#write(together ? { ...options, collection: true } : options);
    return this.#each(
      documents,
      this.#reporting(text, add, (engine) => engine.finish(pretty), options.schema),
      failed,
    );
  }

  /** Hands the documents over one by one; what made the core fail is told as that. */
  #each<Document extends { source: string }>(
    documents: Document[],
    work: Work<Document>,
    failed = new Set<number>(),
  ): string {
    const engine = this.#engine;
    for (;;) {
      if (failed.size) engine.restart();
      work.begin(engine);
      let at = 0;
      try {
        for (const document of documents) {
          if (failed.has(at)) {
            work.fail(engine, document);
          } else {
            work.add(engine, document);
          }
          ++at;
        }
        const result = work.finish(engine);
        engine.settle();
        return result;
      } catch (error) {
        // A trap leaves the instance in no known state: start afresh, and let the document that did it be told of.
        if (at === documents.length || failed.has(at)) throw error;
        failed.add(at);
      }
    }
  }

  /** Work over documents as `begin` starts it. */
  #reporting(
    options: string,
    add: (engine: Engine, document: Input) => void,
    finish: (engine: Engine) => string,
    schema?: Schema,
  ): Work<Input> {
    return {
      begin: (engine) => engine.begin(options, schema),
      add,
      fail: (engine, { source }) => engine.fail(source),
      finish,
    };
  }
}
