// What the panel knows of one session: a receipt's report beside the members that its card shows.
import type { DocumentReport } from 'bearproof';
import { compareInstants, readInstant, type Instant } from '../shared/instant.js';
import { admissionOf, type Admission } from './admission.js';
import { fieldsOf, hasEnded, type DialectFields, type ScopePart } from './dialects.js';
import { DocumentReader, statedText, type Reading } from './reader.js';
import type { SharedFinding } from '../shared/together.js';

/** A document handed to the panel. */
export interface PanelDocument {
  /** A name for people: a file's name, a path. */
  readonly source: string;
  readonly content: string | Uint8Array;
  /** The content is NDJSON: each line that is not blank is a document. */
  readonly lines?: boolean;
}

export interface Scope {
  readonly part: ScopePart;
  readonly reading: Reading;
}

export interface Session {
  readonly report: DocumentReport;
  readonly admission: Admission;
  readonly fields: DialectFields;
  readonly receiptId: Reading;
  readonly owner: Reading;
  readonly displayName: Reading;
  readonly transport: Reading;
  /** Only parts that the receipt states or that cannot be read. */
  readonly scopes: readonly Scope[];
  readonly permissions: Reading;
  readonly origin: Reading;
  readonly status: Reading;
  readonly startedAt: Reading;
  readonly capturedAt: Reading;
  /** "active", "ended", or "unstated" where the receipt does not say. */
  readonly phase: 'active' | 'ended' | 'unstated';
  readonly captured: Instant | undefined;
  /** What other documents show together with this one. */
  readonly together: readonly SharedFinding[];
  /** Equal for records of one receipt; undefined where the receipt does not say whose it is. */
  readonly identity: string | undefined;
  /** Earlier records of the receipt, newest first. */
  readonly earlier: readonly Session[];
}

const none: Reading = { state: 'absent' };

/** Reads a receipt. `report` is the rule core's on the same document, of kind BrowserAutomationReceipt. */
export function sessionOf(
  document: PanelDocument,
  report: DocumentReport,
  together: readonly SharedFinding[] = [],
): Session {
  const reader = new DocumentReader(document.content, report.findings);
  const fields = fieldsOf(report.dialect);
  const status = fields.status ? reader.read(fields.status) : none;
  const stated = statedText(status);
  const capturedAt = reader.read(['capturedAt']);
  const names = [reader.read(fields.receiptId), reader.read(['sessionRef']), reader.read(['ownerRef'])].map(statedText);
  return {
    report,
    admission: admissionOf(report, reader, stated, together),
    fields,
    receiptId: reader.read(fields.receiptId),
    owner: reader.read(['ownerRef']),
    displayName: fields.displayName ? reader.read(fields.displayName) : none,
    transport: reader.read(['transport']),
    scopes: fields.tabScope
      .map((part) => ({ part, reading: reader.read(part.path) }))
      .filter((scope) => scope.reading.state !== 'absent'),
    permissions: reader.read(['permissionScope']),
    origin: reader.read(['origin']),
    status,
    startedAt: fields.startedAt ? reader.read(fields.startedAt) : none,
    capturedAt,
    phase: stated === undefined ? 'unstated' : hasEnded(stated) ? 'ended' : 'active',
    captured: readInstant(statedText(capturedAt) ?? ''),
    together,
    identity: names.includes(undefined) ? undefined : JSON.stringify([report.dialect, ...names]),
    earlier: [],
  };
}

/** Newest capturedAt first, then by receipt id; receipts without a readable time come last. */
export function bySessionOrder(a: Session, b: Session): number {
  if (a.captured && b.captured) {
    const order = compareInstants(b.captured, a.captured);
    if (order !== 0) return order;
  } else if (a.captured || b.captured) {
    return a.captured ? -1 : 1;
  }
  const [idA, idB] = [statedText(a.receiptId) ?? '', statedText(b.receiptId) ?? ''];
  return idA < idB ? -1 : idA > idB ? 1 : 0;
}
