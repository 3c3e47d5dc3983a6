// Hands on to the extension's pages what the one connection to the host brings, in the host's own messages: to a page it
// looks as if it had a host of its own. Beside them a page hears how the connection stands and may say two things itself.

import { protocolVersion, type Change, type Connection, type HostClient, type Piece } from '../live/host-client.js';

/** To a page, beside the host's messages. */
export interface ConnectionMessage {
  readonly type: 'connection';
  readonly connection: Connection;
  readonly reason?: string;
}

/** From a page, beside the messages to the host: look for the host now; this browser is, or is not, under remote control. */
export type PageMessage = { readonly type: 'retry' } | { readonly type: 'remote'; readonly controlled: boolean };

/** What a page's connection must be able to do. */
export interface PagePort {
  postMessage(message: object): void;
}

/** Most UTF-16 code units of one text in a message, and most of all texts of one list. */
const portion = 1 << 20;

function* portions(text: string): Iterable<string> {
  for (let at = 0; at < text.length || at === 0;) {
    let end = Math.min(at + portion, text.length);
    // Not between the halves of a character: Chromium's ports would lose both.
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? '')) end--;
    yield text.slice(at, end);
    at = end;
    if (text.length === 0) return;
  }
}

function* portionsOf(piece: Piece): Iterable<Piece> {
  // A portion is a multiple of four: each part of base64 is base64.
  if ('base64' in piece) for (const base64 of portions(piece.base64)) yield { base64 };
  else for (const content of portions(piece.content)) yield { content };
}

/** An entry in the host's form. */
export interface Entry {
  readonly source: string;
  readonly content?: string | null;
  readonly base64?: string;
  readonly oversized?: number;
  readonly lines?: boolean;
  readonly reset?: boolean;
  readonly part?: number;
  readonly parts?: number;
}

/** The entries that make a change: one, or one for each part. */
export function* entriesOf(change: Change): Iterable<Entry> {
  const { source } = change;
  if ('gone' in change) {
    yield { source, content: null };
    return;
  }
  const lines = change.lines ? { lines: true } : {};
  if ('oversized' in change) {
    yield { source, oversized: change.oversized, ...lines };
    return;
  }
  // That appended lines follow on what is known was seen to where they came from; here the order of messages holds it.
  const place = change.lines && !change.append ? { reset: true } : {};
  const pieces =
    change.pieces.length === 0 ? [{ content: '' }] : change.pieces.flatMap((piece) => [...portionsOf(piece)]);
  for (const [at, piece] of pieces.entries()) {
    yield {
      source,
      ...piece,
      ...lines,
      ...place,
      ...(pieces.length > 1 ? { part: at + 1, parts: pieces.length } : {}),
    };
  }
}

const lengthOf = ({ source, content, base64 }: Entry): number => source.length + (content ?? base64 ?? '').length;

/** One page. */
class Page {
  #sequence = 0;
  /** It has said hello. */
  #asked = false;
  /** It was told all documents. */
  #greeted = false;
  constructor(
    readonly port: PagePort,
    readonly relay: Relay,
  ) {}

  post(message: object): void {
    try {
      this.port.postMessage(message);
    } catch {
      // The page is closing; that its port has ended is told next.
    }
  }

  /**
   * Welcomes the page and tells it all documents. As long as nothing is known of them, because the background has just been
   * started (again) and the host is still being asked, the list stays open: the page keeps showing what it knew.
   */
  greet(): void {
    const { client } = this.relay;
    const welcome = client.welcome ?? { program: '', folders: [], canStop: false, stopSeconds: 5 };
    this.#sequence = 0;
    this.post({ type: 'welcome', version: protocolVersion, ...welcome });
    if (!client.complete && client.connection !== 'none') return;
    this.#greeted = true;
    let documents: Entry[] = [];
    let length = 0;
    for (const change of client.entries()) {
      for (const entry of entriesOf(change)) {
        documents.push(entry);
        length += lengthOf(entry);
        if (length < portion) continue;
        this.post({ type: 'documents', sequence: ++this.#sequence, complete: false, documents });
        documents = [];
        length = 0;
      }
    }
    this.post({ type: 'documents', sequence: ++this.#sequence, complete: true, documents });
  }

  complete(): void {
    if (this.#asked) this.greet();
  }

  change(change: Change): void {
    if (!this.#greeted) return;
    for (const entry of entriesOf(change)) this.post({ type: 'change', sequence: ++this.#sequence, ...entry });
  }

  receive(message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { type, id, receipt, source, digest } = message as Record<string, unknown>;
    switch (type) {
      case 'hello':
        this.#asked = true;
        this.greet();
        this.connection();
        return;
      case 'ping':
        this.post({ type: 'pong' });
        return;
      case 'retry':
        this.relay.client.retry();
        return;
      case 'revoke': {
        if (typeof receipt !== 'string' || typeof source !== 'string' || typeof digest !== 'string') return;
        let told = 0;
        this.relay.client.revoke(receipt, source, digest, ({ effects, final, changed }) => {
          if (final) this.post({ type: 'revoked', id, changed, effects });
          else for (const effect of effects.slice(told)) this.post({ type: 'effect', id, ...effect });
          told = effects.length;
        });
        return;
      }
      default:
        return;
    }
  }

  connection(): void {
    const { connection, reason } = this.relay.client;
    if (connection === 'none' && this.#asked && !this.#greeted) this.greet();
    this.post({ type: 'connection', connection, ...(reason === undefined ? {} : { reason }) });
  }
}

/** Give its `onComplete`, `onChange` and `onConnection` to the client's options. */
export class Relay {
  readonly #pages = new Set<Page>();
  /** @param client  asked for when it is needed: the client is made with this relay's functions */
  constructor(private readonly client_: () => HostClient) {}

  get client(): HostClient {
    return this.client_();
  }

  /** A page has connected. @returns what takes its messages, and what ends it */
  add(port: PagePort): { receive(message: unknown): void; end(): void } {
    const page = new Page(port, this);
    this.#pages.add(page);
    return { receive: (message) => page.receive(message), end: () => void this.#pages.delete(page) };
  }

  readonly onComplete = (): void => {
    for (const page of this.#pages) page.complete();
  };
  readonly onChange = (change: Change): void => {
    for (const page of this.#pages) page.change(change);
  };
  readonly onConnection = (): void => {
    for (const page of this.#pages) page.connection();
  };
}
