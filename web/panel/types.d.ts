// Types of `bearproof/panel`, published as they stand here, without Lit's: the element depends on nothing that its user has
// to install. The element's own sources take them from here, too.
import type { Bearproof, SessionView } from 'bearproof';

/** A document handed to the panel: with content, or with the size of a file that is too large to be read. */
export interface PanelDocument {
  /** A name for people: a file's name, a path. */
  readonly source: string;
  readonly content?: string | Uint8Array;
  /** The content is NDJSON: each line that is not blank is a document. */
  readonly lines?: boolean;
  /** In place of content: the size in bytes. Such a file is listed as not admitted. */
  readonly oversized?: number;
  /** What people call the folder that the file lies in. */
  readonly label?: string;
}

/** What a revocation is made of: the record, its event, the end of the transport, and of the token. */
export type EffectName = 'record' | 'event' | 'transport' | 'token';

/** What came of one effect of a revocation. */
export interface Effect {
  readonly effect: EffectName;
  readonly ok: boolean;
  /** What was done, or why it was not. */
  readonly detail?: string;
}

/** A person confirmed that a session is to be revoked. */
export interface RevokeDetail {
  /** The session's, for `revoked`. */
  readonly key: string;
  /** As the receipt states it; "" where it states none. */
  readonly receiptId: string;
  /** The document that holds the record, and its line in a file of lines. */
  readonly source: string;
  readonly line: number | undefined;
  /** "sha256:…" of the record that was shown. */
  readonly digest: string;
  /**
   * The updated receipt and its provenance event, as `revoke` makes them. Absent where the record allows none, and where a
   * host is there while the core is at work on other documents: a host makes its own.
   */
  readonly receipt: string | undefined;
  readonly event: string | undefined;
}

/** The view that was drawn; of a large one only the summary (`BearproofPanel.view` has all of it). */
export type CheckedDetail = Pick<SessionView, 'bearproof' | 'now' | 'undeclaredAutomation' | 'summary'> &
  Partial<SessionView>;

/** `<bearproof-panel>`: automation sessions that receipts declare, judged by the rule core in a worker of the page. */
export declare class BearproofPanel extends HTMLElement {
  /** What to show. Assign a new array to update; changing the array in place shows nothing new. */
  documents: readonly PanelDocument[];
  /** "auto" follows the system. Also an attribute. */
  theme: 'auto' | 'light' | 'dark';
  /** A rule core for the panel to use in the page, or its promise; without it the panel loads the package's own in a worker. */
  engine: Bearproof | Promise<Bearproof> | undefined;
  /** The instant that rules about the present use (RFC 3339); without it they don't run. */
  now: string | Date | undefined;
  /** A host is there that can end transports; false: one that can only record; undefined: none. */
  canStop: boolean | undefined;
  /** Seconds that the host has to end a transport; default 5. One second later the revocation counts as not confirmed. */
  stopSeconds: number | undefined;
  /** The browser is under remote control (`navigator.webdriver`). */
  remoteControl: boolean | undefined;
  /** How things are with the host; undefined where none is meant. Also an attribute. */
  connection: 'connected' | 'connecting' | 'none' | undefined;
  /** Tells what came of a revocation: the effects that are known by now. `final`: no more will come. */
  revoked(key: string, effects: readonly Effect[], options?: { final?: boolean }): void;
  /** All of the view that is shown. */
  view(): Promise<SessionView>;
  /** Settles when what was assigned is in the page. */
  readonly updateComplete: Promise<boolean>;
}

declare global {
  interface HTMLElementTagNameMap {
    'bearproof-panel': BearproofPanel;
  }
  interface HTMLElementEventMap {
    /** Documents were checked and are drawn. Bubbles. */
    'bearproof-checked': CustomEvent<CheckedDetail>;
    /** Bubbles; `preventDefault` says that the page carries it out and will call `revoked`. */
    'bearproof-revoke': CustomEvent<RevokeDetail>;
  }
}
