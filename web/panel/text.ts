// Hostile text → templates. Every string that a document, a file name or a message brings passes through here.
import { html, nothing, type TemplateResult } from 'lit-html';
import { elideMiddle, elideOrigin, visibleRuns, visibleString, type Elided } from '../shared/visible-text.js';
import type { Text } from './protocol.js';

function runs(text: string) {
  const parts = visibleRuns(text);
  if (parts.length === 1 && !parts[0]?.escaped) return text;
  return parts.map((run) => (run.escaped ? html`<span class="escape">${run.text}</span>` : run.text));
}

function count(units: number): string {
  return `${units.toLocaleString('en')} more`;
}

/** All that is known of a text: of a long one the middle is missing. */
function known(text: Text): string {
  return typeof text === 'string' ? text : `${text.head}…${text.tail}`;
}

/** Shortens a text that may have been shortened before. */
function shorten(text: Text, limit: number, origin = false): Elided {
  if (typeof text === 'string') return (origin ? elideOrigin : elideMiddle)(text, limit);
  // The head's end and the tail's beginning give way; what was missing before is missing still.
  const length = text.head.length + text.tail.length;
  if (length <= limit) return text;
  const cut = elideMiddle(text.head + text.tail, limit);
  return { ...cut, omitted: cut.omitted + text.omitted };
}

export interface TextOptions {
  /** Longest text shown whole, in UTF-16 code units. */
  readonly limit?: number;
  /** The text is an origin or URL: its host's end stays in sight. */
  readonly origin?: boolean;
}

/** Inside running text: isolated, unshowable characters named, the middle of long text left out for good. */
export function phrase(text: Text, options: TextOptions = {}): TemplateResult {
  const cut = shorten(text, options.limit ?? 160, options.origin);
  return html`<bdi
    >${runs(cut.head)}${
      cut.omitted > 0
        ? html`<span class="gap">…</span><span class="only-heard"> ${count(cut.omitted)} characters </span>`
        : nothing
    }${runs(cut.tail)}</bdi
  >`;
}

/** A field's value: like `phrase`, but the whole of a long text unfolds on request. */
export function value(text: Text, options: TextOptions = {}): TemplateResult {
  const limit = options.limit ?? 120;
  const host = options.origin ? asciiHost(known(text)) : '';
  const note = host === '' ? nothing : html` <span class="mark">${phrase(host, { limit: 80 })}</span>`;
  if (typeof text === 'string' && text.length <= limit) return html`${phrase(text, { ...options, limit })}${note}`;
  const whole = typeof text === 'string' ? { head: text, omitted: 0, tail: '' } : text;
  return html`<details class="long">
      <summary>${phrase(text, { ...options, limit })}</summary>
      <bdi class="whole"
        >${runs(whole.head)}${
          whole.omitted > 0 ? html`<span class="gap">… ${count(whole.omitted)} …</span>` : nothing
        }${runs(whole.tail)}</bdi
      >
    </details>
    ${note}`;
}

/** Scripts that run from right to left: such a text is not cut in two. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Code units at the end of a line's text that stay in sight, however narrow the line. */
const keptTail = 12;

/** One line whose end gives way: for prose. */
export function sentence(text: Text): TemplateResult {
  return html`<span class="line"><span class="head">${phrase(text, { limit: 160 })}</span></span>`;
}

/** One line that gives way in its middle: what identifies a thing stands at its end. */
export function line(text: Text, limit = 96): TemplateResult {
  const cut = shorten(text, limit);
  const end = cut.omitted > 0 ? cut.tail : cut.head;
  let at = Math.max(0, end.length - keptTail);
  if (/[\udc00-\udfff]/.test(end.charAt(at))) at--;
  if (cut.omitted === 0 && (at < 5 || rightToLeft.test(end))) return sentence(text);
  const gap = cut.omitted > 0 ? html`${runs(cut.head)}<span class="gap">…</span>` : nothing;
  return html`<span class="line"
    ><bdi class="head">${gap}${runs(end.slice(0, at))}</bdi
    ><span class="tail"><bdi>${runs(end.slice(at))}</bdi></span></span
  >`;
}

/** Where a session acts, on one line: of an address the host, whose end decides who it is, and whether there is more. */
export function place(text: Text): TemplateResult {
  const address = typeof text === 'string' ? /^[a-z][a-z0-9+.-]*:\/\/([^/?#\\]+)(.*)$/is.exec(text) : null;
  if (!address) return line(text, 64);
  const [, host = '', rest = ''] = address;
  return html`${line(host, 96)}${rest.length > 1 ? html`<span class="rest">/…</span>` : nothing}`;
}

/** Plain text for what is heard and for file pickers: unshowable characters named, long text cut. */
export function plain(text: Text, limit = 60): string {
  const cut = shorten(text, limit);
  return visibleString(cut.omitted > 0 ? `${cut.head}…${cut.tail}` : cut.head + cut.tail);
}

/** The end of an id: what tells it from others. */
export function idEnd(text: Text): string {
  const all = known(text);
  const last = all.slice(-8);
  return last.length < all.length ? `…${visibleString(last)}` : visibleString(all);
}

/** The host as the network spells it, where that differs from how it is written; "" otherwise. */
function asciiHost(text: string): string {
  if (text.length > 4096 || !/[^\x20-\x7e]/.test(text)) return '';
  try {
    const host = new URL(text).host;
    return host !== '' && !text.toLowerCase().includes(host) ? host : '';
  } catch {
    return '';
  }
}
