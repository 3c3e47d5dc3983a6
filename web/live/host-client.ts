// The client side of the host's messages (version 1), over any duplex of JSON messages: the native port of the extension's
// background page, the runtime port of its panel pages, the bridge of `./dev run`. It keeps the documents by source, joins
// parts and appended log lines, reconnects, and hands a revocation's effects on. It judges nothing.

/** The version of the host's messages that this client speaks. */
export const protocolVersion = 1;

/** One open connection. `close` may be called more than once; after it nothing is received. */
export interface HostChannel {
  send(message: object): void;
  close(): void;
}

/** What a channel tells: each message as parsed JSON, and once that it has ended, with a reason for people where there is one. */
export interface HostListener {
  message(value: unknown): void;
  closed(reason?: string): void;
}

/** Opens a channel; may throw, which counts as a channel that closed at once. */
export type OpenHost = (listener: HostListener) => HostChannel;

/**
 * `connected`: the host has sent all documents and every change since. `connecting`: an attempt is under way.
 * `none`: no host answers; attempts go on.
 */
export type Connection = 'connected' | 'connecting' | 'none';

export interface HostFolder {
  readonly path: string;
  readonly label: string;
  readonly exists: boolean;
}

/** What the host says of itself. */
export interface HostWelcome {
  readonly program: string;
  readonly folders: readonly HostFolder[];
  /** A stop command is configured. */
  readonly canStop: boolean;
  /** How long the stop command may take. */
  readonly stopSeconds: number;
}

/**
 * A document as `sessions()` and the panel take it. An entry that did not change is the same object in the next list.
 */
export type HostDocument = {
  readonly source: string;
  /** Label of the folder that it came from. */
  readonly label?: string;
} & (
  | {
      readonly content: string | Uint8Array;
      /** The content is NDJSON. */
      readonly lines?: boolean;
      readonly oversized?: undefined;
    }
  /** In place of content: its size in bytes. */
  | { readonly oversized: number; readonly content?: undefined }
);

const effectNames = ['record', 'event', 'transport', 'token'] as const;
export type EffectName = (typeof effectNames)[number];

/** What came of one part of a revocation. */
export interface Effect {
  readonly effect: EffectName;
  readonly ok: boolean;
  readonly detail?: string;
}

/** What is known of a revocation so far. */
export interface RevokeProgress {
  /** All that is known, in the order in which it became known; when final, as the host sums it up. */
  readonly effects: readonly Effect[];
  /** Nothing follows. */
  readonly final: boolean;
  /** The record on disk was no longer the one that was shown; the latest was revoked. */
  readonly changed: boolean;
}

/** A piece of a document's text, as it travels: UTF-8 as text, anything else as base64. */
export type Piece = { readonly content: string } | { readonly base64: string };

/** What a message did to one source. */
export type Change =
  | { readonly source: string; readonly gone: true }
  | { readonly source: string; readonly oversized: number; readonly lines: boolean }
  | {
      readonly source: string;
      readonly pieces: readonly Piece[];
      readonly lines: boolean;
      readonly append: false;
      readonly offset?: number | undefined;
    }
  | {
      readonly source: string;
      readonly pieces: readonly Piece[];
      readonly lines: true;
      readonly append: true;
      readonly line: number | undefined;
      readonly offset: number | undefined;
    };

export interface HostClientOptions {
  /** Name and version of the program that asks, for the host's diagnostics. */
  readonly client: string;
  /**
   * Is given the whole list after changes: the first change of a quiet time at once, then at most once per `interval`, and
   * never before the promise of the last call has settled.
   */
  readonly onDocuments: (documents: readonly HostDocument[]) => void | Promise<void>;
  readonly onConnection?: (connection: Connection, reason: string | undefined) => void;
  readonly onWelcome?: (welcome: HostWelcome) => void;
  /** A message that was dropped, or a fault that made the client reconnect, in words. */
  readonly onReport?: (report: string) => void;
  /** Every change as it arrives once the documents are complete. */
  readonly onChange?: (change: Change) => void;
  /** The documents are complete, the first time or again after a reconnection: what was known before is replaced. */
  readonly onComplete?: () => void;
  /** Milliseconds between two calls of onDocuments. Default: 100. */
  readonly interval?: number;
  /** Milliseconds before the first and the longest wait between attempts. Default: 250 and 30 000. */
  readonly backoff?: { readonly first: number; readonly longest: number };
  /** Milliseconds between pings; the channel is given up when nothing at all arrived between two. Default: 20 000. */
  readonly ping?: number;
}

/** A document beyond this many bytes is shown as oversized, whatever the host makes of it: the core's own limit. */
const documentLimit = 64 << 20;
const partsLimit = 1 << 16;
const sourceLimit = 1 << 15;
const detailLimit = 4096;
/** The host has this long to say who it is, in milliseconds. */
const welcomeTimeout = 10_000;
/** A connection that lasted this long, in milliseconds, makes the next wait short again. */
const settledAfter = 5_000;
/** Attempts in a row without a welcome before the client says that there is no host. */
const attemptsUntilNone = 2;

const encoder = new TextEncoder();

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const hasOwn = (members: Members, name: string): boolean => Object.hasOwn(members, name);

/** How a message is named in a report: nothing of what it carries but its type, and that only if it is a plain word. */
function nameOf(value: unknown): string {
  const type = isObject(value) ? value['type'] : undefined;
  return typeof type === 'string' && /^[a-z][a-z-]{0,31}$/.test(type) ? `"${type}" message` : 'message';
}

/** A message breaks the rules of the protocol; caught where messages are taken in. */
class Malformed extends Error {}
function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Malformed(reason);
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function sizeOf(piece: Piece): number {
  if ('base64' in piece) return (piece.base64.length / 4) * 3 - (/={0,2}$/.exec(piece.base64)?.[0].length ?? 0);
  return encoder.encode(piece.content).length;
}

/** What pieces make together: text if all are text, bytes otherwise. */
export function join(pieces: readonly Piece[]): string | Uint8Array {
  const texts = pieces.flatMap((piece) => ('content' in piece ? [piece.content] : []));
  if (texts.length === pieces.length) return texts.join('');
  const parts = pieces.map((piece) => ('base64' in piece ? bytesOf(piece.base64) : encoder.encode(piece.content)));
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What is known of one source. */
interface Entry {
  pieces: Piece[];
  /** Bytes of all pieces. */
  size: number;
  /** Where the next line of a log begins in the file: its byte and its number from 1, as far as the host told. */
  end: number | undefined;
  lines: boolean;
  oversized: number | undefined;
  /** Made when it is asked for. */
  document: HostDocument | undefined;
}

interface Parts {
  readonly source: string;
  readonly total: number;
  readonly first: Members;
  readonly pieces: Piece[];
}

interface Pending {
  readonly effects: Effect[];
  readonly told: (progress: RevokeProgress) => void;
}

/** @see HostClientOptions */
export class HostClient {
  readonly #open: OpenHost;
  readonly #options: HostClientOptions;
  readonly #first: number;
  readonly #longest: number;
  readonly #pendings = new Map<number, Pending>();

  #running = false;
  #channel: HostChannel | undefined;
  /** Counts channels, so that what an old one still tells is not heard. */
  #generation = 0;
  #connection: Connection = 'connecting';
  #reason: string | undefined;
  #welcome: HostWelcome | undefined;
  /** The present channel has had its welcome. */
  #welcomed = false;
  #welcomedAt = 0;
  #failures = 0;
  #attempts = 0;
  #heard = false;
  #nextId = 1;

  #complete = false;
  #entries = new Map<string, Entry>();
  /** What a new connection has sent so far; takes the place of #entries when it is complete. */
  #staging: Map<string, Entry> | undefined;
  #sequence = 0;
  #parts: Parts | undefined;

  #welcomeTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #deliveryTimer: ReturnType<typeof setTimeout> | undefined;
  #delivering = false;
  #dirty = false;
  #nextDelivery = 0;

  constructor(open: OpenHost, options: HostClientOptions) {
    this.#open = open;
    this.#options = options;
    this.#first = options.backoff?.first ?? 250;
    this.#longest = options.backoff?.longest ?? 30_000;
  }

  get connection(): Connection {
    return this.#connection;
  }
  /** Why there is no host, in its or the browser's words. */
  get reason(): string | undefined {
    return this.#reason;
  }
  /** What the last host said of itself. */
  get welcome(): HostWelcome | undefined {
    return this.#welcome;
  }
  /** The documents have been complete at least once. */
  get complete(): boolean {
    return this.#complete;
  }
  /** All documents, in the order in which the host first named them. */
  get documents(): readonly HostDocument[] {
    return [...this.#entries].map(([source, entry]) => (entry.document ??= this.#documentOf(source, entry)));
  }
  /** The same as changes, for a relay that has to send them on. */
  *entries(): Iterable<Change> {
    for (const [source, { pieces, lines, oversized }] of this.#entries) {
      yield oversized === undefined ? { source, pieces, lines, append: false } : { source, oversized, lines };
    }
  }

  /** Begins to connect; does nothing when it has begun before. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  /** Closes the connection for good; what is being revoked is told as unanswered. */
  stop(): void {
    this.#running = false;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#deliveryTimer);
    this.#drop();
    this.#failPendings('the connection was closed');
  }

  /** Tries at once if an attempt is being waited for: someone looks, or has mended something. */
  retry(): void {
    if (!this.#running || this.#channel) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  /**
   * Asks the host to revoke a session. Never throws: without a host, the one and final answer says so.
   * @param receipt  the receipt's id as the record states it
   * @param source  where the record that was shown lies
   * @param digest  SHA-256 of that record, "sha256:…"; may be empty
   * @param told  is given each effect as it becomes known, and exactly one final sum
   */
  revoke(receipt: string, source: string, digest: string, told: (progress: RevokeProgress) => void): void {
    const id = this.#nextId++;
    this.#pendings.set(id, { effects: [], told });
    const sent = this.#welcomed && this.#send({ type: 'revoke', id, receipt, source, digest });
    if (!sent) this.#failPending(id, 'no host is connected');
  }

  // ---- connection ----

  #connect(): void {
    const generation = ++this.#generation;
    this.#welcomed = false;
    this.#sequence = 0;
    this.#parts = undefined;
    this.#staging = undefined;
    this.#attempts++;
    let closed = false;
    let channel: HostChannel;
    try {
      channel = this.#open({
        message: (value) => {
          if (generation === this.#generation) this.#take(value);
        },
        closed: (reason) => {
          closed = true;
          if (generation === this.#generation) this.#lost(reason);
        },
      });
    } catch (error) {
      this.#lost(error instanceof Error ? error.message : String(error));
      return;
    }
    if (generation !== this.#generation || closed) return;
    this.#channel = channel;
    this.#heard = true;
    this.#pingTimer = setInterval(() => this.#ping(), this.#options.ping ?? 20_000);
    this.#welcomeTimer = setTimeout(() => {
      if (this.#welcomed) return;
      this.#report('the host did not answer');
      this.#lost('the host did not answer');
    }, welcomeTimeout);
    this.#send({ type: 'hello', version: protocolVersion, client: this.#options.client });
  }

  #ping(): void {
    if (!this.#heard) {
      this.#report('the host fell silent');
      this.#lost('the host fell silent');
      return;
    }
    this.#heard = false;
    this.#send({ type: 'ping' });
  }

  #send(message: object): boolean {
    const channel = this.#channel;
    if (!channel) return false;
    try {
      channel.send(message);
      return true;
    } catch (error) {
      this.#lost(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** Gives the channel up without a word to anybody. */
  #drop(): void {
    this.#generation++;
    clearTimeout(this.#welcomeTimer);
    clearInterval(this.#pingTimer);
    const channel = this.#channel;
    this.#channel = undefined;
    this.#welcomed = false;
    try {
      channel?.close();
    } catch {
      // It is gone: that was the purpose.
    }
  }

  /** The channel has ended or is given up: tells it, and tries again later. */
  #lost(reason: string | undefined): void {
    const lasted = this.#welcomed && performance.now() - this.#welcomedAt >= settledAfter;
    this.#drop();
    this.#failPendings('the connection to the host was lost before it answered');
    if (!this.#running) return;
    if (lasted) this.#failures = 0;
    const wait = Math.min(this.#first * 2 ** Math.min(this.#failures++, 16), this.#longest);
    const absent = this.#attempts >= attemptsUntilNone;
    this.#become(absent ? 'none' : 'connecting', reason);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
  }

  #become(connection: Connection, reason: string | undefined): void {
    if (connection === this.#connection && reason === this.#reason) return;
    this.#connection = connection;
    this.#reason = reason;
    this.#options.onConnection?.(connection, reason);
  }

  #report(report: string): void {
    this.#options.onReport?.(report);
  }

  // ---- messages ----

  #take(value: unknown): void {
    this.#heard = true;
    try {
      this.#dispatch(value);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#report(`dropped a ${nameOf(value)} of the host: ${error.message}`);
    }
  }

  #dispatch(value: unknown): void {
    demand(isObject(value), 'not an object');
    switch (value['type']) {
      case 'welcome':
        return this.#takeWelcome(value);
      case 'documents':
        return this.#takeDocuments(value);
      case 'change':
        return this.#takeChange(value);
      case 'effect':
        return this.#takeEffect(value);
      case 'revoked':
        return this.#takeRevoked(value);
      case 'error':
        return this.#takeError(value);
      case 'pong':
        return;
      default:
        throw new Malformed('unknown type');
    }
  }

  #takeWelcome(message: Members): void {
    const { version, program, folders, canStop, stopSeconds } = message;
    if (version !== protocolVersion) {
      const reason = `the host speaks version ${isCount(version) ? version : '?'} of the messages, not ${protocolVersion}`;
      this.#report(reason);
      this.#lost(reason);
      return;
    }
    demand(Array.isArray(folders), 'no list of folders');
    this.#welcome = {
      program: typeof program === 'string' ? program.slice(0, 200) : '',
      folders: folders.filter(isObject).map(({ path, label, exists }) => ({
        path: typeof path === 'string' ? path : '',
        label: typeof label === 'string' ? label : '',
        exists: exists === true,
      })),
      canStop: canStop === true,
      stopSeconds: typeof stopSeconds === 'number' && stopSeconds > 0 && stopSeconds <= 3600 ? stopSeconds : 5,
    };
    clearTimeout(this.#welcomeTimer);
    this.#welcomed = true;
    this.#welcomedAt = performance.now();
    this.#attempts = 0;
    this.#sequence = 0;
    this.#parts = undefined;
    this.#staging = new Map();
    for (const entry of this.#entries.values()) entry.document = undefined; // labels may have changed
    this.#options.onWelcome?.(this.#welcome);
  }

  /** Whether the message is the next one. After a gap something is missing, and all is asked for anew. */
  #inSequence(message: Members): boolean {
    demand(this.#welcomed, 'before the welcome');
    const { sequence } = message;
    if (sequence === this.#sequence + 1) {
      this.#sequence++;
      return true;
    }
    this.#askAnew(`message ${isCount(sequence) ? sequence : '?'} came where ${this.#sequence + 1} was due`);
    return false;
  }

  #askAnew(reason: string): void {
    this.#report(`${reason}: asking for all documents anew`);
    this.#lost(undefined);
  }

  #takeDocuments(message: Members): void {
    if (!this.#inSequence(message)) return;
    const { documents, complete } = message;
    const staging = this.#staging;
    demand(staging !== undefined, 'after the documents were complete');
    const generation = this.#generation;
    if (Array.isArray(documents)) {
      for (const entry of documents as unknown[]) this.#each(entry, staging);
    } else this.#report('a "documents" message of the host has no list of documents');
    // An entry may have shown that something is missing.
    if (complete !== true || generation !== this.#generation) return;
    if (this.#parts) {
      this.#askAnew('the last part of a document is missing');
      return;
    }
    this.#entries = staging;
    this.#staging = undefined;
    this.#complete = true;
    this.#options.onComplete?.();
    this.#changed();
    this.#become('connected', undefined);
  }

  #takeChange(message: Members): void {
    if (!this.#inSequence(message)) return;
    const change = this.#each(message, this.#staging ?? this.#entries);
    if (!change || this.#staging) return;
    this.#options.onChange?.(change);
    this.#changed();
  }

  /** Takes one entry in, if it is well formed. @returns what it did, unless that waits for more parts */
  #each(entry: unknown, into: Map<string, Entry>): Change | undefined {
    try {
      const change = this.#assemble(entry);
      return change && this.#apply(change, into) ? change : undefined;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#report(`dropped an entry of the host: ${error.message}`);
      return undefined;
    }
  }

  /** Checks an entry and joins it to the parts before it. */
  #assemble(entry: unknown): Change | undefined {
    demand(isObject(entry), 'not an object');
    const { source, content, base64, oversized, lines, part, parts } = entry;
    demand(typeof source === 'string' && source !== '' && source.length <= sourceLimit, 'no source');
    const unfinished = this.#parts;
    if (
      unfinished &&
      (unfinished.source !== source || part !== unfinished.pieces.length + 1 || parts !== unfinished.total)
    ) {
      this.#parts = undefined;
      this.#askAnew('a part of a document is missing');
      return undefined;
    }
    demand(lines === undefined || typeof lines === 'boolean', '"lines" is neither true nor false');
    const bodies = ['content', 'base64', 'oversized'].filter((name) => hasOwn(entry, name));
    demand(bodies.length === 1, 'not exactly one of content, base64 and oversized');
    if (content === null) return { source, gone: true };
    if (bodies[0] === 'oversized') {
      demand(isCount(oversized), '"oversized" is not a number of bytes');
      return { source, oversized, lines: lines === true };
    }
    const piece = this.#piece(content, base64);
    if (part === undefined && parts === undefined) return this.#whole(entry, source, [piece]);
    if (!unfinished) {
      demand(part === 1 && isCount(parts) && parts >= 1 && parts <= partsLimit, 'the first of its parts is missing');
      this.#parts = { source, total: parts, first: entry, pieces: [] };
    }
    const assembly = this.#parts;
    demand(assembly !== undefined, 'no part');
    assembly.pieces.push(piece);
    if (assembly.pieces.length < assembly.total) return undefined;
    this.#parts = undefined;
    return this.#whole(assembly.first, source, assembly.pieces);
  }

  #piece(content: unknown, base64: unknown): Piece {
    if (base64 === undefined) {
      demand(typeof content === 'string', '"content" is not text');
      return { content };
    }
    demand(
      typeof base64 === 'string' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64),
      '"base64" is not base64',
    );
    return { base64 };
  }

  /** @param entry  the entry, or the first of its parts, which says what the text is */
  #whole(entry: Members, source: string, pieces: readonly Piece[]): Change {
    const { lines, reset, line, offset, type } = entry;
    // In the list of documents everything is whole; of a log a change brings what was appended.
    if (lines !== true || type !== 'change' || reset === true) {
      return { source, pieces, lines: lines === true, append: false, offset: isCount(offset) ? offset : undefined };
    }
    return {
      source,
      pieces,
      lines: true,
      append: true,
      line: isCount(line) ? line : undefined,
      offset: isCount(offset) ? offset : undefined,
    };
  }

  /** @returns false when the change does not fit what is known, and all was asked for anew */
  #apply(change: Change, into: Map<string, Entry>): boolean {
    const { source } = change;
    if ('gone' in change) {
      into.delete(source);
      return true;
    }
    if ('oversized' in change) {
      into.set(source, {
        pieces: [],
        size: 0,
        end: undefined,
        lines: change.lines,
        oversized: change.oversized,
        document: undefined,
      });
      return true;
    }
    const size = change.pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
    const known = change.append ? into.get(source) : undefined;
    if (change.append) {
      const end = known?.lines === true ? known.end : 0;
      if (end !== undefined && change.offset !== undefined && change.offset !== end) {
        this.#askAnew('lines of a log are missing');
        return false;
      }
    }
    const before = known?.lines === true ? known : undefined;
    const whole = (before?.oversized ?? before?.size ?? 0) + size;
    const oversized = whole > documentLimit ? whole : undefined;
    const start = before ? before.end : (change.offset ?? 0);
    into.set(source, {
      pieces: oversized !== undefined ? [] : before ? [...before.pieces, ...change.pieces] : [...change.pieces],
      size: oversized !== undefined ? 0 : whole,
      end: change.lines && start !== undefined ? start + size : undefined,
      lines: change.lines,
      oversized,
      document: undefined,
    });
    return true;
  }

  #documentOf(source: string, entry: Entry): HostDocument {
    const folder = this.#welcome?.folders
      .filter(({ path }) => path !== '' && source.startsWith(path.endsWith('/') ? path : `${path}/`))
      .reduce<HostFolder | undefined>(
        (longest, each) => (each.path.length > (longest?.path.length ?? 0) ? each : longest),
        undefined,
      );
    const label = folder && folder.label !== '' ? { label: folder.label } : {};
    if (entry.oversized !== undefined) return { source, oversized: entry.oversized, ...label };
    const content = join(entry.pieces);
    // Once joined, they need not be joined again when more is appended.
    if (typeof content === 'string' && entry.pieces.length > 1) entry.pieces = [{ content }];
    return { source, content, ...(entry.lines ? { lines: true as const } : {}), ...label };
  }

  // ---- revocation ----

  #effectOf(value: unknown): Effect {
    demand(isObject(value), 'an effect is not an object');
    const { effect, ok, detail } = value;
    const name = effectNames.find((known) => known === effect);
    demand(name !== undefined, 'an effect has an unknown name');
    demand(typeof ok === 'boolean', 'an effect does not say whether it came about');
    return { effect: name, ok, ...(typeof detail === 'string' ? { detail: detail.slice(0, detailLimit) } : {}) };
  }

  #pendingOf(message: Members): [number, Pending] {
    const { id } = message;
    const pending = typeof id === 'number' ? this.#pendings.get(id) : undefined;
    demand(pending !== undefined, 'nobody asked for it');
    return [id as number, pending];
  }

  #takeEffect(message: Members): void {
    const [, pending] = this.#pendingOf(message);
    pending.effects.push(this.#effectOf(message));
    pending.told({ effects: [...pending.effects], final: false, changed: false });
  }

  #takeRevoked(message: Members): void {
    const [id, pending] = this.#pendingOf(message);
    const { effects, changed } = message;
    demand(Array.isArray(effects), 'no list of effects');
    const all = effects.map((effect) => this.#effectOf(effect));
    this.#pendings.delete(id);
    pending.told({ effects: all, final: true, changed: changed === true });
  }

  #takeError(message: Members): void {
    const text = typeof message['message'] === 'string' ? message['message'].slice(0, detailLimit) : 'no reason given';
    if (typeof message['id'] === 'number' && this.#pendings.has(message['id'])) this.#failPending(message['id'], text);
    else this.#report(`the host reports: ${text}`);
  }

  /** Ends a revocation that will not be answered. What is known of it stays known. */
  #failPending(id: number, detail: string): void {
    const pending = this.#pendings.get(id);
    if (!pending) return;
    this.#pendings.delete(id);
    const known = new Set(pending.effects.map(({ effect }) => effect));
    const unknown = effectNames.filter((effect) => !known.has(effect));
    const effects = [...pending.effects, ...unknown.map((effect) => ({ effect, ok: false, detail }))];
    pending.told({ effects, final: true, changed: false });
  }

  #failPendings(detail: string): void {
    for (const id of [...this.#pendings.keys()]) this.#failPending(id, detail);
  }

  // ---- delivery ----

  #changed(): void {
    this.#dirty = true;
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#dirty || this.#delivering || this.#deliveryTimer !== undefined || !this.#running) return;
    const wait = this.#nextDelivery - performance.now();
    if (wait <= 0) {
      this.#deliver();
      return;
    }
    this.#deliveryTimer = setTimeout(() => {
      this.#deliveryTimer = undefined;
      this.#deliver();
    }, wait);
  }

  #deliver(): void {
    this.#dirty = false;
    this.#delivering = true;
    const start = performance.now();
    const settle = () => {
      this.#delivering = false;
      // Work that takes long leaves as much time between.
      const now = performance.now();
      this.#nextDelivery = Math.max(start + (this.#options.interval ?? 100), now + (now - start));
      this.#schedule();
    };
    const failed = (error: unknown) => {
      this.#report(`documents could not be handed on: ${error instanceof Error ? error.message : String(error)}`);
      settle();
    };
    try {
      const done = this.#options.onDocuments(this.documents);
      if (done) done.then(settle, failed);
      else settle();
    } catch (error) {
      failed(error);
    }
  }
}
