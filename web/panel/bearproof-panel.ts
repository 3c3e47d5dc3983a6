// <bearproof-panel>: every automation session that the given documents record, as cards, judged by the rule core in this
// very page. It asks for no permission, keeps nothing, and sends nothing anywhere.
import { html, LitElement, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { load, type Bearproof, type DocumentReport, type Report } from 'bearproof';
import { card } from './card.js';
import { findingList } from './finding-list.js';
import { foldHistories } from './history.js';
import { bySessionOrder, sessionOf, type PanelDocument, type Session } from './session.js';
import styles from './panel.css?inline';
import { phrase } from './text.js';
import { countFindings } from '../shared/findings.js';
import { assemble, partsOf } from '../shared/line-files.js';
import { distinct, findingsBySource, placesOf, unplaced } from '../shared/together.js';
import hostileText from '../shared/text.css?inline';
import tokens from '../shared/tokens.css?inline';

/** Sessions on one page of the list (BearBrowser: maxVisible 10, paginate). */
const pageSize = 10;

/** Documents other than receipts that are listed by name; the rest is counted. */
const drawnOthers = 20;

/** One rule core for all panels of a page. */
let shared: Promise<Bearproof> | undefined;

interface Content {
  readonly sessions: readonly Session[];
  readonly others: readonly DocumentReport[];
  readonly across: Report['collection'];
}

const nothingYet: Content = { sessions: [], others: [], across: undefined };

function otherLine(entry: DocumentReport) {
  return html`<span class="name">${phrase(entry.source, { limit: 64 })}</span>
    <span class="kind">${entry.kind ? phrase(entry.kind, { limit: 48 }) : 'unknown kind'}</span>
    <span class="verdict ${entry.verdict}">${entry.verdict}</span>
    <span class="quiet">${countFindings(entry.findings)}</span>`;
}

/**
 * Shows automation sessions.
 *
 * @property documents  what to show: texts or UTF-8 bytes of receipts, in any order; others are listed below the cards.
 *   Assign a new array to update; changing the array in place shows nothing new. Of documents with one name the second
 *   is called "name (2)", line 3 of a file of lines "name:3".
 * @property theme  "auto" follows the system, "light" and "dark" do not.
 * @property engine  the rule core, or its promise; without it the panel loads the package's own.
 * @fires bearproof-checked  documents were checked and are drawn; detail: the report.
 */
export class BearproofPanel extends LitElement {
  static override properties = {
    documents: { attribute: false },
    engine: { attribute: false },
    theme: { type: String },
    content_: { state: true },
    failure_: { state: true },
    ready_: { state: true },
    page_: { state: true },
  };

  static override styles = [tokens, hostileText, styles].map((sheet) => unsafeCSS(sheet));

  declare documents: readonly PanelDocument[];
  declare engine: Bearproof | Promise<Bearproof> | undefined;
  declare theme: 'auto' | 'light' | 'dark';
  declare private content_: Content;
  declare private failure_: string | undefined;
  declare private ready_: boolean;
  declare private page_: number;

  /** Counts checks, so that the answer to an older one is dropped. */
  private generation_ = 0;

  constructor() {
    super();
    this.documents = [];
    this.engine = undefined;
    this.theme = 'auto';
    this.content_ = nothingYet;
    this.failure_ = undefined;
    this.ready_ = false;
    this.page_ = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('documents') || changed.has('engine')) void this.check_();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('theme')) return;
    if (this.theme === 'light' || this.theme === 'dark') this.dataset['theme'] = this.theme;
    else delete this.dataset['theme'];
  }

  private async check_(): Promise<void> {
    const generation = ++this.generation_;
    // A copy: what was checked and what is read must be one and the same, whatever the page does meanwhile.
    const files = distinct(
      [...(this.documents ?? [])].map(({ source, content, lines = false }) => ({
        source: String(source),
        content: typeof content === 'string' ? content : content.slice(),
        lines,
      })),
    );
    const documents = distinct(files.flatMap(partsOf));
    let report: Report;
    try {
      const engine = await (this.engine ?? (shared ??= load()));
      if (generation !== this.generation_) return;
      const { inputs, named } = assemble(documents);
      report = named(engine.checkAll(inputs, {}));
    } catch (error) {
      if (generation !== this.generation_) return;
      if (!this.engine) shared = undefined;
      this.failure_ = error instanceof Error ? error.message : String(error);
      this.content_ = nothingYet;
      this.ready_ = true;
      return;
    }
    const sessions: Session[] = [];
    const others: DocumentReport[] = [];
    const together = findingsBySource(report.collection);
    report.documents.forEach((entry, index) => {
      const document = documents[index];
      if (document && entry.kind === 'BrowserAutomationReceipt') {
        sessions.push(sessionOf(document, entry, together.get(entry.source)));
      } else others.push(entry);
    });
    this.failure_ = undefined;
    this.content_ = { sessions: foldHistories(sessions).sort(bySessionOrder), others, across: report.collection };
    this.page_ = 0;
    this.ready_ = true;
    await this.updateComplete;
    this.dispatchEvent(new CustomEvent('bearproof-checked', { detail: report, bubbles: true, composed: true }));
  }

  protected override render() {
    return html`<section aria-labelledby="heading">
      <header class="top">
        <h2 id="heading" tabindex="-1">Automation sessions</h2>
        <p class="summary" role="status">${this.summary_()}</p>
      </header>
      ${this.body_()}
    </section>`;
  }

  private summary_() {
    if (this.failure_ !== undefined) return 'Nothing could be checked.';
    if (!this.ready_) return 'Loading the rule core…';
    const { sessions } = this.content_;
    const count = (phase: Session['phase']) => sessions.filter((session) => session.phase === phase).length;
    const standing = (word: Session['admission']['standing']) =>
      sessions.filter((session) => session.admission.standing === word).length;
    if (sessions.length === 0) return nothing;
    const phases = [
      `${count('active')} active`,
      count('ended') ? `${count('ended')} ended` : '',
      count('unstated') ? `${count('unstated')} of unstated status` : '',
    ];
    const standings = [
      { tone: 'bad', count: standing('not admitted'), words: 'not admitted' },
      { tone: 'warn', count: standing('needs attention'), words: 'needing attention' },
      { tone: 'ok', count: standing('consistent'), words: 'consistent' },
    ].filter(({ count }) => count > 0);
    return html`<span>${phases.filter((part) => part !== '').join(', ')}</span>
      <span
        >${standings.map(
          ({ tone, count, words }, index) =>
            html`${index > 0 ? ', ' : nothing}<span class="figure ${tone}">${count} ${words}</span>`,
        )}</span
      >`;
  }

  private body_() {
    if (this.failure_ !== undefined) {
      return html`<div class="blank bad" role="alert">
        <p>The rule core did not start, so no receipt was checked and none is shown.</p>
        <p class="quiet">${phrase(this.failure_)}</p>
      </div>`;
    }
    if (!this.ready_) return html`<div class="blank" aria-busy="true"></div>`;
    const { sessions, others, across } = this.content_;
    const from = this.page_ * pageSize;
    return html`${
      sessions.length === 0
        ? html`<div class="blank"><p>No active automation sessions.</p></div>`
        : html`<ol class="cards" role="list" start=${from + 1}>
            ${sessions.slice(from, from + pageSize).map((session, index) => card(session, from + index, this.lead_))}
          </ol>`
    }
    ${this.pager_()} ${this.across_(across)} ${this.others_(others)}`;
  }

  private pager_() {
    const total = this.content_.sessions.length;
    if (total <= pageSize) return nothing;
    const last = Math.ceil(total / pageSize) - 1;
    const from = this.page_ * pageSize;
    const button = (text: string, page: number) =>
      html`<button type="button" ?disabled=${page < 0 || page > last} @click=${() => this.turnTo_(page)}>
        ${text}
      </button>`;
    return html`<nav class="pager" aria-label="Pages of sessions">
      ${button('Previous', this.page_ - 1)}
      <p>${from + 1}–${Math.min(from + pageSize, total)} of ${total}</p>
      ${button('Next', this.page_ + 1)}
    </nav>`;
  }

  private async turnTo_(page: number): Promise<void> {
    this.page_ = page;
    await this.updateComplete;
    // The button may be gone or disabled now; readers start again at the list's heading.
    this.renderRoot.querySelector<HTMLElement>('#heading')?.focus();
  }

  /** A document's name that leads to where it is drawn; the bare name where it is not. */
  private readonly lead_ = (source: string) => {
    const name = phrase(source, { limit: 64 });
    const { sessions, others } = this.content_;
    const drawn =
      sessions.some((session) => this.holds_(session, source)) ||
      others.slice(0, drawnOthers).some((entry) => entry.source === source);
    return drawn
      ? html`<button type="button" class="lead" @click=${() => void this.goTo_(source)}>${name}</button>`
      : name;
  };

  private holds_(session: Session, source: string): boolean {
    return session.report.source === source || session.earlier.some((record) => record.report.source === source);
  }

  private async goTo_(source: string): Promise<void> {
    const at = this.content_.sessions.findIndex((session) => this.holds_(session, source));
    if (at >= 0) {
      this.page_ = Math.floor(at / pageSize);
      await this.updateComplete;
    }
    // A name is hostile text: it is a property of its element, never an attribute or part of a selector.
    const drawn = this.renderRoot.querySelectorAll<HTMLElement & { documentName?: string }>('[data-document]');
    const target = [...drawn].find((element) => element.documentName === source);
    for (let around = target?.closest('details'); around; around = around.parentElement?.closest('details')) {
      around.open = true;
    }
    const title = target?.querySelector<HTMLElement>('h3') ?? target;
    title?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: 'start' });
  }

  private across_(collection: Report['collection']) {
    if (!collection || collection.findings.length === 0) return nothing;
    // Here no document is "here": every place is one of several.
    const findings = collection.findings.map((finding) => ({ ...unplaced(finding), elsewhere: placesOf(finding) }));
    return html`<section class="plain" aria-labelledby="across">
      <h3 id="across">Across these documents</h3>
      <p class="quiet">What no document shows by itself; each stands on the cards that it concerns, too.</p>
      <div class="boxed">${findingList(findings, this.lead_)}</div>
    </section>`;
  }

  private others_(others: readonly DocumentReport[]) {
    if (others.length === 0) return nothing;
    const rest = others.length - drawnOthers;
    return html`<section class="plain" aria-labelledby="others">
      <h3 id="others">Other documents</h3>
      <p class="quiet">
        ${others.length === 1 ? 'One document is' : `${others.length} documents are`} not shown as a session, because
        the rule core does not recognise a browser automation receipt in ${others.length === 1 ? 'it' : 'them'}.
      </p>
      <ul class="others" role="list">
        ${others.slice(0, drawnOthers).map(
          (entry) =>
            html`<li data-document .documentName=${entry.source} tabindex="-1">
              ${
                entry.findings.length > 0
                  ? html`<details>
                      <summary>${otherLine(entry)}</summary>
                      ${findingList(entry.findings)}
                    </details>`
                  : otherLine(entry)
              }
            </li>`,
        )}
      </ul>
      ${rest > 0 ? html`<p class="quiet">… and ${rest} more.</p>` : nothing}
    </section>`;
  }
}

export type { PanelDocument };

if (!customElements.get('bearproof-panel')) customElements.define('bearproof-panel', BearproofPanel);

declare global {
  interface HTMLElementTagNameMap {
    'bearproof-panel': BearproofPanel;
  }
}
