// Findings as a list: severity, message, place, rule, remedy.
import { html, nothing } from 'lit';
import type { Finding } from 'bearproof';
import { phrase } from './text.js';
import { severities } from '../shared/findings.js';
import type { Place } from '../shared/together.js';

/** Draws the name of a document as a way to it. */
export type Lead = (source: string) => unknown;

/** The other documents of a finding. */
function elsewhere(places: readonly Place[], lead: Lead) {
  return html`<ul class="elsewhere">
    ${places
      .slice(0, drawnPlaces)
      .map(
        ({ source, pointer, range, message }) =>
          html`<li>
            ${lead(source)}
            ${range ? html`<span>line ${range.start.line}, column ${range.start.column}</span>` : nothing}
            ${pointer ? html`<span class="mono">${phrase(pointer, { limit: 80 })}</span>` : nothing}
            ${message ? html`<span>${phrase(message)}</span>` : nothing}
          </li>`,
      )}
    ${places.length > drawnPlaces ? html`<li>… and ${places.length - drawnPlaces} more places.</li>` : nothing}
  </ul>`;
}

/** Most places of one finding that are drawn; the rest is counted. */
const drawnPlaces = 10;

/** Most findings that are drawn for one document; the rest is counted. */
const drawn = 100;

/** A finding, with the places that it has in other documents. */
interface Drawn extends Finding {
  readonly elsewhere?: readonly Place[];
}

/** @param lead  leads to other documents; needed where findings have places there */
export function findingList(findings: readonly Drawn[], lead: Lead = (source) => phrase(source, { limit: 64 })) {
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
            ${finding.elsewhere?.length ? elsewhere(finding.elsewhere, lead) : nothing}
          </li>`,
      )}
    </ol>
    ${sorted.length > drawn ? html`<p class="quiet">… and ${sorted.length - drawn} more.</p>` : nothing}`;
}
