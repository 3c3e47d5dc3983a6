// What the element and its worker say to one another. The worker keeps the session view; the element asks for the rows that
// it draws. Text of documents arrives cut to what is ever shown, so that no document is too large for the page.
import type { OtherDocument, Phase, Reason, Rule, SessionField, SessionRecord, SessionView, Standing } from 'bearproof';
import type { Elided } from '../shared/visible-text.js';
import type { PanelDocument } from './types.js';

export interface ViewOptions {
  readonly now?: string;
  readonly remoteControl?: boolean;
}

/** A text: all of it, or what is shown of a long one. */
export type Text = string | Elided;

/** A session as its collapsed row shows it. */
export interface Row {
  /** Stands for the session's key for as long as the panel knows the session; never given to another. */
  readonly id: number;
  readonly key: string;
  readonly standing: Standing;
  readonly phase: Phase;
  readonly outcome: Text | undefined;
  readonly label: Text | undefined;
  readonly owner: Text | undefined;
  readonly receipt: Text | undefined;
  /** Another session has the same label. */
  readonly twin: boolean;
  readonly transport: Text | undefined;
  readonly remote: boolean;
  /** Sensitive ones first, in plain words. */
  readonly permissions: readonly { readonly plain: Text; readonly sensitive: boolean }[];
  readonly morePermissions: number;
  readonly where: readonly Text[];
  readonly moreWhere: number;
  readonly started: Text | undefined;
  readonly revokedAt: Text | undefined;
  readonly reason: Text | undefined;
  /** Why the record cannot be made to say revoked. */
  readonly unwritable: Text | undefined;
  readonly folder: Text;
}

export interface ShownReason extends Pick<Reason, 'rule' | 'severity' | 'refuses' | 'line'> {
  readonly message: Text;
  readonly help: Text | undefined;
  readonly source: Text;
  readonly pointer: Text | undefined;
}

export interface ShownField extends Pick<SessionField, 'name' | 'label' | 'state' | 'nouns'> {
  readonly values: readonly Text[];
  readonly more: number;
}

export interface ShownRecord extends Pick<SessionRecord, 'line' | 'standing' | 'phase'> {
  readonly source: Text;
  readonly changed: readonly Text[];
}

/** What an open card shows beside its row. */
export interface Detail {
  readonly standing: Standing;
  readonly fields: readonly ShownField[];
  readonly permissions: readonly { readonly word: Text; readonly plain: Text; readonly sensitive: boolean }[];
  readonly reasons: readonly ShownReason[];
  readonly moreReasons: number;
  /** Newest first. */
  readonly records: readonly ShownRecord[];
  readonly moreRecords: number;
  readonly decision: Text | undefined;
  readonly session: Text | undefined;
  readonly revokedAt: Text | undefined;
  readonly capturedAt: Text | undefined;
  readonly source: Text;
  readonly line: number | undefined;
  readonly dialect: string;
  readonly story: { readonly [part in 'happened' | 'why' | 'risk' | 'next']: Text } | undefined;
}

export interface ShownOther extends Pick<OtherDocument, 'line' | 'verdict' | 'standing'> {
  /** Without its folder. */
  readonly name: Text;
  readonly folder: Text;
  readonly source: Text;
  readonly kind: Text | undefined;
  readonly reasons: readonly ShownReason[];
}

/** Sessions that came to stand out since the last view. */
export interface News {
  /** Sessions that were not there before and have not ended. */
  readonly fresh: number;
  /** Sessions that have not ended and came, or became, not admitted. */
  readonly refused: number;
  /** One of them: the first that is not admitted, else the first. */
  readonly example:
    { readonly label: Text | undefined; readonly owner: Text | undefined; readonly standing: Standing } | undefined;
}

/** Bits of `Viewed.flags`: a standing, a phase. */
export const flagOf = {
  'not-admitted': 1,
  'needs-attention': 2,
  consistent: 4,
  active: 8,
  ended: 16,
  unstated: 32,
} as const;

/** A view was made. */
export interface Viewed {
  /** The view without what it lists. */
  readonly about: Omit<SessionView, 'sessions' | 'others'>;
  /** Ids of the sessions, in the view's order; what each is, as bits of `flagOf`. */
  readonly order: Int32Array;
  readonly flags: Uint8Array;
  readonly others: readonly ShownOther[];
  readonly moreOthers: number;
  readonly news: News;
  /** Documents that were given. */
  readonly given: number;
  /** The view itself, where it is small. */
  readonly view: SessionView | undefined;
  readonly drawn: Drawn;
}

/** Rows and details that were asked for and have changed since they were sent last. */
export interface Drawn {
  readonly rows: readonly Row[];
  readonly details: readonly { readonly id: number; readonly detail: Detail }[];
}

/** What a revocation is about, and what the core made of it. */
export interface Revocation {
  readonly id: number;
  readonly key: string;
  readonly receiptId: string;
  readonly source: string;
  readonly line: number | undefined;
  readonly digest: string;
  /** The updated receipt and its provenance event; absent where the record allows none, which `error` explains. */
  readonly receipt?: string;
  readonly event?: string;
  readonly error?: string;
}

/** Who a confirmation is about. */
export interface Named {
  readonly id: number;
  readonly label: Text | undefined;
  readonly owner: Text | undefined;
  readonly receipt: Text | undefined;
}

/** Questions that have one answer each, by their method's name in `Store`. */
export interface Questions {
  explain(rule: string): Rule | undefined;
  revoke(ids: readonly number[], now: string): readonly Revocation[];
  /** What `revoke` would be about, without receipts. */
  targets(ids: readonly number[]): readonly Revocation[];
  names(ids: readonly number[]): readonly Named[];
  view(): SessionView;
}

/**
 * A document on its way to the worker: what it already has, by its place in the last set; or a new one, its content in
 * parts that followed one another.
 */
export type Sent = number | (Omit<PanelDocument, 'content'> & { readonly parts: number });

export type Request =
  | { readonly type: 'part'; readonly content: string | Uint8Array }
  | { readonly type: 'documents'; readonly documents: readonly Sent[] }
  | { readonly type: 'show'; readonly options: ViewOptions }
  | { readonly type: 'watch'; readonly rows: readonly number[]; readonly details: readonly number[] }
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly question: keyof Questions;
      readonly of: Parameters<Questions[keyof Questions]>;
    };

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'viewed'; readonly viewed: Viewed }
  | { readonly type: 'drawn'; readonly drawn: Drawn }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  /** The documents could not be shown. `started` is false where the core itself did not load. */
  | { readonly type: 'failed'; readonly message: string; readonly started: boolean };
