// Where each dialect of BrowserAutomationReceipt keeps what a session card shows (docs/panel.md has the table).

/** Paths of members, outermost name first; undefined: the dialect has no such member. */
export interface DialectFields {
  readonly receiptId: Path;
  readonly displayName: Path | undefined;
  /** Members that together name what is controlled; an array member contributes each of its strings. */
  readonly tabScope: readonly ScopePart[];
  readonly status: Path | undefined;
  /** When the session started; undefined where the dialect only tells when the receipt was captured. */
  readonly startedAt: Path | undefined;
}

export type Path = readonly [string, ...string[]];

export interface ScopePart {
  /** "window", "tab", …; "" where the dialect does not say. */
  readonly noun: string;
  readonly path: Path;
  /** The value is an origin: its host's end must stay in sight. */
  readonly origin: boolean;
}

const bearbrowserV1: DialectFields = {
  receiptId: ['receiptId'],
  displayName: ['displayName'],
  tabScope: [{ noun: '', path: ['tabScope'], origin: true }],
  status: ['status'],
  startedAt: ['capturedAt'],
};

const sourceosV2: DialectFields = {
  receiptId: ['id'],
  displayName: undefined,
  tabScope: [
    { noun: 'origin', path: ['controlledScope', 'urlOrigin'], origin: true },
    { noun: 'tab', path: ['controlledScope', 'tabRef'], origin: false },
    { noun: 'window', path: ['controlledScope', 'windowRef'], origin: false },
    { noun: 'workspace', path: ['controlledScope', 'workspaceRef'], origin: false },
  ],
  status: ['terminalState'],
  startedAt: ['startedAt'],
};

const seed: DialectFields = {
  receiptId: ['id'],
  displayName: undefined,
  tabScope: [],
  status: undefined,
  startedAt: undefined,
};

/** What the rule core calls the dialect → its fields. A dialect that is not known is read like the seed's. */
export function fieldsOf(dialect: string | undefined): DialectFields {
  if (dialect === 'bearbrowser-v1') return bearbrowserV1;
  if (dialect === 'sourceos-v2') return sourceosV2;
  return seed;
}

/** The dialect in words. */
export function dialectTitle(dialect: string | undefined): string {
  if (dialect === 'bearbrowser-v1') return 'BearBrowser v1';
  if (dialect === 'sourceos-v2') return 'SourceOS v2';
  if (dialect === 'seed') return 'SourceOS minimal';
  return 'unknown dialect';
}

/**
 * Permissions that reach beyond the page's surface, in every dialect's words: credentials, cookies, files, clipboard,
 * network. They are listed first and marked.
 */
const sensitive: readonly string[] = [
  'use_credentials',
  'managed_identity_delegate',
  'inspect_cookies',
  'clipboard_read',
  'upload',
  'upload_file',
  'download',
  'download_file',
  'inspect_network',
  'observe_network_metadata',
];

/** Position in the order in which sensitive permissions are shown; Infinity for the others. */
export function sensitivityRank(permission: string): number {
  const rank = sensitive.indexOf(permission);
  return rank < 0 ? Infinity : rank;
}

/** States after which a session does not act any more, in any dialect. */
const ended: readonly string[] = ['revoked', 'ended', 'completed', 'failed', 'denied'];

export function hasEnded(status: string): boolean {
  return ended.includes(status);
}
