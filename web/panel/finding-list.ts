// Findings as a list: severity, message, place, rule, remedy.
import { html, nothing } from 'lit';
import type { Finding } from 'bearproof';
import { phrase } from './text.js';

const severities = ['error', 'warning', 'notice', 'info'] as const;

/** "2 errors, 1 notice"; "no findings". */
export function countFindings(findings: readonly Finding[]): string {
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}${count > 1 ? 's' : ''}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

/** Most findings that are drawn for one document; the rest is counted. */
const drawn = 100;

export function findingList(findings: readonly Finding[]) {
  const sorted = [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return html`<ol class="findings">
      ${sorted.slice(0, drawn).map(
        (finding) =>
          html`<li class="finding ${finding.severity}">
            <p class="message"><span class="severity">${finding.severity}</span> ${phrase(finding.message)}</p>
            ${finding.help ? html`<p class="help">${phrase(finding.help, { limit: 400 })}</p>` : nothing}
            <p class="place">
              ${
                finding.range
                  ? html`<span>line ${finding.range.start.line}, column ${finding.range.start.column}</span>`
                  : nothing
              }
              ${finding.pointer ? html`<span class="mono">${phrase(finding.pointer, { limit: 80 })}</span>` : nothing}
              <span class="mono">${phrase(finding.rule)}</span>
            </p>
          </li>`,
      )}
    </ol>
    ${sorted.length > drawn ? html`<p class="quiet">… and ${sorted.length - drawn} more.</p>` : nothing}`;
}
