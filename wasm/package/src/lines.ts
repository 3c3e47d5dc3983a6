import type { Engine } from './engine.js';
import type { Schema } from './schema.js';
import type { Report } from './types.js';

/**
 * NDJSON as it arrives, in any portions. Each report lists the documents that its portion completed and that have a
 * finding at or above the level; its summary counts every document since the start.
 */
export class Lines {
  #engine: Engine | undefined;
  readonly #failed: () => string;
  #failure: string | undefined;

  /** @internal */
  constructor(engine: Engine, options: string, source: string, schema?: Schema) {
    this.#engine = engine;
    engine.open(options, source, schema);
    this.#failed = () => {
      engine.restart();
      engine.begin(options);
      engine.fail(source);
      return engine.finish();
    };
  }

  /** Takes the next portion. */
  push(chunk: Uint8Array): Report {
    return this.#take((engine) => {
      engine.push(chunk);
    });
  }

  /** No more is to come: what follows the last line end is the last line. */
  end(): Report {
    return this.#take((engine) => {
      engine.close();
    });
  }

  /** Gives the memory back. Nothing may be pushed afterwards. */
  dispose(): void {
    this.#engine = undefined;
  }

  /** A stream whose instance failed has lost its place: from then on every report says so. */
  #take(work: (engine: Engine) => void): Report {
    const engine = this.#engine;
    if (!engine) throw new Error('the stream was disposed of');
    if (this.#failure === undefined) {
      try {
        work(engine);
        return JSON.parse(engine.finish()) as Report;
      } catch {
        this.#failure = this.#failed();
      }
    }
    return JSON.parse(this.#failure) as Report;
  }
}
