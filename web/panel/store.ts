// Holds the session view beside the page (in the worker) or in it, and hands out what is drawn. It judges nothing: order,
// standing, phase, reasons and words are the rule core's. It counts, cuts long text, and remembers what was sent.
import type { Bearproof, Reason, Rule, Session, SessionInput, SessionView } from 'bearproof';
import { elideMiddle } from '../shared/visible-text.js';
import { distinct } from '../shared/together.js';
import { lineOf } from '../shared/files.js';
import {
  flagOf,
  type Detail,
  type Drawn,
  type Named,
  type News,
  type Questions,
  type Revocation,
  type Row,
  type ShownOther,
  type ShownReason,
  type Text,
  type Viewed,
  type ViewOptions,
} from './protocol.js';
import type { PanelDocument } from './types.js';

/** What the panel needs of the rule core. */
export type SessionEngine = Pick<Bearproof, 'sessions' | 'narrate' | 'explain' | 'revoke'>;

/** Longest text that is kept whole, in UTF-16 code units: what unfolds on an open card. */
const longest = 4096;
/** Longest text of a row. */
const longestOfRow = 256;
/** Most values of a field, reasons and records of a card that are listed; the rest is counted. */
const most = {
  values: 40,
  reasons: 100,
  records: 20,
  permissionsOfRow: 6,
  whereOfRow: 3,
  others: 100,
  reasonsOfOther: 5,
};
/** Rows that come with a view whose rows nobody has asked for yet. */
const firstRows = 24;
/** A view is handed to the page as a whole up to so many sessions and documents, and so many code units or bytes of content. */
const whole = { entries: 200, size: 1 << 19 };

const cut = (text: string, limit = longest): Text => (text.length > limit ? elideMiddle(text, limit) : text);
const cutOrNone = (text: string | undefined, limit = longest) => (text === undefined ? undefined : cut(text, limit));

/** What people call the place of a document: the label of its folder, its folder, or its own name. */
function folderOf(source: string, label: string | undefined): string {
  if (label !== undefined && label !== '') return label;
  const folder = /^(.*)[/\\][^/\\]*$/s.exec(source)?.[1];
  return folder === undefined || folder === '' ? source : folder;
}

const reasonOf = ({ rule, severity, refuses, line, message, help, source, pointer }: Reason): ShownReason => ({
  rule,
  severity,
  ...(refuses && { refuses }),
  ...(line !== undefined && { line }),
  message: cut(message, 1024),
  help: cutOrNone(help, 1024),
  source: cut(source, 512),
  pointer: cutOrNone(pointer, 512),
});

const hasEnded = (session: Session) => session.phase === 'ended';

interface Known {
  readonly id: number;
  readonly session: Session;
  readonly twin: boolean;
}

export class Store implements Questions {
  readonly #engine: SessionEngine;
  #view: SessionView | undefined;
  #documents = new Map<string, PanelDocument>();
  readonly #ids = new Map<string, number>();
  #lastId = 0;
  #known = new Map<number, Known>();
  /** The last view's sessions that were not admitted and had not ended. */
  #refused = new Set<number>();
  #watched: readonly number[] = [];
  #opened: readonly number[] = [];
  /** What was sent last of each row and detail that is watched. */
  readonly #sentRows = new Map<number, string>();
  readonly #sentDetails = new Map<number, string>();

  constructor(engine: SessionEngine) {
    this.#engine = engine;
  }

  /** Judges the documents anew. @throws what the core throws: then nothing of the last view stays */
  show(given: readonly PanelDocument[], options: ViewOptions): Viewed {
    const first = this.#view === undefined;
    this.#view = undefined;
    const before = this.#known;
    this.#known = new Map();
    const documents = distinct(given);
    const view = this.#engine.sessions(
      documents.map(({ source, content, lines = false, oversized = 0 }): SessionInput =>
        content === undefined ? { source, oversized } : { source, content, lines },
      ),
      options,
    );
    this.#view = view;
    const { bearproof, now, undeclaredAutomation, summary } = view;
    this.#documents = new Map(documents.map((document) => [document.source, document]));

    const labels = new Map<string, number>();
    for (const { label } of view.sessions) if (label) labels.set(label, (labels.get(label) ?? 0) + 1);
    const order = new Int32Array(view.sessions.length);
    const flags = new Uint8Array(view.sessions.length);
    const refused = new Set<number>();
    const seen = new Map<string, number>();
    let fresh = 0;
    let newlyRefused = 0;
    let example: Session | undefined;
    view.sessions.forEach((session, at) => {
      // Receipts that name no session, owner or id may share a key; each is a row of its own.
      const count = seen.get(session.key) ?? 0;
      seen.set(session.key, count + 1);
      const key = count === 0 ? session.key : `${session.key} ${count}`;
      let id = this.#ids.get(key);
      if (id === undefined) this.#ids.set(key, (id = ++this.#lastId));
      order[at] = id;
      flags[at] = flagOf[session.standing] | flagOf[session.phase];
      const twin = session.label !== undefined && (labels.get(session.label) ?? 0) > 1;
      this.#known.set(id, { id, session, twin });
      if (hasEnded(session)) return;
      const isFresh = !before.has(id);
      if (isFresh) fresh++;
      const isRefused = session.standing === 'not-admitted';
      if (isRefused) refused.add(id);
      const isNews = isRefused && !this.#refused.has(id);
      if (isNews) newlyRefused++;
      if (isNews ? example?.standing !== 'not-admitted' : isFresh && !example) example = session;
    });
    this.#refused = refused;
    for (const [key, id] of this.#ids) if (!this.#known.has(id)) this.#ids.delete(key);
    const news: News = {
      fresh: first ? 0 : fresh,
      refused: newlyRefused,
      example: example && {
        label: cutOrNone(example.label, longestOfRow),
        owner: cutOrNone(example.owner, longestOfRow),
        standing: example.standing,
      },
    };
    if (this.#watched.length === 0) this.#watched = [...order.subarray(0, firstRows)];
    const entries = view.sessions.length + view.others.length;
    const size = given.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    return {
      about: {
        bearproof,
        ...(now !== undefined && { now }),
        ...(undeclaredAutomation && { undeclaredAutomation }),
        summary,
      },
      order,
      flags,
      others: view.others
        .slice(0, most.others)
        .map(({ source, line, kind, verdict, standing, reasons }): ShownOther => ({
          verdict,
          ...(line !== undefined && { line }),
          ...(standing && { standing }),
          name: cut(source.replace(/^.*[/\\](?=.)/s, ''), longestOfRow),
          folder: cut(folderOf(source, this.#documents.get(source)?.label), longestOfRow),
          source: cut(source, 512),
          kind: cutOrNone(kind, 128),
          reasons: (reasons ?? []).slice(0, most.reasonsOfOther).map(reasonOf),
        })),
      moreOthers: Math.max(0, view.others.length - most.others) + (view.summary.othersLeftOut ?? 0),
      news,
      given: given.length,
      view: entries <= whole.entries && size <= whole.size ? view : undefined,
      drawn: this.#changed(order.subarray(0, firstRows)),
    };
  }

  /** From now on these rows and details are sent with every view. @returns what of them is new */
  watch(rows: readonly number[], details: readonly number[]): Drawn {
    this.#watched = rows;
    this.#opened = details;
    const watched = new Set(rows);
    for (const id of this.#sentRows.keys()) if (!watched.has(id)) this.#sentRows.delete(id);
    const opened = new Set(details);
    for (const id of this.#sentDetails.keys()) if (!opened.has(id)) this.#sentDetails.delete(id);
    return this.#changed([]);
  }

  /** Answers one of the questions, by its name. */
  answer<Q extends keyof Questions>(question: Q, of: Parameters<Questions[Q]>): ReturnType<Questions[Q]> {
    type Answers = Record<Q, (...of: Parameters<Questions[Q]>) => ReturnType<Questions[Q]>>;
    return (this as unknown as Answers)[question](...of);
  }

  explain(rule: string): Rule | undefined {
    try {
      return this.#engine.explain(rule);
    } catch {
      return undefined;
    }
  }

  targets(ids: readonly number[]): readonly Revocation[] {
    return ids.flatMap((id): Revocation[] => {
      const session = this.#known.get(id)?.session;
      if (!session) return [];
      const { key, receipt = '', source, line, digest = '' } = session;
      return [{ id, key, receiptId: receipt, source, line, digest }];
    });
  }

  revoke(ids: readonly number[], now: string): readonly Revocation[] {
    return this.targets(ids).map((about) => {
      const content = this.#contentOf(about.source, about.line);
      if (content === undefined) return { ...about, error: 'the receipt is not among the documents' };
      try {
        return { ...about, ...this.#engine.revoke(content, { now }) };
      } catch (error) {
        return { ...about, error: error instanceof Error ? error.message : String(error) };
      }
    });
  }

  names(ids: readonly number[]): readonly Named[] {
    return ids.flatMap((id): Named[] => {
      const session = this.#known.get(id)?.session;
      if (!session) return [];
      return [
        {
          id,
          label: cutOrNone(session.label, longestOfRow),
          owner: cutOrNone(session.owner, longestOfRow),
          receipt: cutOrNone(session.receipt, longestOfRow),
        },
      ];
    });
  }

  view(): SessionView {
    if (!this.#view) throw new Error('no documents were shown');
    return this.#view;
  }

  #changed(more: Iterable<number>): Drawn {
    const rows: Row[] = [];
    for (const id of new Set([...this.#watched, ...more])) {
      const known = this.#known.get(id);
      if (!known) continue;
      const row = this.#row(known);
      const text = JSON.stringify(row);
      if (this.#sentRows.get(id) === text) continue;
      this.#sentRows.set(id, text);
      rows.push(row);
    }
    const details: { id: number; detail: Detail }[] = [];
    for (const id of this.#opened) {
      const known = this.#known.get(id);
      if (!known) continue;
      const detail = this.#detail(known.session);
      const text = JSON.stringify(detail);
      if (this.#sentDetails.get(id) === text) continue;
      this.#sentDetails.set(id, text);
      details.push({ id, detail });
    }
    return { rows, details };
  }

  #row({ id, session, twin }: Known): Row {
    const { permissions } = session;
    const tabs = session.fields.find(({ name }) => name === 'tabScope');
    const where = tabs?.values ?? [];
    return {
      id,
      key: session.key,
      standing: session.standing,
      phase: session.phase,
      outcome: cutOrNone(session.outcome, 64),
      label: cutOrNone(session.label, longestOfRow),
      owner: cutOrNone(session.owner, longestOfRow),
      receipt: cutOrNone(session.receipt, longestOfRow),
      twin,
      transport: cutOrNone(session.transport, 64),
      remote: session.origin === 'remote',
      permissions: permissions
        .slice(0, most.permissionsOfRow)
        .map(({ word, plain = word, sensitive }) => ({ plain: cut(plain, 96), sensitive })),
      morePermissions: Math.max(0, permissions.length - most.permissionsOfRow),
      // The end of a host decides who it is: the panel cuts origins itself.
      where: where.slice(0, most.whereOfRow).map((text) => cut(text, 2048)),
      moreWhere: Math.max(0, where.length - most.whereOfRow) + (tabs?.leftOut ?? 0),
      started: cutOrNone(session.startedAt ?? session.capturedAt, 64),
      revokedAt: cutOrNone(session.revokedAt, 64),
      reason: cutOrNone(session.reasons[0]?.message, longestOfRow),
      unwritable: session.revoke.possible ? undefined : cut(session.revoke.reason ?? '', longestOfRow),
      folder: cut(folderOf(session.source, this.#documents.get(session.source)?.label), longestOfRow),
    };
  }

  #detail(session: Session): Detail {
    const reasons = [...session.reasons, ...(session.notes ?? [])];
    return {
      standing: session.standing,
      fields: session.fields.map(({ name, label, state, values, nouns, leftOut = 0 }) => ({
        name,
        label,
        state,
        values: values.slice(0, most.values).map((text) => cut(text)),
        ...(nouns && { nouns: nouns.slice(0, most.values) }),
        more: Math.max(0, values.length - most.values) + leftOut,
      })),
      permissions: session.permissions
        .slice(0, most.values)
        .map(({ word, plain = '', sensitive }) => ({ word: cut(word, 128), plain: cut(plain, 128), sensitive })),
      reasons: reasons.slice(0, most.reasons).map(reasonOf),
      moreReasons: Math.max(0, reasons.length - most.reasons) + (session.reasonsLeftOut ?? 0),
      records: session.records
        .slice(-most.records)
        .reverse()
        .map(({ source, line, standing, phase, changed }) => ({
          standing,
          phase,
          ...(line !== undefined && { line }),
          source: cut(source, 512),
          changed: changed.slice(0, most.values).map((name) => cut(name, 64)),
        })),
      moreRecords: Math.max(0, session.records.length - most.records) + (session.recordsLeftOut ?? 0),
      decision: cutOrNone(session.decision),
      session: cutOrNone(session.session),
      revokedAt: cutOrNone(session.revokedAt, 64),
      capturedAt: cutOrNone(session.capturedAt, 64),
      source: cut(session.source, 512),
      line: session.line,
      dialect: session.dialect,
      story: this.#story(session),
    };
  }

  #story({ source, line }: Session): Detail['story'] {
    const content = this.#contentOf(source, line);
    if (content === undefined) return undefined;
    const [story] = this.#engine.narrate([{ source, content }]);
    if (!story) return undefined;
    const { happened, why, risk, next } = story;
    return { happened: cut(happened, 1024), why: cut(why, 1024), risk: cut(risk, 1024), next: cut(next, 1024) };
  }

  /** The record itself: a document, or one line of a file of lines. */
  #contentOf(source: string, line: number | undefined): string | Uint8Array | undefined {
    const document = this.#documents.get(source);
    if (document?.content === undefined) return undefined;
    return document.lines && line !== undefined ? lineOf(document.content, line) : document.content;
  }
}
