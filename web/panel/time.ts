// Times as the panel shows them: UTC, and how long ago within the last day. What is a time, the rule core has judged.
import { html, nothing } from 'lit-html';
import type { Text } from './protocol.js';
import { phrase, value } from './text.js';

/** "2026-05-06T04:31:00" in UTC; undefined where the text is no time. A leap second is shown as the second before it. */
function instant(text: Text): string | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:/i.test(text)) return undefined;
  const date = new Date(text.replace(/:60(?=[.Z+-])/i, ':59'));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19);
}

/** A time in full; what is no time is shown as what it is. */
export function fullTime(text: Text) {
  const shown = instant(text);
  if (shown === undefined) return html`<span class="missing">not a time:</span> ${value(text)}`;
  return html`<time datetime="${shown}Z">${shown.replace('T', ' ')} UTC</time>
    ${/z$/i.test(text as string) ? nothing : html`<span class="aside">written ${phrase(text, { limit: 48 })}</span>`}`;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 min", "3 h"; "" for what is older than a day, or still to come. */
function age(passed: number): string {
  if (!(passed >= 0 && passed < day)) return '';
  if (passed < minute) return '<1 min';
  return passed < hour ? `${Math.floor(passed / minute)} min` : `${Math.floor(passed / hour)} h`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A time as short as a row has room for: to the minute, with its date or its age.
 * @param now  in milliseconds
 */
export function shortTime(text: Text, now: number) {
  const shown = instant(text);
  if (shown === undefined) return html`<span class="missing">an unreadable time</span>`;
  const ago = age(now - Date.parse(`${shown}Z`));
  const clock = `${shown.slice(11, 16)} UTC`;
  const year = new Date(now).getUTCFullYear() === Number(shown.slice(0, 4)) ? '' : ` ${shown.slice(0, 4)}`;
  const date = `${Number(shown.slice(8, 10))} ${months[Number(shown.slice(5, 7)) - 1]}${year}`;
  return html`<time datetime="${shown}Z">${ago === '' ? `${date} ${clock}` : clock}</time>${
      ago === '' ? nothing : html`<span class="age"> · ${ago}</span>`
    }`;
}
