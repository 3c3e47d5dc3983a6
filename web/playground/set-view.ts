// A set of documents: which of them is in the editor, the verdict on each, and what only several of them show.
import type { Finding, Range, Report } from 'bearproof';
import { find, isolated, make } from '../shared/dom.js';
import { placesOf, type Place } from '../shared/together.js';
import type { Documents } from './documents.js';
import { helpOf, listed, restOf, ruleButton, type FindingsListener } from './findings-view.js';

/** Places of one finding that are listed; the rest is counted. */
const listedPlaces = 20;

export interface SetListener extends Pick<FindingsListener, 'explain'> {
  /** A document was chosen. */
  show(at: number): void;
  /** A place in a document was chosen; `range` is of that document. */
  goToPlace(at: number, range: Range | undefined): void;
}

export class SetView {
  private readonly choice_ = find<HTMLSelectElement>('#document');
  private readonly bar_ = find('#set');
  private readonly together_ = find('#together');
  private readonly list_ = find('#together-list');

  constructor(
    private readonly documents_: Documents,
    private readonly listener_: SetListener,
  ) {
    this.choice_.addEventListener('change', () => listener_.show(this.choice_.selectedIndex));
  }

  /** Other documents were opened. */
  fill(): void {
    this.bar_.hidden = this.documents_.count < 2;
    this.choice_.replaceChildren(...this.documents_.names().map((name, at) => make('option', { value: at }, name)));
  }

  /** Another document is in the editor. */
  choose(at: number): void {
    this.choice_.selectedIndex = at;
  }

  /** Whether its places are of a text that was: then nobody should be led there. */
  set inert(inert: boolean) {
    this.together_.inert = inert;
  }

  /** Names each document's verdict where it is chosen, and lists what they show together. */
  show(report: Report): void {
    if (this.documents_.count > 1) {
      const options = this.choice_.options;
      for (const [at, name] of this.documents_.names().entries()) {
        const option = options[at];
        if (option) option.textContent = `${name} · ${report.documents[at]?.verdict ?? 'not checked'}`;
      }
    }
    this.together_.hidden = report.collection === undefined;
    const found = report.collection?.findings ?? [];
    const rest = restOf(found.length);
    this.list_.replaceChildren(
      found.length === 0
        ? make('p', { class: 'quiet' }, 'Nothing at this level.')
        : make(
            'ol',
            { role: 'list' },
            found.slice(0, listed).map((finding) => this.item_(finding)),
          ),
      ...(rest ? [rest] : []),
    );
  }

  /** The check failed. */
  fail(): void {
    this.together_.hidden = true;
  }

  private item_(finding: Finding): HTMLElement {
    const places = placesOf(finding);
    const rest = places.length - listedPlaces;
    return make(
      'li',
      { class: `finding ${finding.severity}` },
      make(
        'p',
        {},
        make('span', { class: 'severity' }, finding.severity),
        ' ',
        make('span', { class: 'message' }, isolated(finding.message, 600)),
      ),
      helpOf(finding.help),
      make(
        'ul',
        { class: 'places', role: 'list' },
        places.slice(0, listedPlaces).map((place) => this.place_(place)),
      ),
      rest > 0 ? make('p', { class: 'quiet' }, `… and ${rest} more places.`) : undefined,
      make('p', { class: 'more' }, ruleButton(finding.rule, this.listener_)),
    );
  }

  private place_({ source, range, message }: Place): HTMLElement {
    const at = this.documents_.find(source);
    const go = () => this.listener_.goToPlace(at, range);
    return make(
      'li',
      {},
      make('button', { type: 'button', class: 'link', disabled: at < 0, onclick: go }, isolated(source, 80)),
      range ? make('span', {}, `line ${range.start.line}, column ${range.start.column}`) : undefined,
      message ? make('span', {}, isolated(message, 200)) : undefined,
    );
  }
}
