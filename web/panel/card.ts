// The card of one session: BearBrowser's nine fields in their order and under their labels, what the rule core found, and
// who says all this.
import { html, nothing } from 'lit';
import { countFindings } from '../shared/findings.js';
import { readInstant, showInstant } from '../shared/instant.js';
import { dialectTitle, sensitivityRank } from './dialects.js';
import { findingList, type Lead } from './finding-list.js';
import { standingIcon } from './icons.js';
import { statedText, type Reading } from './reader.js';
import type { Session } from './session.js';
import { phrase, value, type TextOptions } from './text.js';

/** Most entries of a list in a receipt that are drawn; the rest is counted. */
const drawnEntries = 40;

const standingWords = {
  consistent: 'Consistent',
  'needs attention': 'Needs attention',
  'not admitted': 'Not admitted',
} as const;

const missing = (why: string) => html`<span class="missing">${why}</span>`;

function unstated(reading: Reading) {
  if (reading.state === 'repeated') return missing('written more than once, so not read');
  if (reading.state === 'unread') return missing('not read');
  return missing('not stated');
}

/** One string; anything else is shown as the JSON that it is. */
function single(reading: Reading, options: TextOptions = {}) {
  if (reading.state !== 'stated') return unstated(reading);
  const text = statedText(reading);
  if (text !== undefined) return value(text, options);
  if (typeof reading.value === 'string')
    return missing(reading.value === '' ? 'stated as empty text' : 'stated as blank');
  return html`${missing('not text:')} ${value(JSON.stringify(reading.value), options)}`;
}

function permissions(reading: Reading) {
  if (reading.state !== 'stated' || !Array.isArray(reading.value)) return single(reading);
  if (reading.value.length === 0) return missing('none listed');
  const entries: unknown[] = reading.value;
  const texts = entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)));
  const order = texts
    .map((text, index) => ({ text, index, rank: sensitivityRank(text) }))
    .sort((a, b) => (a.rank === b.rank ? a.index - b.index : a.rank - b.rank));
  return html`<ul class="permissions">
    ${order
      .slice(0, drawnEntries)
      .map(({ text, rank }) =>
        rank < Infinity
          ? html`<li class="sensitive">${phrase(text, { limit: 48 })} <span class="note">sensitive</span></li>`
          : html`<li>${phrase(text, { limit: 48 })}</li>`,
      )}
    ${order.length > drawnEntries ? html`<li class="more">${order.length - drawnEntries} more</li>` : nothing}
  </ul>`;
}

function scopes(session: Session) {
  if (session.scopes.length === 0) return missing('not stated');
  return session.scopes.map(({ part, reading }) => {
    const options = { origin: part.origin };
    const noun = part.noun ? html`<span class="noun">${part.noun}</span> ` : nothing;
    if (reading.state !== 'stated' || !Array.isArray(reading.value)) {
      return html`<div class="line">${noun}${single(reading, options)}</div>`;
    }
    const entries: unknown[] = reading.value;
    if (entries.length === 0) return html`<div class="line">${missing('none listed')}</div>`;
    return html`${entries
      .slice(0, drawnEntries)
      .map(
        (entry) => html`<div class="line">${noun}${single({ state: 'stated', value: entry }, options)}</div>`,
      )}${entries.length > drawnEntries ? html`<div class="line">${entries.length - drawnEntries} more</div>` : nothing}`;
  });
}

function time(reading: Reading) {
  const text = statedText(reading);
  if (text === undefined) return single(reading);
  const instant = readInstant(text);
  if (!instant) return html`${missing('not a time:')} ${value(text)}`;
  const iso = new Date(instant.seconds * 1000).toISOString();
  return html`<time datetime=${iso}>${showInstant(instant)}</time>
    ${/z$/i.test(text) ? nothing : html`<span class="aside block">written ${phrase(text, { limit: 48 })}</span>`}`;
}

function started(session: Session) {
  if (session.fields.startedAt?.[0] === 'capturedAt') return time(session.startedAt);
  return html`${time(session.startedAt)}<span class="aside block">receipt captured ${time(session.capturedAt)}</span>`;
}

function origin(reading: Reading) {
  return statedText(reading) === 'remote'
    ? html`<span class="mark bad">remote</span> <span class="aside">controlled from outside this machine</span>`
    : single(reading);
}

function label(session: Session) {
  if (session.fields.displayName || statedText(session.owner) === undefined) return single(session.displayName);
  return html`${missing('not stated')} <span class="aside">this dialect has no label</span>`;
}

/** Label → what stands beside it. Order and labels are BearBrowser's (automation-session-ui.yaml), word for word. */
function rows(session: Session) {
  return [
    ['receiptId', 'Evidence receipt ID', single(session.receiptId, { limit: 96 })],
    ['ownerRef', 'Owner / Agent', single(session.owner)],
    ['displayName', 'Session label', label(session)],
    ['transport', 'Active transport', single(session.transport)],
    ['tabScope', 'Controlled tab(s) / window(s)', scopes(session)],
    ['permissionScope', 'Granted permissions', permissions(session.permissions)],
    ['origin', 'Origin (local / remote / workspace)', origin(session.origin)],
    ['status', 'Session status', single(session.status)],
    ['capturedAt', 'Session started', started(session)],
  ] as const;
}

function declaration(session: Session) {
  const owner = statedText(session.owner);
  return owner === undefined
    ? html`<p class="declared">Declared by nobody it names; nothing in a receipt is signed.</p>`
    : html`<p class="declared">Declared by ${phrase(owner, { limit: 72 })}; nothing in a receipt is signed.</p>`;
}

/** Most reasons that stand in a card's head; all of them are among the findings. */
const headReasons = 3;

function reasons(session: Session) {
  const all = session.admission.reasons;
  if (all.length === 0) return nothing;
  return html`<ul class="reasons">
    ${all.slice(0, headReasons).map((reason) => html`<li>${phrase(reason)}</li>`)}
    ${all.length > headReasons ? html`<li>and ${all.length - headReasons} more</li>` : nothing}
  </ul>`;
}

/** What a reader should see before the fields: a driver elsewhere, permissions that reach far. */
function marks(session: Session) {
  const granted = session.permissions.state === 'stated' ? session.permissions.value : undefined;
  const sensitive = Array.isArray(granted)
    ? granted.filter((entry) => typeof entry === 'string' && sensitivityRank(entry) < Infinity).length
    : 0;
  const remote = statedText(session.origin) === 'remote';
  if (!remote && sensitive === 0) return nothing;
  return html`<p class="marks">
    ${remote ? html`<span class="mark bad">remote</span>` : nothing}
    ${
      sensitive > 0
        ? html`<span class="mark warn">${sensitive} sensitive permission${sensitive > 1 ? 's' : ''}</span>`
        : nothing
    }
  </p>`;
}

function title(session: Session) {
  const label = statedText(session.displayName);
  if (label !== undefined) return phrase(label, { limit: 80 });
  const owner = statedText(session.owner);
  return owner === undefined ? 'Session of an unnamed owner' : html`Session of ${phrase(owner, { limit: 64 })}`;
}

/** Fields in which a record differs from the one after it, by their labels. */
function changes(before: Session, after: Session): string[] {
  const said: [string, (session: Session) => unknown][] = [
    ['label', ({ displayName }) => displayName],
    ['transport', ({ transport }) => transport],
    ['tabs and windows', ({ scopes }) => scopes.map(({ reading }) => reading)],
    ['permissions', ({ permissions }) => permissions],
    ['origin', ({ origin }) => origin],
    ['status', ({ status }) => status],
    ['start', ({ startedAt }) => startedAt],
  ];
  return said.filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(([name]) => name);
}

/** Most earlier records that are drawn; the rest is counted. */
const drawnRecords = 20;

function earlierRecord(record: Session, after: Session, lead: Lead) {
  const { standing } = record.admission;
  const changed = changes(record, after);
  const findings = [...record.report.findings, ...record.together];
  return html`<li
    class="record ${standing.replace(' ', '-')}"
    data-document
    .documentName=${record.report.source}
    tabindex="-1"
  >
    <p>
      <span class="was">${standingIcon(standing)} ${standingWords[standing]}</span>
      ${single(record.status, { limit: 48 })} · ${time(record.capturedAt)}
    </p>
    <p class="quiet">
      ${phrase(record.report.source, { limit: 64 })} ·
      ${changed.length > 0 ? `then changed: ${changed.join(', ')}` : 'nothing shown here changed after it'}
    </p>
    ${
      findings.length > 0
        ? html`<details class="findings-of">
            <summary>${countFindings(findings)}</summary>
            ${findingList(findings, lead)}
          </details>`
        : nothing
    }
  </li>`;
}

function history(session: Session, lead: Lead) {
  const { earlier } = session;
  if (earlier.length === 0) return nothing;
  const more = earlier.length - drawnRecords;
  return html`<details class="history">
    <summary>${earlier.length} earlier record${earlier.length > 1 ? 's' : ''}</summary>
    <ol role="list">
      ${earlier
        .slice(0, drawnRecords)
        .map((record, index) => earlierRecord(record, index === 0 ? session : (earlier[index - 1] ?? session), lead))}
    </ol>
    ${more > 0 ? html`<p class="quiet">… and ${more} more.</p>` : nothing}
  </details>`;
}

/**
 * @param index  position in the whole list, for ids
 * @param lead   leads to other documents
 */
export function card(session: Session, index: number, lead: Lead) {
  const { standing } = session.admission;
  const findings = [...session.report.findings, ...session.together];
  return html`<li class="slot">
    <article
      class="card ${standing.replace(' ', '-')} ${session.phase}"
      data-document
      .documentName=${session.report.source}
      aria-labelledby="title-${index} standing-${index}"
    >
      <header>
        <p class="standing" id="standing-${index}">${standingIcon(standing)} ${standingWords[standing]}</p>
        <h3 id="title-${index}" tabindex="-1">${title(session)}</h3>
        ${reasons(session)} ${declaration(session)} ${marks(session)}
      </header>
      <dl>
        ${rows(session).map(
          ([field, name, content]) =>
            html`<div class="row" data-field=${field}>
              <dt>${name}</dt>
              <dd>${content}</dd>
            </div>`,
        )}
      </dl>
      <footer>
        ${
          findings.length > 0
            ? html`<details class="findings-of">
                <summary>${countFindings(findings)}</summary>
                ${findingList(findings, lead)}
              </details>`
            : html`<p class="quiet">No findings</p>`
        }
        ${history(session, lead)}
        <p class="quiet source">
          ${phrase(session.report.source, { limit: 64 })} · ${dialectTitle(session.report.dialect)}
        </p>
      </footer>
    </article>
  </li>`;
}
