// Elements made by hand, for pages without Lit. Children are nodes or text; text never becomes markup.
import { visibleRuns } from './visible-text.js';

type Child = Node | string | undefined | readonly Child[];

/** The one element that `selector` finds. */
export function find<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * @param attributes  `on…` functions become listeners; true sets an empty attribute, false and undefined none
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | undefined | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string' || child instanceof Node) element.append(child);
    else append(element, child);
  }
}

/** Hostile text, isolated, with characters that would not show named. Longer than `limit` code units: the rest is counted. */
export function isolated(text: string, limit = 4096): HTMLElement {
  const shown = text.slice(0, limit);
  return make(
    'bdi',
    {},
    visibleRuns(shown).map((run) => (run.escaped ? make('span', { class: 'escape' }, run.text) : run.text)),
    text.length > limit
      ? make('span', { class: 'quiet' }, ` … ${(text.length - limit).toLocaleString('en')} more`)
      : undefined,
  );
}
