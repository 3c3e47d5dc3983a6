// A session as one row of the list: everything a person decides by, in the height that every row has.
import { html, nothing } from 'lit-html';
import { icon, standingWords } from './icons.js';
import type { Row } from './protocol.js';
import type { RevocationRun } from './revocations.js';
import { idEnd, line, phrase, place, sentence } from './text.js';
import { shortTime } from './time.js';

export interface RowContext {
  readonly now: number;
  readonly open: boolean;
  /** The session is not among the documents any more. */
  readonly gone: boolean;
  readonly host: boolean;
  readonly run: RevocationRun | undefined;
  readonly confirming: boolean;
  readonly toggle: (event: Event) => void;
  readonly revoke: (event: Event) => void;
}

function title({ label }: Row) {
  return label === undefined ? html`<span class="missing">No label</span>` : sentence(label);
}

function owner(row: Row) {
  return html`<p class="owner" id="owner-${row.id}">
    <span class="only-heard">Owner: </span>${
      row.owner === undefined ? html`<span class="missing">no owner stated</span>` : line(row.owner)
    }${row.twin && row.receipt !== undefined ? html`<span class="twin">id <bdi>${idEnd(row.receipt)}</bdi></span>` : nothing}
  </p>`;
}

function permissions(row: Row) {
  if (row.permissions.length === 0) {
    return html`<p class="may"><span class="missing">no permissions stated</span></p>`;
  }
  return html`<p class="may">
    <span class="only-heard">Declared permissions: </span
    ><span class="line"
      ><span class="head"
        >${row.permissions.map(
          ({ plain, sensitive }, at) =>
            html`${at > 0 ? ', ' : nothing}<span class=${sensitive ? 'sensitive' : ''}
                >${phrase(plain, { limit: 48 })}${
                  sensitive ? html`<span class="only-heard"> (sensitive)</span>` : nothing
                }</span
              >`,
        )}</span
      >${row.morePermissions > 0 ? html`<span class="fixed">&nbsp;+${row.morePermissions}</span>` : nothing}</span
    >
  </p>`;
}

function where(row: Row) {
  const [first] = row.where;
  const more = row.where.length - 1 + row.moreWhere;
  return html`<p class="where">
    ${
      first === undefined
        ? html`<span class="missing">place not stated</span>`
        : html`<span class="only-heard">Declared place: </span>${place(first)}${
              more > 0 ? html`<span class="fixed">&nbsp;+${more}</span>` : nothing
            }`
    }
  </p>`;
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function since(row: Row, now: number) {
  if (row.phase === 'ended') {
    const at = row.revokedAt ?? row.started;
    return html`<p class="since">
      ${row.revokedAt !== undefined ? 'revoked' : 'started'}
      ${at === undefined ? html`<span class="missing">at no stated time</span>` : shortTime(at, now)}
    </p>`;
  }
  return html`<p class="since">
    ${
      row.started === undefined
        ? html`<span class="missing">start not stated</span>`
        : html`since ${shortTime(row.started, now)}`
    }
  </p>`;
}

/** What a revocation has come to, as short as the button that it was asked by. */
const runWords: Record<RevocationRun['state'], string> = {
  asked: 'Asked…',
  recorded: 'Recorded…',
  ended: 'Ended',
  unconfirmed: 'Not confirmed',
  saved: 'Saved',
  failed: 'Failed',
};

function act(row: Row, context: RowContext) {
  if (row.phase === 'ended' || context.gone) {
    const word = context.gone ? 'Gone' : row.outcome === undefined ? 'Ended' : undefined;
    return html`<p class="outcome">
      ${word ?? html`<bdi>${capital(typeof row.outcome === 'string' ? row.outcome : 'ended')}</bdi>`}
    </p>`;
  }
  if (context.run) {
    return html`<p class="outcome ${context.run.state}">${runWords[context.run.state]}</p>`;
  }
  const words = context.host ? 'Revoke' : 'Save a revoked receipt…';
  return html`<button
    type="button"
    class="revoke ${context.host ? '' : 'save'}"
    aria-expanded=${context.confirming ? 'true' : 'false'}
    aria-labelledby="revoke-${row.id} title-${row.id} owner-${row.id}"
    @click=${context.revoke}
  >
    ${context.host ? icon('stop') : nothing}<span id="revoke-${row.id}">${words}</span>
  </button>`;
}

/** The part of a row that is always there. */
export function rowHead(row: Row, context: RowContext) {
  return html`<div class="face">
    <p class="standing" id="standing-${row.id}">
      ${icon(row.standing)}<b>${standingWords[row.standing]}</b>${
        row.phase === 'unstated' ? html`<span class="phase">no status</span>` : nothing
      }${row.remote ? html`<span class="remote">remote</span>` : nothing}${row.reason !== undefined ? html`<span class="reason">${phrase(row.reason, { limit: 240 })}</span>` : nothing}
    </p>
    <h3>
      <button
        type="button"
        class="open"
        id="title-${row.id}"
        aria-expanded=${context.open ? 'true' : 'false'}
        aria-describedby="owner-${row.id} standing-${row.id}"
        @click=${context.toggle}
      >
        ${icon('open')}${title(row)}
      </button>
    </h3>
    ${owner(row)} ${permissions(row)}
    <div class="place">${where(row)} ${since(row, context.now)}</div>
    <p class="folder"><span class="only-heard">From </span>${line(row.folder)}</p>
    <div class="act">${act(row, context)}</div>
  </div>`;
}

/** A row whose content is on its way. */
export function rowBlank() {
  return html`<div class="face blank-face" aria-busy="true"></div>`;
}
