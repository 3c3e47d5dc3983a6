// <bearproof-panel>: every automation session that the given documents declare, as rows that open in place, with a way to
// end each. It draws the session view of the rule core and judges nothing. It asks for no permission, keeps nothing, and
// sends nothing anywhere; what it can do is reduce authority: nothing here approves, restores or dismisses.
import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Bearproof, SessionView } from 'bearproof';
import { Announcer, type Announcement } from './announcer.js';
import { Arming, standing } from './arming.js';
import { checkedDocuments, PageCore, WorkerCore, type Core } from './core.js';
import { detailBody, reasonList, type DetailContext, type Explanation } from './detail.js';
import { icon, standingWords } from './icons.js';
import styles from './panel.css?inline';
import {
  flagOf,
  type Detail,
  type Drawn,
  type Named,
  type Revocation,
  type Row,
  type ShownOther,
  type Viewed,
} from './protocol.js';
import { confirmBox, resultBox } from './revoke-box.js';
import { Revocations, type SavedFile } from './revocations.js';
import { rowBlank, rowHead, type RowContext } from './row.js';
import { changesBetween, Rows } from './rows.js';
import type { SessionEngine } from './store.js';
import { phrase, plain } from './text.js';
import type * as published from './types.js';
import type { CheckedDetail, Effect, PanelDocument, RevokeDetail } from './types.js';
import hostileText from '../shared/text.css?inline';
import tokens from '../shared/tokens.css?inline';

type Filter = keyof typeof flagOf | 'others';

/** Most sessions that one confirmation names. */
const mostNamed = 200;
/** How long a host is kept waiting for the core's own updated receipt, in milliseconds: it makes one itself. */
const receiptPatience = 250;
/** How often ages are drawn anew, in milliseconds. */
const ageing = 30_000;
/** Seconds that a host has to end a transport, where the page does not say. */
const defaultStopSeconds = 5;

/** What stands still while somebody points at the list or has the focus in it. */
interface Shown {
  readonly order: Int32Array;
  readonly flags: Uint8Array;
  readonly others: readonly ShownOther[];
  readonly moreOthers: number;
  readonly given: number;
  readonly unstated: boolean;
  readonly unreadable: boolean;
  readonly undeclared: boolean;
  readonly disconnected: boolean;
}

const nothingShown: Shown = {
  order: new Int32Array(),
  flags: new Uint8Array(),
  others: [],
  moreOthers: 0,
  given: 0,
  unstated: false,
  unreadable: false,
  undeclared: false,
  disconnected: false,
};

interface Confirmation {
  /** One session, or all that had not ended when it was opened. */
  readonly scope: number | 'all';
  readonly names: readonly Named[];
  readonly targets: Promise<readonly Revocation[]>;
  readonly beyond: number;
  readonly armed: boolean;
}

const seconds = (value: unknown) => (typeof value === 'number' && value > 0 ? value : defaultStopSeconds);

/** Properties of the element; each change draws anew. */
const members = [
  'documents',
  'engine',
  'theme',
  'now',
  'canStop',
  'stopSeconds',
  'remoteControl',
  'connection',
] as const;
type Member = (typeof members)[number];
/** What is drawn only when the core has judged it: until then the last view stays as it is. */
const judged: ReadonlySet<Member> = new Set(['documents', 'engine', 'now', 'remoteControl']);

const sheets = [tokens, hostileText, styles].map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
});

export class BearproofPanel extends HTMLElement implements published.BearproofPanel {
  static readonly observedAttributes = ['theme', 'connection'];

  declare documents: readonly PanelDocument[];
  declare engine: Bearproof | Promise<Bearproof> | undefined;
  declare theme: 'auto' | 'light' | 'dark';
  declare now: string | Date | undefined;
  declare canStop: boolean | undefined;
  declare stopSeconds: number | undefined;
  declare remoteControl: boolean | undefined;
  declare connection: 'connected' | 'connecting' | 'none' | undefined;

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #members: Record<string, unknown> = { documents: [], theme: 'auto' };
  readonly #changed = new Set<Member>(['documents', 'theme']);
  #updating: Promise<boolean> | undefined;
  /** Something that is drawn has changed. */
  #stale = true;
  #failure: string | undefined;
  #filter: Filter | undefined;
  #confirmation: Confirmation | undefined;
  #notice: string | undefined;
  #core: Core | undefined;
  #latest: Viewed | undefined;
  #shown: Shown = nothingShown;
  #waiting = 0;
  #refusedWaiting = false;
  readonly #list = new Rows();
  readonly #rows = new Map<number, Row>();
  readonly #details = new Map<number, Detail>();
  /** Details that came while the list stood still. */
  readonly #newDetails = new Map<number, Detail>();
  readonly #open = new Set<number>();
  /** What is unfolded, by its card and rule. */
  readonly #explained = new Map<string, Explanation>();
  readonly #runs = new Revocations(() => void this.requestUpdate());
  readonly #revoked = new Map<string, number>();
  readonly #said = { polite: '', assertive: '' };
  readonly #announcer = new Announcer((announcement) => this.#say(announcement));
  #arming: Arming | undefined;
  /** When the confirmation was asked for. */
  #asked = 0;
  #watched = '';
  readonly #sizes = new ResizeObserver(() => this.#measure());
  #ageTimer: ReturnType<typeof setInterval> | undefined;
  #scrollFrame = 0;

  static {
    for (const name of members) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: BearproofPanel) {
          return this.#members[name];
        },
        set(this: BearproofPanel, value: unknown) {
          if (this.#members[name] === value) return;
          this.#members[name] = value;
          this.#changed.add(name);
          if (!judged.has(name)) this.#stale = true;
          void this.#schedule();
        },
      });
    }
  }

  constructor() {
    super();
    this.#root.adoptedStyleSheets = sheets;
    // What was assigned before the element was known hides the accessors.
    for (const name of members) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    Reflect.set(this, name, value ?? (name === 'theme' ? 'auto' : undefined));
  }

  /** Draws soon. @returns settles when that was done */
  requestUpdate(): Promise<boolean> {
    this.#stale = true;
    return this.#schedule();
  }

  #schedule(): Promise<boolean> {
    return (this.#updating ??= Promise.resolve().then(() => {
      if (this.isConnected) this.#update();
      this.#updating = undefined;
      return true;
    }));
  }

  /** Settles when what was assigned is in the page. */
  get updateComplete(): Promise<boolean> {
    return this.#updating ?? Promise.resolve(true);
  }

  /** All of the view that is shown, however large. */
  async view(): Promise<SessionView> {
    if (!this.#core) throw new Error('no documents were shown');
    return this.#core.ask('view');
  }

  /**
   * Tells what came of a revocation that `bearproof-revoke` asked for.
   * @param key  the event's
   * @param effects  those that are known now: each is shown by itself
   * @param options.final  no more will come
   */
  revoked(key: string, effects: readonly Effect[], { final = false }: { final?: boolean } = {}): void {
    this.#runs.tell(key, effects, final);
  }

  connectedCallback(): void {
    window.addEventListener('scroll', this.#scrolled, { capture: true, passive: true });
    window.addEventListener('resize', this.#scrolled);
    this.#ageTimer = setInterval(() => {
      if (!this.#isHeld()) void this.requestUpdate();
    }, ageing);
    if (!this.#core) this.#changed.add('documents');
    void this.requestUpdate();
  }

  disconnectedCallback(): void {
    window.removeEventListener('scroll', this.#scrolled, { capture: true });
    window.removeEventListener('resize', this.#scrolled);
    clearInterval(this.#ageTimer);
    cancelAnimationFrame(this.#scrollFrame);
    this.#scrollFrame = 0;
    this.#endConfirmation();
    this.#announcer.stop();
    this.#runs.stop();
    this.#sizes.disconnect();
    this.#core?.close();
    this.#core = undefined;
  }

  #update(): void {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    if (changed.has('engine') && this.#core) {
      this.#core.close();
      this.#core = undefined;
    }
    if ([...changed].some((name) => judged.has(name))) this.#show();
    if (changed.has('connection')) this.#apply();
    if (changed.has('theme')) {
      if (this.theme === 'light' || this.theme === 'dark') this.dataset['theme'] = this.theme;
      else delete this.dataset['theme'];
    }
    if (!this.#stale) return;
    this.#stale = false;
    render(this.#render(), this.#root);
    this.#drawn();
  }

  // ---- the core ----

  #show(): void {
    try {
      const documents = checkedDocuments(this.documents);
      const now = this.now instanceof Date ? this.now.toISOString() : this.now;
      this.#core ??= this.#start();
      this.#core.show(documents, {
        ...(now !== undefined && { now }),
        ...(this.remoteControl === true && { remoteControl: true }),
      });
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #start(): Core {
    const listener = {
      viewed: (viewed: Viewed) => this.#viewed(viewed),
      drawn: (drawn: Drawn) => {
        this.#take(drawn);
        void this.requestUpdate();
      },
      failed: (message: string) => this.#fail(message),
    };
    this.#watched = '';
    const inPage = (engine: Promise<SessionEngine> | SessionEngine) => new PageCore(engine, listener);
    // Where no worker may be started, the core runs in the page.
    const own = () => inPage(import('bearproof').then(({ load }) => load({ texts: true })));
    if (this.engine) return inPage(this.engine);
    try {
      return new WorkerCore(listener, () => {
        this.#core?.close();
        this.#core = own();
        this.#show();
      });
    } catch {
      return own();
    }
  }

  /** Nothing of what was shown stays: it would stand for documents that nobody has judged. */
  #fail(message: string): void {
    this.#failure = message;
    this.#latest = undefined;
    this.#shown = nothingShown;
    this.#list.ids = new Int32Array();
    this.#rows.clear();
    this.#details.clear();
    this.#newDetails.clear();
    this.#waiting = 0;
    this.#endConfirmation();
    void this.requestUpdate();
  }

  #viewed(viewed: Viewed): void {
    const { news } = viewed;
    const wasUndeclared = this.#latest?.about.undeclaredAutomation;
    this.#failure = undefined;
    this.#latest = viewed;
    this.#take(viewed.drawn);
    this.#apply();
    const { example } = news;
    const name = example && (example.label ?? example.owner);
    this.#announcer.arrived({
      ...news,
      words: example
        ? `${example.standing === 'not-admitted' ? 'Session' : 'New session'} ${name === undefined ? '' : `${plain(name)}, `}${
            example.label !== undefined && example.owner !== undefined ? `owner ${plain(example.owner)}, ` : ''
          }${standingWords[example.standing].toLowerCase()}.`
        : '',
    });
    if (viewed.about.undeclaredAutomation && !wasUndeclared) {
      this.#announcer.urgent(
        'This browser is under remote control, and no declared session accounts for it: not admitted.',
      );
    }
    void this.requestUpdate();
    void this.updateComplete.then(() => {
      const detail: CheckedDetail = viewed.view ?? viewed.about;
      this.dispatchEvent(new CustomEvent('bearproof-checked', { detail, bubbles: true, composed: true }));
    });
  }

  #take({ rows, details }: Drawn): void {
    for (const row of rows) this.#rows.set(row.id, row);
    for (const { id, detail } of details) {
      // An open card that somebody reads or points at keeps its length.
      if (this.#details.has(id) && this.#isHeld()) this.#newDetails.set(id, detail);
      else this.#details.set(id, detail);
    }
  }

  // ---- calm: what stands still while somebody is at the list ----

  get #listElement(): HTMLElement | null {
    return this.#root.querySelector('.list');
  }

  /** Whether somebody is at the list, or on the way to the button that shows what waits. */
  #isHeld(): boolean {
    if (this.#confirmation) return true;
    const focused = this.#root.activeElement;
    return [...this.#root.querySelectorAll(this.#waiting > 0 ? '.list, .bar' : '.list')].some(
      (element) => element.matches(':hover') || element.contains(focused),
    );
  }

  /** Takes the latest order into the list, or counts what waits. @param asked  somebody asked for it */
  #apply(asked = false): void {
    const viewed = this.#latest;
    if (!viewed) return;
    const next: Shown = {
      order: viewed.order,
      flags: viewed.flags,
      others: viewed.others,
      moreOthers: viewed.moreOthers,
      given: viewed.given,
      unstated: viewed.about.summary.unstated > 0,
      unreadable: viewed.about.summary.unreadable > 0,
      undeclared: viewed.about.undeclaredAutomation === true,
      disconnected: this.connection === 'none',
    };
    if (!asked && this.#shown.order.length > 0 && this.#isHeld()) {
      const moved = changesBetween(this.#shown.order, next.order);
      this.#waiting =
        moved +
        this.#newDetails.size +
        Number(this.#shown.undeclared !== next.undeclared) +
        Number(this.#shown.disconnected !== next.disconnected);
      const there = new Set(this.#shown.order);
      this.#refusedWaiting =
        next.undeclared || next.order.some((id, at) => !there.has(id) && this.#isRefused(next.flags[at] ?? 0));
      return;
    }
    this.#waiting = 0;
    this.#refusedWaiting = false;
    this.#shown = next;
    for (const [id, detail] of this.#newDetails) this.#details.set(id, detail);
    this.#newDetails.clear();
    this.#list.ids = this.#filtered();
    const there = new Set(next.order);
    for (const id of this.#open) if (!there.has(id)) this.#close(id);
    for (const id of this.#rows.keys()) if (!there.has(id)) this.#rows.delete(id);
  }

  #isRefused(flags: number): boolean {
    return (flags & flagOf['not-admitted']) !== 0 && (flags & flagOf.ended) === 0;
  }

  #filtered(): Int32Array {
    const { order, flags } = this.#shown;
    const filter = this.#filter;
    if (filter === undefined) return order;
    if (filter === 'others') return new Int32Array();
    const bit = flagOf[filter];
    // Standings are counted of sessions that have not ended; so are they shown.
    const ofActive = bit <= flagOf.consistent;
    return order.filter((_, at) => {
      const own = flags[at] ?? 0;
      return (own & bit) !== 0 && !(ofActive && (own & flagOf.ended) !== 0);
    });
  }

  #filterBy(filter: Filter): void {
    this.#filter = this.#filter === filter ? undefined : filter;
    this.#apply(true);
    void this.requestUpdate();
  }

  readonly #released = (): void => {
    // After the focus has arrived wherever it goes.
    setTimeout(() => {
      if (this.#waiting === 0 && this.#newDetails.size === 0) return;
      this.#apply();
      void this.requestUpdate();
    });
  };

  readonly #showWaiting = (): void => {
    this.#apply(true);
    void this.requestUpdate();
  };

  // ---- the window on the list ----

  readonly #scrolled = (): void => {
    this.#scrollFrame ||= requestAnimationFrame(() => {
      this.#scrollFrame = 0;
      void this.requestUpdate();
    });
  };

  #focusedId(): number | undefined {
    const id = this.#root.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id'];
    return id === undefined ? undefined : Number(id);
  }

  /** The rows that are drawn now. */
  #drawing() {
    const top = this.#listElement?.getBoundingClientRect().top ?? 0;
    const kept: number[] = [];
    const focused = this.#focusedId();
    if (focused !== undefined) kept.push(focused);
    if (typeof this.#confirmation?.scope === 'number') kept.push(this.#confirmation.scope);
    if (this.#wanted !== undefined) kept.push(this.#wanted);
    return this.#list.draw(-top, innerHeight - top, kept);
  }

  /** A row that is to be drawn because it gets the focus next. */
  #wanted: number | undefined;

  #measure(): void {
    let changed = false;
    for (const element of this.#root.querySelectorAll<HTMLElement>('[data-id]')) {
      const id = Number(element.dataset['id']);
      const height = element.getBoundingClientRect().height;
      if (height === 0) continue;
      if (this.#isTall(id)) {
        if (Math.abs((this.#list.tall.get(id) ?? 0) - height) > 0.5) {
          this.#list.tall.set(id, height);
          changed = true;
        }
      } else {
        changed = this.#list.tall.delete(id) || changed;
        if (Math.abs(this.#list.height - height) > 0.1) {
          this.#list.height = height;
          changed = true;
        }
      }
    }
    if (changed) void this.requestUpdate();
  }

  /** Whether a row is taller than the others. */
  #isTall(id: number): boolean {
    const row = this.#rows.get(id);
    return this.#open.has(id) || this.#confirmation?.scope === id || (row !== undefined && this.#isRunOpen(row));
  }

  #isRunOpen(row: Row): boolean {
    return this.#revoked.get(row.key) === row.id && this.#runs.get(row.key) !== undefined;
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) {
      // A key that is held down presses once.
      event.preventDefault();
      return;
    }
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || !target.closest('.face')) return;
    const at = this.#list.indexOf(this.#focusedId() ?? -1);
    if (at < 0) return;
    const page = Math.max(1, Math.floor(innerHeight / this.#list.height) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#list.ids.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#focusRow(Math.min(this.#list.ids.length - 1, Math.max(0, to)));
  };

  /** Gives a row the focus as soon as it is drawn: its content may still be on its way. */
  #focusRow(index: number): void {
    this.#wanted = this.#list.ids[index];
    void this.requestUpdate();
  }

  // ---- rows ----

  #toggle(id: number): void {
    if (this.#open.has(id)) this.#close(id);
    else this.#open.add(id);
    void this.requestUpdate();
  }

  #close(id: number): void {
    this.#open.delete(id);
    this.#details.delete(id);
    this.#newDetails.delete(id);
  }

  /** @param card  an id, or the place of another document */
  #explanations(card: string): DetailContext {
    const all = this.#explained;
    return {
      explained: (rule) => all.get(`${card} ${rule}`),
      explain: (rule) => {
        const key = `${card} ${rule}`;
        const settle = (text: Explanation = 'none') => {
          if (all.has(key)) all.set(key, text);
          void this.requestUpdate();
        };
        if (!all.delete(key)) {
          all.set(key, 'loading');
          this.#core?.ask('explain', rule).then(settle, () => settle());
        }
        void this.requestUpdate();
      },
    };
  }

  // ---- revoking ----

  /** Whether somebody carries out revocations. */
  get #hasHost(): boolean {
    return this.connection === undefined ? this.canStop !== undefined : this.connection !== 'none';
  }

  async #askConfirmation(event: Event, scope: number | 'all'): Promise<void> {
    // Only a person's own, single press counts.
    if (!event.isTrusted || (event as MouseEvent).detail > 1) return;
    if (this.#confirmation?.scope === scope) {
      // A second press this soon belongs to the first.
      if (event.timeStamp - this.#asked > standing) this.#cancel();
      return;
    }
    this.#asked = event.timeStamp;
    const core = this.#core;
    if (!core) return;
    this.#notice = undefined;
    const all = scope === 'all' ? this.#revocable() : [scope];
    const named = all.slice(0, mostNamed);
    const row = typeof scope === 'number' ? this.#rows.get(scope) : undefined;
    // Asked for now, so that the host can be told at once even if the core is at work when the press comes.
    const targets = core.ask('targets', named).catch(() => []);
    const names = row ? [row] : await core.ask('names', named);
    if (core !== this.#core || names.length === 0) return;
    this.#endConfirmation();
    this.#confirmation = { scope, names, targets, beyond: all.length - named.length, armed: false };
    await this.updateComplete;
    const box = this.#root.querySelector<HTMLElement>('.confirm');
    const button = box?.querySelector<HTMLElement>('.do');
    if (!box || !button) return;
    box.querySelector<HTMLElement>('.cancel')?.focus({ preventScroll: true });
    box.scrollIntoView({ block: 'nearest' });
    this.#arming = new Arming(button, box, {
      armed: (armed) => {
        if (this.#confirmation) this.#confirmation = { ...this.#confirmation, armed };
        void this.requestUpdate();
      },
      gaveUp: () => {
        this.#cancel();
        void this.requestUpdate();
        this.#notice = 'The confirmation was closed: it was pressed many times before it could be read.';
      },
      confirmed: () => void this.#confirmed(),
    });
  }

  /** Sessions that have not ended, in the latest order. */
  #revocable(): number[] {
    const viewed = this.#latest;
    if (!viewed) return [];
    return [...viewed.order].filter((_, at) => ((viewed.flags[at] ?? 0) & flagOf.ended) === 0);
  }

  /** Whether what would be confirmed has ended meanwhile. */
  #isMoot({ scope }: Confirmation): boolean {
    const viewed = this.#latest;
    if (!viewed || scope === 'all') return !viewed;
    const at = viewed.order.indexOf(scope);
    return at < 0 || ((viewed.flags[at] ?? 0) & flagOf.ended) !== 0;
  }

  #endConfirmation(): void {
    this.#arming?.stop();
    this.#arming = undefined;
    this.#confirmation = undefined;
    if (this.isConnected) void this.requestUpdate();
  }

  readonly #cancel = (): void => {
    const scope = this.#confirmation?.scope;
    this.#endConfirmation();
    void this.updateComplete.then(() => {
      const from = typeof scope === 'number' ? `[data-id="${scope}"] .revoke` : '.revoke-all';
      this.#root.querySelector<HTMLElement>(from)?.focus({ preventScroll: true });
      this.#released();
    });
  };

  async #confirmed(): Promise<void> {
    const confirmation = this.#confirmation;
    if (!confirmation) return;
    const moot = this.#isMoot(confirmation);
    const { scope, names, targets } = confirmation;
    this.#endConfirmation();
    if (moot) return;
    const revocable = new Set(this.#revocable());
    await this.#revoke(
      names.map(({ id }) => id).filter((id) => revocable.has(id)),
      targets,
    );
    await this.updateComplete;
    if (typeof scope === 'number') {
      this.#root.querySelector<HTMLElement>(`[data-id="${scope}"] .open`)?.focus({ preventScroll: true });
    } else this.#root.querySelector<HTMLElement>('.revoke-all')?.focus({ preventScroll: true });
  }

  async #revoke(ids: readonly number[], targets: Promise<readonly Revocation[]>): Promise<void> {
    const core = this.#core;
    if (!core || ids.length === 0) return;
    const making = core.ask('revoke', ids, new Date().toISOString());
    // While the core is at work on other documents, a host is told what is meant, and makes the receipt itself.
    const patience = new Promise<void>((resolve) => setTimeout(resolve, receiptPatience));
    const wanted = new Set(ids);
    const known = patience.then(() => targets).then((all) => all.filter(({ id }) => wanted.has(id)));
    let made: readonly Revocation[];
    try {
      made = await (this.#hasHost ? Promise.race([making, known]) : making);
    } catch (error) {
      void this.requestUpdate();
      this.#notice = `Nothing was revoked: ${error instanceof Error ? plain(error.message, 200) : 'the rule core failed'}`;
      return;
    }
    const left: Revocation[] = [];
    for (const one of made) {
      this.#revoked.set(one.key, one.id);
      this.#runs.ask(one.key, seconds(this.stopSeconds));
      const { key, receiptId, source, line, digest, receipt, event } = one;
      const asked = new CustomEvent<RevokeDetail>('bearproof-revoke', {
        detail: { key, receiptId, source, line, digest, receipt, event },
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      this.dispatchEvent(asked);
      if (!asked.defaultPrevented) left.push(one);
    }
    this.#save(left);
  }

  /** Nobody carries these out: the updated receipts and their events become files. */
  #save(revocations: readonly Revocation[]): void {
    for (const { key, error } of revocations) if (error !== undefined) this.#runs.fail(key, error);
    const good = revocations.filter(({ receipt, event }) => receipt !== undefined && event !== undefined);
    const [first] = good;
    if (!first) return;
    // Names of files are never made of what a receipt says.
    const one = good.length === 1;
    const lines = (texts: readonly (string | undefined)[]) =>
      one ? (texts[0] ?? '') : texts.map((text) => `${JSON.stringify(JSON.parse(text ?? '""'))}\n`).join('');
    const type = one ? 'application/json' : 'application/x-ndjson';
    const file = (name: string, texts: readonly (string | undefined)[]): SavedFile => ({
      name: one ? `${name}.json` : `${name}s.ndjson`,
      url: URL.createObjectURL(new Blob([lines(texts)], { type })),
    });
    const files = [
      file(
        'revoked-receipt',
        good.map(({ receipt }) => receipt),
      ),
      file(
        'revocation-event',
        good.map(({ event }) => event),
      ),
    ];
    for (const { key } of good) this.#runs.saved(key, key === first.key ? files : []);
    for (const { name, url } of files) {
      const link = document.createElement('a');
      link.download = name;
      link.href = url;
      link.click();
    }
  }

  #retry(event: Event, id: number): void {
    if (!event.isTrusted || (event as MouseEvent).detail > 1) return;
    const targets = this.#core?.ask('targets', [id]).catch(() => []);
    if (targets) void this.#revoke([id], targets);
  }

  // ---- what is read aloud ----

  #say({ words, assertive }: Announcement): void {
    this.#said.polite = assertive ? '' : words;
    this.#said.assertive = assertive ? words : '';
    void this.requestUpdate();
  }

  // ---- drawing ----

  #render() {
    return html`<section aria-labelledby="heading">
      <header class="top">
        <h2 id="heading">Automation sessions</h2>
        ${this.#connection()}
      </header>
      ${this.#body()}
      <p class="only-heard" role="status" id="polite">${this.#said.polite}</p>
      <p class="only-heard" role="alert" id="assertive">${this.#said.assertive}</p>
    </section>`;
  }

  #connection() {
    const words = { connected: 'Live', connecting: 'Connecting…', none: 'No host' };
    const { connection } = this;
    if (connection === undefined || !Object.hasOwn(words, connection)) return nothing;
    return html`<p class="connection ${connection}">${words[connection]}</p>`;
  }

  #body() {
    if (this.#failure !== undefined) {
      return html`<div class="blank bad" role="alert">
        <p>These documents were not checked, so no session is shown.</p>
        <p class="quiet">${phrase(this.#failure)}</p>
      </div>`;
    }
    const viewed = this.#latest;
    if (!viewed) return html`<div class="blank" aria-busy="true"><p>Loading the rule core…</p></div>`;
    const shown = this.#shown;
    // Where nothing is known, nothing is counted.
    const isBlind = shown.disconnected && shown.given === 0;
    return html`${
        isBlind
          ? nothing
          : html`${this.#filters(viewed.about.summary)}
              <p class="statement">These are unsigned statements by the agents.</p>`
      }
      ${
        shown.undeclared
          ? html`<p class="banner not-admitted">
              ${icon('not-admitted')}<span
                ><b>Not admitted: undeclared automation.</b> This browser is under remote control, and no active session
                here accounts for it.</span
              >
            </p>`
          : nothing
      }
      ${
        shown.disconnected
          ? html`<p class="banner quiet">No host is connected: what runs in this browser is not known here.</p>`
          : nothing
      }
      ${shown.order.length > 0 ? this.#bar(viewed) : nothing}
      ${this.#notice !== undefined ? html`<p class="banner quiet" role="status">${phrase(this.#notice, { limit: 300 })}</p>` : nothing}
      ${this.#confirmation?.scope === 'all' ? this.#confirm(this.#confirmation) : nothing}
      ${isBlind || (shown.undeclared && shown.given === 0) ? nothing : this.#empty(viewed)} ${this.#rowList()}
      ${this.#others()}
      <p class="foot">
        The panel knows only sessions that a receipt declares. Permissions, place and visibility are what the receipt
        says of itself.
      </p>`;
  }

  #filters(summary: SessionView['summary']) {
    const chip = (filter: Filter, count: number, word: string) =>
      html`<button
        type="button"
        class="chip ${Object.hasOwn(standingWords, filter) ? filter : ''} ${count === 0 ? 'zero' : ''}"
        aria-pressed=${this.#filter === filter ? 'true' : 'false'}
        @click=${() => this.#filterBy(filter)}
      >
        <span class="count"
          >${Object.hasOwn(standingWords, filter) ? icon(filter as keyof typeof standingWords) : nothing}${count}</span
        >
        <span class="word">${word}</span>
      </button>`;
    return html`<div class="filters" role="group" aria-label="Show only">
      ${chip('active', summary.active, 'active')} ${chip('not-admitted', summary.notAdmitted, 'not admitted')}
      ${chip('needs-attention', summary.needsAttention, 'attention')}
      ${chip('consistent', summary.consistent, 'consistent')} ${chip('ended', summary.ended, 'ended')}
    </div>`;
  }

  #bar(viewed: Viewed) {
    const count = this.#revocable().length;
    const many = this.#waiting;
    const more = (filter: Filter, words: string) =>
      html`<button
        type="button"
        class="more"
        aria-pressed=${this.#filter === filter ? 'true' : 'false'}
        @click=${() => this.#filterBy(filter)}
      >
        ${words}
      </button>`;
    return html`<div class="bar" @pointerleave=${this.#released} @focusout=${this.#released}>
      <div class="tally">
        ${
          many > 0
            ? html`<button
                type="button"
                class="waiting ${this.#refusedWaiting ? 'bad' : ''}"
                @click=${this.#showWaiting}
              >
                ${many} change${many === 1 ? '' : 's'}: show
              </button>`
            : this.#filter === undefined
              ? nothing
              : html`<span>${this.#list.ids.length.toLocaleString('en')} shown</span>`
        }
        ${this.#shown.unstated ? more('unstated', `${viewed.about.summary.unstated} without a status`) : nothing}
        ${this.#shown.unreadable ? more('others', `${viewed.about.summary.unreadable} unreadable`) : nothing}
      </div>
      <button
        type="button"
        class="revoke-all"
        aria-expanded=${this.#confirmation?.scope === 'all' ? 'true' : 'false'}
        ?disabled=${count === 0}
        @click=${(event: Event) => void this.#askConfirmation(event, 'all')}
      >
        ${this.#hasHost ? 'Revoke all…' : html`<span>Save all<span class="more-words"> as revoked</span>…</span>`}
      </button>
    </div>`;
  }

  #empty({ about: { summary } }: Viewed) {
    const { order, given } = this.#shown;
    if (this.#filter === 'others') return nothing;
    const files = `${given === 1 ? 'the file' : `the ${given} files`} opened`;
    if (order.length === 0) {
      return html`<div class="blank">
        <p>${given === 0 ? 'No active automation sessions.' : `No receipts in ${files}.`}</p>
      </div>`;
    }
    if (this.#list.ids.length === 0) return html`<div class="blank"><p>No session of this kind.</p></div>`;
    return summary.active + summary.unstated === 0 && this.#filter === undefined
      ? html`<p class="statement">No active automation sessions.</p>`
      : nothing;
  }

  #rowList() {
    const { ids } = this.#list;
    const { parts } = this.#drawing();
    const latest = this.#latest;
    const there = this.#waiting > 0 && latest ? new Set(latest.order) : undefined;
    const now = this.now === undefined ? Date.now() : new Date(this.now).getTime();
    return html`<div
      class="list"
      role="list"
      aria-label="Sessions"
      ?hidden=${ids.length === 0}
      @pointerleave=${this.#released}
      @focusout=${this.#released}
      @keydown=${this.#keyed}
    >
      ${repeat(
        parts,
        (part) => ('index' in part ? (ids[part.index] ?? 0) : -1 - part.from),
        (part) => {
          if (!('index' in part)) return html`<div class="spacer" role="none" .height=${part.height}></div>`;
          const id = ids[part.index] ?? 0;
          return this.#row(id, part.index, { now, gone: there !== undefined && !there.has(id) });
        },
      )}
    </div>`;
  }

  #row(id: number, index: number, { now, gone }: { now: number; gone: boolean }) {
    const row = this.#rows.get(id);
    const confirmation = this.#confirmation?.scope === id ? this.#confirmation : undefined;
    const run = row && this.#isRunOpen(row) ? this.#runs.get(row.key) : undefined;
    const context: RowContext = {
      now,
      open: this.#open.has(id),
      gone,
      host: this.#hasHost,
      run,
      confirming: confirmation !== undefined,
      toggle: () => this.#toggle(id),
      revoke: (event) => void this.#askConfirmation(event, id),
    };
    return html`<div
      class="row ${row?.standing ?? ''} ${row?.phase ?? ''} ${context.open ? 'opened' : ''}"
      role="listitem"
      aria-setsize=${this.#list.ids.length}
      aria-posinset=${index + 1}
      data-id=${id}
    >
      ${row ? rowHead(row, context) : rowBlank()} ${confirmation ? this.#confirm(confirmation) : nothing}
      ${
        run && row
          ? resultBox(run, {
              transport: row.transport === undefined ? 'its transport' : phrase(row.transport, { limit: 32 }),
              owner: row.owner === undefined ? 'nobody it names' : phrase(row.owner, { limit: 64 }),
              retry: (event) => this.#retry(event, id),
              close: () => {
                this.#revoked.delete(row.key);
                this.#runs.forget(row.key);
                void this.updateComplete.then(() =>
                  this.#root.querySelector<HTMLElement>(`[data-id="${id}"] .open`)?.focus({ preventScroll: true }),
                );
              },
            })
          : nothing
      }
      ${context.open && row ? detailBody(row, this.#details.get(id), this.#explanations(`${id}`)) : nothing}
    </div>`;
  }

  #confirm(confirmation: Confirmation) {
    const row = confirmation.scope === 'all' ? undefined : this.#rows.get(confirmation.scope);
    return confirmBox({
      scope: confirmation.scope === 'all' ? 'all' : 'session',
      names: confirmation.names,
      beyond: confirmation.beyond,
      host: this.#hasHost,
      canStop: this.canStop === true,
      unwritable: row?.unwritable,
      armed: confirmation.armed,
      moot: this.#isMoot(confirmation),
      cancel: this.#cancel,
    });
  }

  #others() {
    const { others, moreOthers } = this.#shown;
    if (others.length === 0 || (this.#filter !== undefined && this.#filter !== 'others')) return nothing;
    const listed = this.#filter === 'others' ? others.filter(({ verdict }) => verdict === 'unreadable') : others;
    return html`<section class="plain" aria-labelledby="others">
      <h3 id="others">Other documents</h3>
      <p class="quiet">Not shown as sessions: the rule core reads no receipt in them.</p>
      <ul class="others" role="list">
        ${listed.map(
          (entry) =>
            html`<li>
              <details>
                <summary>
                  ${icon('open')}<span class="name">${phrase(entry.name, { limit: 64 })}</span>
                  ${entry.line ? html`<span class="quiet">line ${entry.line}</span>` : nothing}
                  ${entry.kind === undefined ? nothing : html`<span class="quiet">${phrase(entry.kind, { limit: 48 })}</span>`}
                  <span class="verdict ${entry.verdict}">${entry.verdict}</span>
                </summary>
                <p class="quiet">
                  From ${phrase(entry.folder, { limit: 72 })}: ${phrase(entry.source, { limit: 120 })}
                </p>
                ${
                  entry.reasons.length > 0
                    ? reasonList(entry.reasons, 0, this.#explanations(`other ${others.indexOf(entry)}`))
                    : nothing
                }
              </details>
            </li>`,
        )}
      </ul>
      ${moreOthers > 0 ? html`<p class="quiet">… and ${moreOthers.toLocaleString('en')} more.</p>` : nothing}
    </section>`;
  }

  #drawn(): void {
    const row = this.#root.querySelector<HTMLElement>(`[data-id="${this.#wanted}"]`);
    const open = row?.querySelector<HTMLElement>('.open');
    if (open) {
      this.#wanted = undefined;
      open.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    }
    // Heights are set on the elements: a page's policy may admit no style attributes.
    for (const spacer of this.#root.querySelectorAll<HTMLElement & { height?: number }>('.spacer')) {
      const height = `${spacer.height ?? 0}px`;
      if (spacer.style.blockSize !== height) spacer.style.blockSize = height;
    }
    const list = this.#listElement;
    if (list) this.#sizes.observe(list);
    this.#measure();
    this.#watch();
  }

  /** Tells the core which rows are drawn. */
  #watch(): void {
    const ids = [...this.#root.querySelectorAll<HTMLElement>('[data-id]')].map(({ dataset }) => Number(dataset['id']));
    const opened = ids.filter((id) => this.#open.has(id));
    const wanted = `${ids.join()} ${opened.join()}`;
    if (!this.#core || !this.#latest || wanted === this.#watched) return;
    this.#watched = wanted;
    this.#core.watch(ids, opened);
  }
}

if (!customElements.get('bearproof-panel')) customElements.define('bearproof-panel', BearproofPanel);
