// Findings in numbers and in order.
import type { Finding, Severity } from 'bearproof';

/** Most urgent first. */
export const severities: readonly Severity[] = ['error', 'warning', 'notice', 'info'];

/** "2 errors, 1 notice"; "no findings". */
export function countFindings(findings: readonly Finding[]): string {
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}${count > 1 ? 's' : ''}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}
