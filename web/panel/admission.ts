// One word for a session. The rule core's findings decide; the panel may be stricter than they are, never milder, and it
// never says more than that a declaration is consistent with itself.
import type { DocumentReport, Finding } from 'bearproof';
import { statedText, type DocumentReader } from './reader.js';
import type { Path } from './dialects.js';

export type Standing = 'consistent' | 'needs attention' | 'not admitted';

export interface Admission {
  readonly standing: Standing;
  /** Why, most important first; written by us and by the rule core, but may quote the document. */
  readonly reasons: readonly string[];
}

interface Condition {
  readonly path: Path;
  readonly holds: (reader: DocumentReader, path: Path) => boolean;
  readonly otherwise: string;
}

const isStated = (reader: DocumentReader, path: Path) => statedText(reader.read(path)) !== undefined;
const isTrue = (reader: DocumentReader, path: Path) => {
  const reading = reader.read(path);
  return reading.state === 'stated' && reading.value === true;
};

/** What a session needs before it may run at all (BearBrowser's session-start policy; its default decision is deny). */
const conditions: readonly Condition[] = [
  { path: ['policyDecisionRef'], holds: isStated, otherwise: 'no policy decision admits this session' },
  { path: ['ownerRef'], holds: isStated, otherwise: 'no owner answers for this session' },
  { path: ['sessionRef'], holds: isStated, otherwise: 'the receipt names no session' },
  { path: ['userVisible'], holds: isTrue, otherwise: 'the session is not declared visible to the user' },
  { path: ['revocable'], holds: isTrue, otherwise: 'the session is not declared revocable' },
];

function concerns(finding: Finding, path: Path): boolean {
  const pointer = finding.pointer ?? '';
  const place = '/' + path[0];
  return pointer === place || pointer.startsWith(place + '/');
}

/** Findings after which nobody can say what the rest of the document would have shown. */
function undecided(finding: Finding): boolean {
  return finding.rule.startsWith('engine.') || finding.rule.startsWith('limit.');
}

/**
 * @param report  the rule core's report on the receipt
 * @param status  what the receipt says of the session's state
 * @param together  findings that other documents show together with this one, placed in this one
 */
export function admissionOf(
  report: DocumentReport,
  reader: DocumentReader,
  status: string | undefined,
  together: readonly Finding[],
): Admission {
  const findings = [...report.findings, ...together];
  const errors = findings.filter((finding) => finding.severity === 'error');
  const refusals: string[] = [];
  for (const condition of conditions) {
    const found = errors.filter((finding) => concerns(finding, condition.path));
    if (!condition.holds(reader, condition.path)) refusals.push(condition.otherwise);
    else refusals.push(...found.map((finding) => finding.message));
  }
  if (status === 'denied') refusals.push('policy denied this session');
  if (report.verdict === 'unrecognised' || report.verdict === 'unreadable') {
    refusals.push('no rule could be applied to this receipt');
  }
  refusals.push(...report.findings.filter(undecided).map((finding) => finding.message));
  if (refusals.length > 0) return { standing: 'not admitted', reasons: unique(refusals) };

  const doubts = findings.filter((f) => f.severity === 'error' || f.severity === 'warning');
  const reasons = doubts.map((finding) => finding.message);
  if (status === 'orphaned') reasons.push('the session is orphaned: no owner is known to be driving it');
  if (reasons.length > 0 || report.verdict !== 'valid')
    return { standing: 'needs attention', reasons: unique(reasons) };
  return { standing: 'consistent', reasons: [] };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
