// The examples: a button that opens a box to search in. The combobox practice of ARIA: the focus stays in the search field,
// arrow keys, Home and End move through the list, Enter opens, Escape closes.
import { find, make } from '../shared/dom.js';
import { examples } from './examples.js';

interface Entry {
  readonly path: string;
  readonly option: HTMLElement;
  readonly kind: HTMLElement;
  /** What is searched, in lower case. */
  words: string;
}

/** Path of the folder whose documents open together. */
export const sampleFolder = 'web/samples/';

/** Headings of folders that are not just their name with a capital. */
const titles: Readonly<Record<string, string>> = {
  [sampleFolder]: 'Sample sessions',
  agentplane: 'Agent plane',
  git: 'Git and workspaces',
  ipc: 'IPC',
  install: 'Installations',
  orphan: 'Orphaned events',
};

function familyOf(path: string): string {
  return path.startsWith(sampleFolder) ? sampleFolder : (path.split('/')[1] ?? '');
}

const titleOf = (family: string) => titles[family] ?? family.charAt(0).toUpperCase() + family.slice(1);

export class ExamplePicker {
  private readonly button_ = find<HTMLButtonElement>('#examples');
  private readonly box_ = find('#example-box');
  private readonly search_ = find<HTMLInputElement>('#example-search');
  private readonly list_ = find('#example-list');
  private readonly count_ = find('#example-count');
  private readonly entries_: Entry[] = [];
  private active_: Entry | undefined;

  /** @param open  is given the path of an example, or a folder's */
  constructor(private readonly open: (path: string) => void) {
    this.fill_();
    this.button_.addEventListener('click', () => this.show_(this.box_.hidden));
    this.search_.addEventListener('input', () => this.filter_());
    this.search_.addEventListener('keydown', (event) => this.key_(event));
    this.list_.addEventListener('click', (event) => {
      const option = (event.target as Element).closest('[role=option]');
      this.choose_(this.entries_.find((entry) => entry.option === option));
    });
    document.addEventListener('pointerdown', (event) => {
      if (!event.composedPath().includes(this.box_.parentElement as EventTarget)) this.box_.hidden = true;
      this.button_.setAttribute('aria-expanded', String(!this.box_.hidden));
    });
    this.box_.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.box_.parentElement?.contains(relatedTarget)) this.show_(false);
    });
  }

  /** Tells each example's kind, by its path. */
  tellKinds(kinds: Readonly<Record<string, string>>): void {
    for (const entry of this.entries_) {
      const kind = kinds[entry.path];
      if (kind === undefined) continue;
      entry.kind.textContent = kind;
      entry.words += ` ${kind.toLowerCase()}`;
    }
    if (!this.box_.hidden && this.search_.value !== '') this.filter_();
  }

  /** Marks the example that is open; none where the path is no example's. */
  mark(path: string): void {
    for (const entry of this.entries_) entry.option.classList.toggle('open', entry.path === path);
  }

  private fill_(): void {
    const groups = new Map<string, HTMLElement>();
    const add = (path: string, name: string, said: string) => {
      const family = familyOf(path);
      let group = groups.get(family);
      if (!group) {
        const id = `family-${groups.size}`;
        group = make('div', { role: 'group', 'aria-labelledby': id });
        group.append(make('p', { id, class: 'family', role: 'presentation' }, titleOf(family)));
        groups.set(family, group);
      }
      const kind = make('span', { class: 'kind' }, said);
      const id = `example-${this.entries_.length}`;
      const option = make('div', { role: 'option', id, 'data-path': path, 'aria-selected': 'false' }, name, ' ', kind);
      group.append(option);
      this.entries_.push({ path, option, kind, words: `${path} ${titleOf(family)} ${name}`.toLowerCase() });
    };
    const samples = examples.filter(({ path }) => path.startsWith(sampleFolder));
    add(sampleFolder, 'All sample sessions', `${samples.length} documents, together`);
    for (const { path } of [...samples, ...examples.filter((example) => !samples.includes(example))]) {
      add(path, path.replace(/^.*\//, '').replace(/\.json$/, ''), '');
    }
    this.list_.replaceChildren(...groups.values());
  }

  private show_(shown: boolean): void {
    this.box_.hidden = !shown;
    this.button_.setAttribute('aria-expanded', String(shown));
    if (!shown) return;
    this.search_.value = '';
    this.filter_();
    this.activate_(this.entries_.find(({ option }) => option.classList.contains('open')) ?? this.entries_[0]);
    this.search_.focus();
  }

  private filter_(): void {
    const words = this.search_.value.toLowerCase().split(/\s+/);
    for (const entry of this.entries_) entry.option.hidden = !words.every((word) => entry.words.includes(word));
    for (const group of this.list_.children) {
      group.toggleAttribute('hidden', !group.querySelector('[role=option]:not([hidden])'));
    }
    const { length } = this.visible_();
    this.count_.textContent = length === 0 ? 'No example fits.' : `${length} example${length > 1 ? 's' : ''}`;
    this.activate_(this.visible_()[0]);
  }

  private visible_(): Entry[] {
    return this.entries_.filter(({ option }) => !option.hidden);
  }

  private activate_(entry: Entry | undefined): void {
    this.active_?.option.setAttribute('aria-selected', 'false');
    this.active_ = entry;
    entry?.option.setAttribute('aria-selected', 'true');
    entry?.option.scrollIntoView({ block: 'nearest' });
    if (entry) this.search_.setAttribute('aria-activedescendant', entry.option.id);
    else this.search_.removeAttribute('aria-activedescendant');
  }

  private key_(event: KeyboardEvent): void {
    const visible = this.visible_();
    const at = this.active_ ? visible.indexOf(this.active_) : -1;
    const end = visible.length - 1;
    const to = {
      ArrowDown: Math.min(at + 1, end),
      ArrowUp: Math.max(at - 1, 0),
      PageDown: Math.min(at + 8, end),
      PageUp: Math.max(at - 8, 0),
      Home: 0,
      End: end,
    }[event.key];
    if (event.key === 'Enter') this.choose_(this.active_);
    else if (event.key === 'Escape') this.leave_();
    else if (to !== undefined) this.activate_(visible[to]);
    else return;
    event.preventDefault();
  }

  private leave_(): void {
    this.show_(false);
    this.button_.focus();
  }

  private choose_(entry: Entry | undefined): void {
    if (!entry) return;
    this.leave_();
    this.open(entry.path);
  }
}
