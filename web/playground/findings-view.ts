// The verdict on the document in the editor, and the findings in it.
import type { DocumentReport, Finding, Range } from 'bearproof';
import { find, isolated, make } from '../shared/dom.js';
import { countFindings } from '../shared/findings.js';
import type { Documents } from './documents.js';

/** Findings listed; the rest is counted. */
export const listed = 200;

/** Longest range that is marked as the one that holds the caret, in UTF-16 code units. */
const longestHere = 2000;

/** "… and 3 more." for what a list leaves out; nothing where it has all. */
export function restOf(count: number): HTMLElement | undefined {
  return count > listed ? make('p', { class: 'quiet' }, `… and ${count - listed} more.`) : undefined;
}

const verdictWords: Record<string, string> = {
  valid: 'Valid',
  invalid: 'Invalid',
  unrecognised: 'Unrecognised',
  unreadable: 'Unreadable',
};

function noFindings(verdict: string): string {
  return verdict === 'valid'
    ? 'No findings at this level. The document is consistent with its contract; whether what it says is true, no one can read from it.'
    : 'No findings at this level.';
}

export interface FindingsListener {
  /** A finding of the document was chosen. */
  goTo(range: Range): void;
  /** A rule's name was chosen. */
  explain(rule: string): void;
}

export class FindingsView {
  private readonly outcome_ = find('#outcome');
  private readonly list_ = find('#findings');
  private readonly count_ = find('#count');
  private shown_: readonly Finding[] = [];

  constructor(
    private readonly documents_: Documents,
    private readonly listener_: FindingsListener,
  ) {}

  /** Whether its places are of a text that was: then nobody should be led there. */
  set inert(inert: boolean) {
    this.list_.inert = inert;
  }

  /** @param together  findings between documents, which count too; @param took  the time of the check, in milliseconds */
  show({ verdict, kind, dialect, findings }: DocumentReport, together: number, took: number): void {
    this.shown_ = findings;
    const tone = { valid: 'ok', invalid: 'bad', unreadable: 'bad' }[verdict as string] ?? 'warn';
    this.outcome_.className = `outcome ${tone}`;
    this.outcome_.replaceChildren(
      make('strong', {}, verdictWords[verdict] ?? verdict),
      make('span', {}, [kind ?? 'no known kind', dialect].filter((part) => part !== undefined).join(' · ')),
      make('span', {}, countFindings(findings)),
      make('span', { class: 'took' }, took < 1 ? 'under 1 ms' : `${Math.round(took)} ms`),
    );
    const count = findings.length + together;
    this.count_.textContent = count > 0 ? String(count) : '';
    const items = findings.slice(0, listed).map((finding, index) => this.item_(finding, index));
    const rest = restOf(findings.length);
    this.list_.replaceChildren(
      ...(findings.length === 0 ? [make('p', { class: 'blank' }, noFindings(verdict))] : []),
      make('ol', { role: 'list' }, items),
      ...(rest ? [rest] : []),
    );
  }

  /** The check failed. */
  fail(message: string): void {
    this.outcome_.className = 'outcome bad';
    this.outcome_.replaceChildren('Not checked: ', isolated(message, 300));
    this.list_.replaceChildren();
  }

  /** Marks the findings whose range holds an offset into the editor's text. */
  highlightAt(offset: number): void {
    for (const item of this.list_.querySelectorAll<HTMLElement>('li')) {
      const range = this.shown_[Number(item.dataset['index'])]?.range;
      const place = range && this.documents_.inEditor(range);
      const holds = place && place.from <= offset && offset <= place.to && place.to - place.from < longestHere;
      item.classList.toggle('here', holds ?? false);
    }
  }

  private item_({ range, rule, severity, message, help, pointer }: Finding, index: number): HTMLElement {
    const place = range ? `line ${range.start.line}, column ${range.start.column}` : 'no place in the text';
    return make(
      'li',
      { class: `finding ${severity}`, 'data-index': index },
      make(
        'button',
        { type: 'button', class: 'go', disabled: !range, onclick: () => range && this.listener_.goTo(range) },
        make('span', { class: 'severity' }, severity),
        make('span', { class: 'message' }, isolated(message, 600)),
        make('span', { class: 'place' }, place),
      ),
      helpOf(help),
      make(
        'p',
        { class: 'more' },
        pointer ? make('span', { class: 'mono' }, isolated(pointer, 120)) : undefined,
        ruleButton(rule, this.listener_),
      ),
    );
  }
}

export function helpOf(help: string): HTMLElement | undefined {
  return help ? make('p', { class: 'help' }, isolated(help, 600)) : undefined;
}

/** A rule's name, which has it explained. */
export function ruleButton(rule: string, { explain }: Pick<FindingsListener, 'explain'>): HTMLElement {
  return make('button', { type: 'button', class: 'link mono', onclick: () => explain(rule) }, rule);
}
