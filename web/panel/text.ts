// Hostile text → templates. Every string that a document, a file name or a message brings passes through here.
import { html, nothing, type TemplateResult } from 'lit';
import { elideMiddle, elideOrigin, mixesScripts, visibleRuns } from '../shared/visible-text.js';

/** Longest text that is unfolded on request, in UTF-16 code units. */
const unfoldLimit = 4096;

function runs(text: string) {
  return visibleRuns(text).map((run) => (run.escaped ? html`<span class="escape">${run.text}</span>` : run.text));
}

function count(units: number): string {
  return `${units.toLocaleString('en')} more`;
}

export interface TextOptions {
  /** Longest text shown whole, in UTF-16 code units. */
  readonly limit?: number;
  /** The text is an origin or URL: its host's end stays in sight. */
  readonly origin?: boolean;
}

/** Inside running text: isolated, unshowable characters named, the middle of long text left out for good. */
export function phrase(text: string, options: TextOptions = {}): TemplateResult {
  const cut = (options.origin ? elideOrigin : elideMiddle)(text, options.limit ?? 160);
  return html`<bdi
    >${runs(cut.head)}${
      cut.omitted > 0
        ? html`<span class="gap">…</span><span class="only-heard"> ${count(cut.omitted)} characters </span>`
        : nothing
    }${runs(cut.tail)}</bdi
  >`;
}

/** A field's value: like `phrase`, but the whole of a long text unfolds on request, and look-alike letters are pointed out. */
export function value(text: string, options: TextOptions = {}): TemplateResult {
  const limit = options.limit ?? 120;
  const marks = [mixesScripts(text) ? 'letters of several scripts' : '', options.origin ? asciiHost(text) : ''].filter(
    (mark) => mark !== '',
  );
  const notes = marks.map((mark) => html` <span class="mark warn">${phrase(mark, { limit: 80 })}</span>`);
  if (text.length <= limit) return html`${phrase(text, { ...options, limit })}${notes}`;
  const whole = elideMiddle(text, unfoldLimit);
  return html`<details class="long">
      <summary>${phrase(text, { ...options, limit })}</summary>
      <bdi class="whole"
        >${runs(whole.head)}${
          whole.omitted > 0 ? html`<span class="gap">… ${count(whole.omitted)} …</span>` : nothing
        }${runs(whole.tail)}</bdi
      >
    </details>
    ${notes}`;
}

/** The host as the network spells it, where that differs from how it is written; "" otherwise. */
function asciiHost(text: string): string {
  if (text.length > unfoldLimit || !/[^\x20-\x7e]/.test(text)) return '';
  try {
    const host = new URL(text).host;
    return host !== '' && !text.toLowerCase().includes(host) ? host : '';
  } catch {
    return '';
  }
}
