// What page and worker say to one another.
import type { Mode, Narrative, Report, Rule, Severity } from 'bearproof';
import type { Part } from '../shared/line-files.js';

/** An example document that came with the page. */
export interface Example {
  /** Path below the repository: "schemas/browser/examples/….json". */
  readonly path: string;
  readonly text: string;
}

export interface CheckRequest {
  readonly type: 'check';
  /** Counts up; the answer carries it back. */
  readonly id: number;
  /** At least one; no two of one name. Bytes where they are not what the editor's text would be encoded to. */
  readonly documents: readonly Part[];
  /** The one that is looked at. */
  readonly current: number;
  readonly level: Severity;
  readonly mode: Mode;
}

/** Asks for the catalogue: after the first verdict, which should not wait for it. */
export interface CatalogueRequest {
  readonly type: 'catalogue';
}

export type Request = CheckRequest | CatalogueRequest;

/** The worker's first word: the rule core is loaded. */
export interface Ready {
  readonly type: 'ready';
  readonly version: string;
  readonly ruleset: string;
}

export interface Catalogue {
  readonly type: 'catalogue';
  /** Every rule, with its long texts. */
  readonly rules: readonly Rule[];
  /** Kind of each example by its path; absent where none was recognised. */
  readonly kinds: Readonly<Record<string, string>>;
}

export interface Checked {
  readonly type: 'checked';
  readonly id: number;
  /** Documents in the order and under the names in which they were sent. */
  readonly report: Report;
  /** The report with line breaks, as the core wrote it. */
  readonly text: string;
  /** Of each document, where it starts in its file, in UTF-16 code units: positions count from the file's start. */
  readonly starts: readonly number[];
  /** The current document's story in plain words. */
  readonly story: Narrative | undefined;
  /** The stories of the first documents of a set, in their order. */
  readonly stories: readonly Narrative[];
  /** Time that the check took, in milliseconds. */
  readonly took: number;
}

export interface Failed {
  readonly type: 'failed';
  /** The request that failed; 0: the rule core did not load. */
  readonly id: number;
  readonly message: string;
}

export type Answer = Ready | Catalogue | Checked | Failed;
