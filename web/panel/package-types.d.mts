// Types of `bearproof/panel`, without Lit's: the element depends on nothing that its user has to install.
import type { Bearproof, Report } from '../types/index.js';

/** A document handed to the panel. */
export interface PanelDocument {
  /** A name for people: a file's name, a path. */
  readonly source: string;
  readonly content: string | Uint8Array;
  /** The content is NDJSON: each line that is not blank is a document. */
  readonly lines?: boolean;
}

/** `<bearproof-panel>`: automation sessions as cards, judged by the rule core in the page. */
export declare class BearproofPanel extends HTMLElement {
  /** What to show. Assign a new array to update; changing the array in place shows nothing new. */
  documents: readonly PanelDocument[];
  /** "auto" follows the system. Also an attribute. */
  theme: 'auto' | 'light' | 'dark';
  /** The rule core, or its promise; without it the panel loads the package's own. */
  engine: Bearproof | Promise<Bearproof> | undefined;
  /** Settles when what was assigned is in the page. */
  readonly updateComplete: Promise<boolean>;
}

declare global {
  interface HTMLElementTagNameMap {
    'bearproof-panel': BearproofPanel;
  }
  interface HTMLElementEventMap {
    /** Documents were checked and are drawn. Bubbles. */
    'bearproof-checked': CustomEvent<Report>;
  }
}
