// What documents say, in plain words.
import type { Narrative } from 'bearproof';
import { find, isolated, make } from '../shared/dom.js';

const parts = [
  ['What happened', 'happened'],
  ['Why', 'why'],
  ['What remains', 'risk'],
  ['What to do', 'next'],
] as const;

export class StoryView {
  private readonly story_ = find('#story');
  private readonly all_ = find('#stories');
  private readonly list_ = find('#story-list');

  /** @param choose  is given the number of the document whose name was chosen */
  constructor(private readonly choose_: (at: number) => void) {}

  /**
   * @param story  of the document in the editor
   * @param stories  of the first documents of a set, in their order; @param count  of all its documents
   */
  show(story: Narrative | undefined, stories: readonly Narrative[], count: number): void {
    if (story) {
      this.story_.replaceChildren(
        ...parts.map(([name, member]) =>
          make('div', {}, make('dt', {}, name), make('dd', {}, isolated(story[member], 2000))),
        ),
      );
    }
    this.showAll_(stories, count);
  }

  /** The check failed. */
  clear(): void {
    this.story_.replaceChildren();
    this.showAll_([], 0);
  }

  /** One line each. */
  private showAll_(stories: readonly Narrative[], count: number): void {
    this.all_.hidden = stories.length < 2;
    const rest = count - stories.length;
    this.list_.replaceChildren(
      ...stories.map(({ source, severity, happened }, at) =>
        make(
          'li',
          { class: severity },
          make('button', { type: 'button', class: 'link', onclick: () => this.choose_(at) }, isolated(source, 80)),
          ' ',
          isolated(happened, 400),
        ),
      ),
      ...(rest > 0 ? [make('li', { class: 'quiet' }, `… and ${rest} more.`)] : []),
    );
  }
}
