// Times as the panel shows them: UTC, and how long ago within the last day.
import { html, nothing } from 'lit-html';
import { readInstant, showInstant, type Instant } from '../shared/instant.js';
import type { Text } from './protocol.js';
import { phrase, value } from './text.js';

const iso = (instant: Instant) => new Date(instant.seconds * 1000).toISOString();

/** A time in full; what is no time is shown as what it is. */
export function fullTime(text: Text) {
  const instant = typeof text === 'string' ? readInstant(text) : undefined;
  if (!instant) return html`<span class="missing">not a time:</span> ${value(text)}`;
  return html`<time datetime=${iso(instant)}>${showInstant(instant)}</time>
    ${typeof text === 'string' && !/z$/i.test(text) ? html`<span class="aside">written ${phrase(text, { limit: 48 })}</span>` : nothing}`;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 min", "3 h"; "" for what is older than a day, or still to come. */
function age(seconds: number): string {
  if (seconds < 0 || seconds >= day) return '';
  if (seconds < minute) return 'under a minute';
  return seconds < hour ? `${Math.floor(seconds / minute)} min` : `${Math.floor(seconds / hour)} h`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A time as short as a row has room for: to the minute, with its date and age where they matter.
 * @param now  in milliseconds
 */
export function shortTime(text: Text, now: number) {
  const instant = typeof text === 'string' ? readInstant(text) : undefined;
  if (!instant) return html`<span class="missing">an unreadable time</span>`;
  const ago = age(now / 1000 - instant.seconds);
  const date = new Date(instant.seconds * 1000);
  const year = date.getUTCFullYear() === new Date(now).getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  const written = ago === '' ? `${date.getUTCDate()} ${months[date.getUTCMonth()]}${year} ` : '';
  const clock = showInstant(instant).split(' ')[1]?.slice(0, 5);
  return html`<time datetime=${iso(instant)}>${written}${clock} UTC</time>${
      ago === '' ? nothing : html`<span class="age"> · ${ago}</span>`
    }`;
}
