// What the package takes.

import type { Schema } from './schema.js';
import type { Mode, RuleTexts, Severity } from './types.js';

/**
 * What a check may spend, by name (`document`, `nesting`, …): lower than the defaults, never higher. Names, meanings and
 * units are in the table of docs/architecture.md; sizes are in bytes.
 */
export type Limits = Record<string, number>;

/** How to judge; what is left out is the default. */
export interface CheckOptions {
  /** The instant that rules about the present use (RFC 3339); without it they don't run. */
  now?: string | Date;
  /** How many minutes a session may be active, where `now` is given: 1 to 525600. Default: 120, as BearBrowser's contract says. */
  ttlMinutes?: number;
  mode?: Mode;
  /** Findings below are neither computed nor listed. Default: `info`; for NDJSON `warning`. */
  level?: Severity;
  /** Adds each document's SHA-256. */
  digest?: boolean;
  /**
   * Runs the rules that need several documents. Default: for `checkAll` of two or more documents; the texts are kept until
   * the report is written.
   */
  collection?: boolean;
  /** Severities by rule id; `off` silences a rule. */
  severities?: Record<string, Severity | 'off'>;
  /** Judges every document in place of the schema and the rules of its kind: see Bearproof.schema. */
  schema?: Schema;
}

/** How to compile a schema. */
export interface SchemaOptions {
  /** Schemas to refer to, by URI: text or bytes. Each is registered under its own `$id`, too. */
  registry?: Record<string, string | Uint8Array>;
  /** Has `format` assert; otherwise it annotates, unless the metaschema asks for more. */
  assertFormat?: boolean;
  /** The URI of the schema, against which its references resolve where it has no `$id`. Default: `urn:bearproof:schema`. */
  uri?: string;
}

/** How to judge one text. */
export interface SourceOptions extends CheckOptions {
  /** A name for the text, shown in the report; nothing is opened. Default: `-`. */
  source?: string;
}

/** How to judge one text and how to write the report. */
export interface TextOptions extends SourceOptions {
  /** Two spaces of indentation and a newline at the end. */
  pretty?: boolean;
}

/** When a session is revoked. */
export interface RevokeOptions {
  /** The instant of the revocation (RFC 3339). */
  now: string | Date;
}

/** Long texts of a rule, any of those that `texts.json` has. */
export type LongTexts = Partial<RuleTexts>;

/** A document to check. */
export interface Input {
  source: string;
  content: string | Uint8Array;
  /** The content is NDJSON: each line that is not blank is a document, and all are listed. One file is one store or transcript. */
  lines?: boolean;
}

/** Where the core comes from, and what it may spend. */
export interface LoadOptions {
  /** The compiled module, its bytes, or where they lie. Default: `bearproof.wasm` beside this module. */
  wasm?: WebAssembly.Module | BufferSource | URL | string;
  /** The long texts of the rules: where `texts.json` lies, what it holds, or `true` for the file beside this module. */
  texts?: true | URL | string | Record<string, LongTexts>;
  limits?: Limits;
}

/** A document for a session view: what it holds, or, where nobody read it because of its size, its size in bytes. */
export type SessionInput = Input | { source: string; oversized: number };

/** How a session view is made. Nothing here raises a standing: severities, level and mode are always the catalogue's. */
export interface SessionsOptions {
  /** The instant that rules about the present use (RFC 3339); without it they don't run. */
  now?: string | Date;
  /** How long a session may be active before it needs attention. Default: 120. */
  ttlMinutes?: number;
  /** The browser reports that it is under remote control (`navigator.webdriver`). */
  remoteControl?: boolean;
}
