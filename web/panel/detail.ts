// What an open row shows: BearBrowser's fields, what admits and ends the session, findings, history and story.
import { html, nothing } from 'lit-html';
import type { Rule } from 'bearproof';
import { icon, standingWords } from './icons.js';
import type { Detail, Row, ShownField, ShownReason, ShownRecord, Text } from './protocol.js';
import { phrase, value } from './text.js';
import { fullTime } from './time.js';

const missing = (why: string) => html`<span class="missing">${why}</span>`;

export interface DetailContext {
  /** What is unfolded about a rule; undefined: nothing. */
  readonly explained: (rule: string) => Explanation | undefined;
  readonly explain: (rule: string) => void;
}

/** A rule, or that it is being looked up, or that there is none. */
export type Explanation = Rule | 'loading' | 'none';

function values(field: ShownField, show: (text: Text) => unknown) {
  const more = field.more > 0 ? html`<div class="entry quiet">${field.more} more</div>` : nothing;
  return html`${field.values.map((text, at) => {
    const noun = field.nouns?.[at];
    return html`<div class="entry">
      ${noun ? html`<span class="note">${phrase(noun, { limit: 32 })}</span> ` : nothing}${show(text)}
    </div>`;
  })}${more}`;
}

function fieldValue(field: ShownField, detail: Detail) {
  if (field.state === 'not-in-dialect') return missing('not stated: this dialect has no place for it');
  if (field.state === 'not-stated') return missing('not stated');
  const fault = field.state === 'faulted' ? html` <span class="mark bad">see the findings</span>` : nothing;
  if (field.values.length === 0)
    return html`${missing(field.state === 'faulted' ? 'not readable' : 'none listed')}${fault}`;
  const { name } = field;
  if (name === 'permissionScope' && detail.permissions.length > 0) {
    return html`<ul class="permissions" role="list">
        ${detail.permissions.map(
          ({ word, plain, sensitive }) =>
            html`<li class=${sensitive ? 'sensitive' : ''}>
              <code>${phrase(word, { limit: 48 })}</code> ${phrase(plain, { limit: 80 })}
              ${sensitive ? html`<span class="mark">sensitive</span>` : nothing}
            </li>`,
        )}
        ${field.more > 0 ? html`<li class="more">${field.more} more</li>` : nothing}
      </ul>
      ${fault}`;
  }
  if (name === 'tabScope') return html`${values(field, (text) => value(text, { origin: true }))}${fault}`;
  if (name === 'capturedAt') return html`${values(field, fullTime)}${fault}`;
  if (name === 'origin' && field.values[0] === 'remote') {
    return html`<span class="mark bad">remote</span>
      <span class="aside">driven from outside this machine</span>${fault}`;
  }
  return html`${values(field, (text) => value(text))}${fault}`;
}

/** What the contract's labels leave open. */
const declared = new Set(['tabScope', 'permissionScope']);

function entry(name: string, label: string, content: unknown, note = '') {
  return html`<div class="field" data-field=${name}>
    <dt>${label}${note === '' ? nothing : html` <span class="note">${note}</span>`}</dt>
    <dd>${content}</dd>
  </div>`;
}

const stated = (text: Text | undefined) => (text === undefined ? missing('not stated') : value(text));

/** The receipt's id stands last: it identifies, the others tell. */
function fields(detail: Detail) {
  const shown = (field: ShownField) =>
    entry(field.name, field.label, fieldValue(field, detail), declared.has(field.name) ? 'declared' : '');
  return html`<dl>
    ${detail.fields.filter(({ name }) => name !== 'receiptId').map(shown)}
    ${detail.revokedAt !== undefined ? entry('revokedAt', 'Revoked at', fullTime(detail.revokedAt)) : nothing}
    ${entry('policyDecisionRef', 'Policy decision', stated(detail.decision), 'what admits it')}
    ${entry('admission', 'How it was admitted', missing('not stated'))}
    ${
      detail.standing === 'not-admitted'
        ? nothing
        : entry('userVisible', 'Visible and revocable', 'declared by the receipt')
    }
    ${entry('sessionRef', 'Session', stated(detail.session), 'what a revocation ends')}
    ${detail.fields.filter(({ name }) => name === 'receiptId').map(shown)}
  </dl>`;
}

function explanation(rule: Explanation) {
  if (rule === 'loading') return html`<div class="explanation" aria-busy="true">Looking it up…</div>`;
  if (rule === 'none') return html`<div class="explanation">There is no text about this rule.</div>`;
  const [first] = rule.cases;
  const parts: [string, string | undefined][] = [
    ['When', first?.condition],
    ['Why', rule.why],
    ['What to do', first?.help],
    ['Source', rule.source],
  ];
  return html`<div class="explanation">
    <p><b>${phrase(rule.title, { limit: 200 })}</b></p>
    ${parts.map(([name, text]) => (text ? html`<p><b>${name}:</b> ${phrase(text, { limit: 1200 })}</p>` : nothing))}
  </div>`;
}

function reason(one: ShownReason, { explained, explain }: DetailContext) {
  const shown = explained(one.rule);
  return html`<li class="finding ${one.severity}">
    <p class="message">
      <span class="severity">${one.severity}</span> ${phrase(one.message, { limit: 400 })}
      ${one.refuses ? html`<span class="mark bad">not admitted because of it</span>` : nothing}
    </p>
    ${one.help !== undefined ? html`<p class="quiet">${phrase(one.help, { limit: 400 })}</p>` : nothing}
    <p class="spot">
      <button
        type="button"
        class="rule"
        aria-expanded=${shown === undefined ? 'false' : 'true'}
        @click=${() => explain(one.rule)}
      >
        ${phrase(one.rule, { limit: 96 })}
      </button>
      ${one.pointer !== undefined && one.pointer !== '' ? html`<span class="mono">${phrase(one.pointer, { limit: 80 })}</span>` : nothing}
      ${one.source !== undefined ? html`<span>${phrase(one.source, { limit: 64 })}${one.line ? `, line ${one.line}` : nothing}</span>` : nothing}
    </p>
    ${shown === undefined ? nothing : explanation(shown)}
  </li>`;
}

/** Findings as a list, most important first, each with its explanation a press away. */
export function reasonList(reasons: readonly ShownReason[], more: number, context: DetailContext) {
  return html`<ol class="findings" role="list">
      ${reasons.map((one) => reason(one, context))}
    </ol>
    ${more > 0 ? html`<p class="quiet">… and ${more} more.</p>` : nothing}`;
}

function record(one: ShownRecord, latest: boolean) {
  return html`<li class="record ${one.standing}">
    <p>
      <span class="was">${icon(one.standing)} ${standingWords[one.standing]}</span> ·
      ${one.phase}${latest ? ' · this record' : nothing}
    </p>
    <p class="quiet">
      ${phrase(one.source, { limit: 72 })}${one.line ? `, line ${one.line}` : nothing}
      ${one.changed.length > 0 ? html` · changed: ${one.changed.map((name, at) => html`${at > 0 ? ', ' : nothing}${phrase(name, { limit: 48 })}`)}` : nothing}
    </p>
  </li>`;
}

const dialects: Record<string, string> = {
  'bearbrowser-v1': 'BearBrowser v1',
  'sourceos-v2': 'SourceOS v2',
  seed: 'SourceOS minimal',
};

export function detailBody(row: Row, detail: Detail | undefined, context: DetailContext) {
  if (!detail) return html`<div class="detail" aria-busy="true"><p class="quiet">Loading…</p></div>`;
  const { story, records } = detail;
  return html`<div class="detail">
    ${fields(detail)}
    <section class="part">
      <h4>Findings</h4>
      ${detail.reasons.length > 0 ? reasonList(detail.reasons, detail.moreReasons, context) : html`<p class="quiet">None.</p>`}
    </section>
    ${
      story
        ? html`<section class="part">
            <h4>What it says</h4>
            <div class="story">
              <p>${phrase(story.happened, { limit: 600 })} ${phrase(story.why, { limit: 600 })}</p>
              <p><b>Risk:</b> ${phrase(story.risk, { limit: 600 })}</p>
              <p><b>Next:</b> ${phrase(story.next, { limit: 600 })}</p>
            </div>
          </section>`
        : nothing
    }
    ${
      records.length > 1
        ? html`<section class="part">
            <h4>History</h4>
            <ol class="records" role="list">
              ${records.map((one, at) => record(one, at === 0))}
            </ol>
            ${detail.moreRecords > 0 ? html`<p class="quiet">… and ${detail.moreRecords} earlier.</p>` : nothing}
          </section>`
        : nothing
    }
    <p class="origin quiet">
      From ${phrase(row.folder, { limit: 72 })}:
      ${phrase(detail.source, { limit: 120 })}${detail.line ? `, line ${detail.line}` : nothing} ·
      ${dialects[detail.dialect] ?? phrase(detail.dialect, { limit: 48 })}
    </p>
  </div>`;
}
