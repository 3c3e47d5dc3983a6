// What the reports and lists of the package look like. The C++ core writes them; nothing here is shaped by JavaScript.

import type { Schema } from './schema.js';

/** How much a finding matters. */
export type Severity = 'error' | 'warning' | 'notice' | 'info';

/** What a document came to; the first that fits, in this order. */
export type Verdict = 'unreadable' | 'invalid' | 'unrecognised' | 'valid';

/** `strict`: what is not known becomes an error; `release`: what stands in the way of a release does. */
export type Mode = 'default' | 'release' | 'strict';

/** A place in a source text, counted in every way that someone may need. */
export interface Position {
  /** Bytes from the start of the source. */
  offset: number;
  /** From 1; LF, CRLF and a lone CR end a line. */
  line: number;
  /** From 1, in code points. */
  column: number;
  /** UTF-16 code units from the start of the source: an index into a JavaScript string. */
  utf16: number;
}

/** Half-open. */
export interface Range {
  start: Position;
  end: Position;
}

/** An operation of JSON Patch (RFC 6902). */
export interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  path: string;
  from?: string;
  value?: unknown;
}

/** A change that removes a finding. */
export interface Fix {
  /** `safe` keeps the document's meaning; `unsafe` needs a person's judgement. */
  safety: 'safe' | 'unsafe';
  title: string;
  patch: PatchOperation[];
}

/** Another place that belongs to a finding. */
export interface Related {
  source: string;
  pointer: string;
  range?: Range;
  message: string;
}

/** Something that a rule says of a place. */
export interface Finding {
  /** Id of the rule: `explain` tells more. */
  rule: string;
  severity: Severity;
  /** Of a finding between documents: the source of its place. Its other places are in `related`. */
  source?: string;
  /** JSON Pointer (RFC 6901) into the document; absent where the text is not a document. */
  pointer?: string;
  range?: Range;
  message: string;
  help: string;
  /** The schema keyword that failed. */
  schema?: { uri: string; pointer: string };
  related?: Related[];
  fix?: Fix;
}

/** What was found in one document. */
export interface DocumentReport {
  /** The name that the caller gave it. */
  source: string;
  /** NDJSON: the document's line in its source, from 1. */
  line?: number;
  kind?: string;
  dialect?: string;
  verdict: Verdict;
  findings: Finding[];
  /** `sha256:` and 64 hexadecimal digits, when asked for. */
  digest?: string;
}

/** Counts: documents by verdict, findings by severity. */
export interface Summary {
  documents: number;
  valid: number;
  invalid: number;
  unrecognised: number;
  unreadable: number;
  errors: number;
  warnings: number;
  notices: number;
  infos: number;
}

/** What a check comes to. */
export interface Report {
  /** Version of Bearproof that wrote the report. */
  bearproof: string;
  /** Digest of the rules and schemas that judged: equal rulesets judge alike. */
  ruleset: string;
  options: { mode: Mode; level: Severity; now?: string; ttlMinutes?: number };
  /** In the order of the input. */
  documents: DocumentReport[];
  /** Findings that only several documents together show; present when rules about them ran. */
  collection?: { findings: Finding[] };
  summary: Summary;
}

/** A document's story, in plain words. Text from the document is in it: show it as text, never as markup. */
export interface Narrative {
  source: string;
  kind?: string;
  dialect?: string;
  verdict: Verdict;
  /** What the story deserves: an expected denial is a `notice`, whatever the document calls it. */
  severity: Severity;
  /** Who acted. */
  actor?: string;
  /** What it was about: an object, or the class of one. */
  target?: string;
  /** The policy, rule or decision behind it. */
  rule?: string;
  outcome?: string;
  /** What happened. */
  happened: string;
  /** Why policy acted. */
  why: string;
  /** What risk remains. */
  risk: string;
  /** What to do. */
  next: string;
}

/** A case of a rule that has several, with what it does not share with the first. */
export interface RuleCase {
  /** Absent for the rule's first case. */
  case?: string;
  severity: Severity;
  /** When it is raised, exactly; one of the long texts. */
  condition?: string;
  message: string;
  help: string;
}

/** The long texts of a rule that a rule has as they are. */
export interface LongTexts {
  /** Public source of the rule. */
  source?: string;
  why?: string;
  bad?: string;
  good?: string;
  fix?: string;
  [more: string]: unknown;
}

/** The long texts of a rule, from `texts.json`. */
export interface RuleTexts extends LongTexts {
  /** When it is raised, for each of its cases. */
  conditions?: string[];
}

/** A rule, with its long texts if `load` was given any. */
export interface Rule extends LongTexts {
  id: string;
  family: string;
  title: string;
  /** Findings never show the value. */
  sensitive: boolean;
  /** Findings may carry a fix. */
  fixable: boolean;
  /** Becomes an error in mode `release`. */
  gate: boolean;
  /** At least one; the first is the rule's own. */
  cases: RuleCase[];
  /** Ids of rules that say nothing where this one has already told the fault. */
  supersedes?: string[];
}

/** One of the shapes in which documents of a kind are written. */
export interface Dialect {
  dialect: string;
  title: string;
  /** URI of its schema; absent where this build has none. */
  schema?: string;
}

/** A contract that the core knows. */
export interface Kind {
  kind: string;
  family: string;
  dialects: Dialect[];
}

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

/** What a revocation makes. */
export interface Revocation {
  /** The receipt's text; only its state and `revokedAt` differ from what was given. */
  receipt: string;
  /** The provenance event that tells of the revocation: one line of JSON, a `bearbrowser.provenance.v1` record. */
  event: string;
}

/** Events of a store that agree in actor, subject, decision and policy rule; without a decision, in class and outcome. */
export interface EventGroup {
  /** What they agree in, as the first of them says it; null where it does not. */
  event_class: unknown;
  actor_id: unknown;
  subject_id: unknown;
  result: unknown;
  policy_rule: unknown;
  outcome: unknown;
  severity: unknown;
  count: number;
  /** Those that are no samples. */
  suppressed_count: number;
  /** RFC 3339, UTC; null where no event tells when it was. */
  first_seen: string | null;
  last_seen: string | null;
  /** Ids of up to five events. */
  samples: string[];
}

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
  texts?: true | URL | string | Record<string, RuleTexts>;
  limits?: Limits;
}

/** A service as its manifest describes it. */
export interface GraphService {
  id: string;
  name: string;
  /** Authority domain. */
  domain: string;
  /** `org/repo` */
  owner: string;
  emitsEvents: boolean;
  incidentBundle: boolean;
  required: string[];
  optional: string[];
  denied: string[];
}

/** A capability that services name or that a document defines. */
export interface GraphCapability {
  id: string;
  /** Its definition is among the documents. */
  defined: boolean;
  /** Ids of services. */
  requiredBy: string[];
  optionalFor: string[];
  deniedBy: string[];
}

/** Services and the capabilities that they require, may use and are denied. */
export interface Graph {
  services: GraphService[];
  capabilities: GraphCapability[];
  summary: {
    services: number;
    capabilities: number;
    /** Capabilities without a definition among the documents. */
    undefined: number;
    /** Services by authority domain, and by owner. */
    domains: Record<string, number>;
    owners: Record<string, number>;
  };
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

/** One word for a session; it never says more than that a declaration is consistent. */
export type Standing = 'not-admitted' | 'needs-attention' | 'consistent';

/** Whether a session goes on. */
export type Phase = 'active' | 'unstated' | 'ended';

/** A place in one of the documents. */
export interface RecordPlace {
  source: string;
  /** NDJSON: the line, from 1. */
  line?: number;
}

/** Why a session, or a document, stands as it does. */
export interface Reason extends RecordPlace {
  /** Id of the rule: `explain` tells more. */
  rule: string;
  severity: Severity;
  /** It alone keeps the session from being admitted. */
  refuses?: true;
  message: string;
  help?: string;
  /** JSON Pointer into the record; absent where the text is no document. */
  pointer?: string;
  /** Of a finding between documents: its other places. */
  related?: (RecordPlace & { pointer: string; message: string })[];
}

/** The fields of the session card, in its order. */
export type FieldName =
  | 'receiptId'
  | 'owner'
  | 'displayName'
  | 'transport'
  | 'tabScope'
  | 'permissionScope'
  | 'origin'
  | 'status'
  | 'capturedAt';

export interface SessionField {
  name: FieldName;
  /** BearBrowser's label for it. */
  label: string;
  /** `faulted`: what is wrong stands in `reasons`, at or inside `pointer`. */
  state: 'stated' | 'not-stated' | 'not-in-dialect' | 'faulted';
  /** Text from the document: show it as text, never as markup. */
  values: string[];
  /** What each value names, where the dialect says: "origin", "tab", "window", "workspace". */
  nouns?: string[];
  /** Values that are not listed. */
  leftOut?: number;
  pointer?: string;
}

export interface SessionPermission {
  word: string;
  /** It reaches credentials, cookies, the clipboard, files or the network. */
  sensitive: boolean;
  /** What it lets an agent do; absent for a word that no dialect has. */
  plain?: string;
}

/** One record of a session's receipt. */
export interface SessionRecord extends RecordPlace {
  standing: Standing;
  phase: Phase;
  /** What differs from the record before: names of fields, `decision`, `evidence`, `revokedAt`, `terminatedAt`. */
  changed: string[];
  /** Where the same record stands once more. */
  also?: RecordPlace[];
}

/** One automation session: the newest record of its receipt, judged with everything that concerns it. */
export interface Session extends RecordPlace {
  /** Stable across updates; a hash of dialect, receipt id, owner and session. */
  key: string;
  standing: Standing;
  phase: Phase;
  /** How an ended session ended: `revoked`, `ended`, `completed`, `failed`, `denied`. */
  outcome?: string;
  revoke: { possible: boolean; reason?: string };
  /** Errors and warnings, the most important first. */
  reasons: Reason[];
  /** Notices. */
  notes?: Reason[];
  reasonsLeftOut?: number;
  /** Nine, in the order of the card. */
  fields: SessionField[];
  /** Sensitive ones first. */
  permissions: SessionPermission[];
  /** The receipt's id, as stated. */
  receipt?: string;
  session?: string;
  /** The policy decision that admits it. */
  decision?: string;
  owner?: string;
  label?: string;
  transport?: string;
  origin?: string;
  startedAt?: string;
  capturedAt?: string;
  revokedAt?: string;
  dialect: string;
  /** `sha256:…` of the newest record's bytes; of a log, of its line. */
  digest: string;
  /** Oldest first. */
  records: SessionRecord[];
  /** Older records that are not listed. */
  recordsLeftOut?: number;
}

/** A document that is no receipt. */
export interface OtherDocument extends RecordPlace {
  kind?: string;
  dialect?: string;
  verdict: Verdict;
  /** It could not be read, or not be checked to the end. */
  standing?: 'not-admitted';
  reasons?: Reason[];
}

/** What a set of documents says of the automation sessions in it. Described by `sessions.schema.json`. */
export interface SessionView {
  bearproof: string;
  now?: string;
  /** The browser is under remote control, and no active receipt accounts for it. */
  undeclaredAutomation?: true;
  /** Those that go on first, worst first; then ended ones by their end, newest first. */
  sessions: Session[];
  others: OtherDocument[];
  summary: {
    active: number;
    ended: number;
    unstated: number;
    /** These three count sessions that have not ended. */
    notAdmitted: number;
    needsAttention: number;
    consistent: number;
    /** Documents that could not be read. */
    unreadable: number;
    /** Documents other than receipts that are not listed. */
    othersLeftOut?: number;
  };
}
