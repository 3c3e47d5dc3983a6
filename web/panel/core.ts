// The element's end of the rule core: a worker that holds the session view, or the view in this page where the page brings
// its own core. One set of documents is under way at a time; of those that wait only the newest is shown.
import { startWorker } from '../shared/trusted.js';
import type { Answer, Drawn, Questions, Request, Sent, Viewed, ViewOptions } from './protocol.js';
import type { PanelDocument } from './types.js';
import { Store, type SessionEngine } from './store.js';
import workerUrl from './worker-url.js';

export interface CoreListener {
  viewed(viewed: Viewed): void;
  drawn(drawn: Drawn): void;
  failed(message: string): void;
}

export interface Core {
  /** Shows these documents. @throws TypeError one of them is none */
  show(documents: readonly PanelDocument[], options: ViewOptions): void;
  /** Rows and details that are drawn. */
  watch(rows: readonly number[], details: readonly number[]): void;
  ask<Q extends keyof Questions>(question: Q, ...of: Parameters<Questions[Q]>): Promise<ReturnType<Questions[Q]>>;
  close(): void;
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A copy that nothing outside can change. @throws TypeError it is no list of documents */
export function checkedDocuments(given: Iterable<PanelDocument> | undefined): PanelDocument[] {
  return [...(given ?? [])].map((entry: unknown, at) => {
    const place = `documents[${at}]`;
    if (typeof entry !== 'object' || entry === null) throw new TypeError(`${place} is no { source, content }`);
    const { source, content, lines, oversized, label } = entry as PanelDocument;
    if (typeof source !== 'string') throw new TypeError(`${place}.source is no text`);
    const named = { source, ...(typeof label === 'string' && { label }) };
    if (typeof content === 'string' || content instanceof Uint8Array)
      return { ...named, content, lines: lines === true };
    if (typeof oversized === 'number' && content === undefined) return { ...named, oversized };
    throw new TypeError(`${place}.content is neither text nor bytes`);
  });
}

/** In the page, on a core that the page brought. */
export class PageCore implements Core {
  readonly #listener: CoreListener;
  readonly #store: Promise<Store>;
  #closed = false;
  #latest = 0;

  constructor(engine: SessionEngine | Promise<SessionEngine>, listener: CoreListener) {
    this.#listener = listener;
    this.#store = Promise.resolve(engine).then((engine) => new Store(engine));
    this.#store.catch((error: unknown) => this.#closed || listener.failed(words(error)));
  }

  show(documents: readonly PanelDocument[], options: ViewOptions): void {
    const mine = ++this.#latest;
    // What was checked and what is revoked must be one and the same, whatever the page does to its bytes meanwhile.
    const kept = documents.map((document) =>
      document.content instanceof Uint8Array ? { ...document, content: document.content.slice() } : document,
    );
    void this.#store.then(
      (store) => {
        if (this.#closed || mine !== this.#latest) return;
        let viewed: Viewed;
        try {
          viewed = store.show(kept, options);
        } catch (error) {
          this.#listener.failed(words(error));
          return;
        }
        this.#listener.viewed(viewed);
      },
      () => undefined,
    );
  }

  watch(rows: readonly number[], details: readonly number[]): void {
    void this.#store.then(
      (store) => {
        const drawn = store.watch(rows, details);
        if (!this.#closed && (drawn.rows.length > 0 || drawn.details.length > 0)) this.#listener.drawn(drawn);
      },
      () => undefined,
    );
  }

  async ask<Q extends keyof Questions>(
    question: Q,
    ...of: Parameters<Questions[Q]>
  ): Promise<ReturnType<Questions[Q]>> {
    return (await this.#store).answer(question, of);
  }

  close(): void {
    this.#closed = true;
  }
}

/** What is sent to the worker without a pause: more would keep the page from answering its user. */
const portion = { units: 1 << 20, documents: 1000 };

interface Waiting {
  readonly documents: readonly PanelDocument[];
  readonly options: ViewOptions;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** In a worker. */
export class WorkerCore implements Core {
  readonly #listener: CoreListener;
  readonly #worker: Worker;
  readonly #answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #asked = 0;
  #waiting: Waiting | undefined;
  #busy = false;
  #closed = false;
  #ready = false;
  #sent: readonly PanelDocument[] = [];

  /** @param unstarted  called in place of `failed` where the worker itself did not start @throws as `new Worker` */
  constructor(listener: CoreListener, unstarted: () => void) {
    this.#listener = listener;
    this.#worker = startWorker(workerUrl);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#receive(data));
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.#closed) return;
      if (!this.#ready) unstarted();
      else this.#listener.failed(event.message || 'the worker of the rule core ended');
    });
  }

  show(documents: readonly PanelDocument[], options: ViewOptions): void {
    this.#waiting = { documents, options };
    if (!this.#busy) void this.#next();
  }

  watch(rows: readonly number[], details: readonly number[]): void {
    this.#post({ type: 'watch', rows, details });
  }

  ask<Q extends keyof Questions>(question: Q, ...of: Parameters<Questions[Q]>): Promise<ReturnType<Questions[Q]>> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#post({ type: 'ask', id, question, of });
    });
  }

  close(): void {
    this.#closed = true;
    this.#worker.terminate();
    for (const waiting of this.#answers.values()) waiting.reject(new Error('the panel was closed'));
  }

  #receive(message: Answer): void {
    if (this.#closed) return;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        break;
      case 'viewed':
      case 'failed':
        this.#busy = false;
        // An older set that was overtaken is not drawn, so that what is drawn last is what was assigned last; but a set that
        // follows without a pause must not keep every one from being drawn.
        if (message.type === 'viewed') this.#listener.viewed(message.viewed);
        else this.#listener.failed(message.message);
        void this.#next();
        break;
      case 'drawn':
        this.#listener.drawn(message.drawn);
        break;
      case 'answer': {
        const waiting = this.#answers.get(message.id);
        this.#answers.delete(message.id);
        if (message.error !== undefined) waiting?.reject(new Error(message.error));
        else waiting?.resolve(message.value);
      }
    }
  }

  /** Sends the newest set: what the worker already has by its place, the rest in portions. */
  async #next(): Promise<void> {
    const next = this.#waiting;
    if (!next || this.#closed) return;
    this.#waiting = undefined;
    this.#busy = true;
    // Bytes can be changed in place, so they are always sent again.
    const before = new Map(this.#sent.map((document, at) => [document.source, at]));
    const sent: Sent[] = [];
    let units = 0;
    let since = 0;
    for (const document of next.documents) {
      const at = before.get(document.source);
      const old = at === undefined ? undefined : this.#sent[at];
      const { content, ...rest } = document;
      if (++since > portion.documents || units > portion.units) {
        await pause();
        if (this.#closed) return;
        units = since = 0;
      }
      if (
        at !== undefined &&
        !(content instanceof Uint8Array) &&
        old?.content === content &&
        old?.lines === document.lines &&
        old?.oversized === document.oversized &&
        old?.label === document.label
      ) {
        sent.push(at);
        continue;
      }
      let parts = 0;
      for (let from = 0; content !== undefined && (from < content.length || parts === 0); from += portion.units) {
        if (parts > 0) {
          await pause();
          if (this.#closed) return;
          units = since = 0;
        }
        this.#post({ type: 'part', content: content.slice(from, from + portion.units) });
        units += Math.min(portion.units, content.length - from);
        parts++;
      }
      sent.push({ ...rest, parts });
    }
    this.#sent = next.documents;
    this.#post({ type: 'documents', documents: sent });
    this.#post({ type: 'show', options: next.options });
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }
}
