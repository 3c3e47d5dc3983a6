// The rule core and the session view, beside the page: no number or size of documents makes the page wait.
import { load } from 'bearproof';
import type { Answer, Request } from './protocol.js';
import type { PanelDocument } from './types.js';
import { Store } from './store.js';

const answer = (message: Answer, transfer: Transferable[] = []) => postMessage(message, { transfer });
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Parts of contents whose document is still to come. */
let parts: (string | Uint8Array)[] = [];
let documents: readonly PanelDocument[] = [];

function joined(count: number): string | Uint8Array | undefined {
  const mine = parts.splice(0, count);
  if (mine.length <= 1) return mine[0];
  if (typeof mine[0] === 'string') return mine.join('');
  const all = new Uint8Array(mine.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of mine as Uint8Array[]) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function receive(store: Store, request: Request): void {
  switch (request.type) {
    case 'part':
      parts.push(request.content);
      break;
    case 'documents': {
      const before = documents;
      documents = request.documents.map((sent) => {
        if (typeof sent === 'number') return before[sent] as PanelDocument;
        const { parts: count, ...document } = sent;
        const content = joined(count);
        return content === undefined ? document : { ...document, content };
      });
      parts = [];
      break;
    }
    case 'show':
      try {
        const viewed = store.show(documents, request.options);
        answer({ type: 'viewed', viewed }, [viewed.order.buffer, viewed.flags.buffer] as Transferable[]);
      } catch (error) {
        answer({ type: 'failed', message: words(error), started: true });
      }
      break;
    case 'watch': {
      const drawn = store.watch(request.rows, request.details);
      if (drawn.rows.length > 0 || drawn.details.length > 0) answer({ type: 'drawn', drawn });
      break;
    }
    case 'ask':
      try {
        answer({ type: 'answer', id: request.id, value: store.answer(request.question, request.of) });
      } catch (error) {
        answer({ type: 'answer', id: request.id, error: words(error) });
      }
  }
}

// Whatever is asked for before the core is loaded waits.
const waiting: Request[] = [];
let handle = (request: Request): void => void waiting.push(request);
addEventListener('message', ({ data }: MessageEvent<Request>) => handle(data));
try {
  // The texts that explain rules are fetched now: the page goes on when its server is gone.
  const store = new Store(await load({ texts: true }));
  handle = (request) => receive(store, request);
  answer({ type: 'ready' });
  for (const request of waiting) handle(request);
} catch (error) {
  answer({ type: 'failed', message: words(error), started: false });
}
