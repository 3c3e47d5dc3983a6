// The canonical report, and the same check in a terminal.
import type { Mode, Severity } from 'bearproof';
import { find, isolated, make } from '../shared/dom.js';
import { mountCopy } from './copy-button.js';
import type { Documents } from './documents.js';
import { shellWord } from './shell.js';

/** Report text shown, in code units; the rest is counted. */
const most = 200_000;

/** Text of several lines: each line's unshowable characters named. */
function isolatedLines(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const line of text.slice(0, most).split('\n')) fragment.append(isolated(line, most), '\n');
  if (text.length > most) {
    fragment.append(`… ${(text.length - most).toLocaleString('en')} more characters; the button copies all.`);
  }
  return fragment;
}

export class ReportView {
  private readonly text_ = find('#report-text');
  private whole_ = '';

  constructor() {
    mountCopy(find('#copy-report'), () => this.whole_);
  }

  /** @param text  the report with line breaks, as the core wrote it; "" where the check failed */
  show(text: string): void {
    this.whole_ = text;
    this.text_.replaceChildren(...(text === '' ? [] : [isolatedLines(text)]));
  }
}

/** Words of a command line that break between one another, not at the hyphens of an option. */
function commandLine(words: readonly string[]): (Node | string)[] {
  return words.flatMap((word, at) => [at > 0 ? ' ' : '', make('span', { class: 'word' }, word)]);
}

export class CommandView {
  private readonly text_ = find('#command-text');
  private readonly json_ = find('#command-json');
  private readonly sameBytes_ = find('#same-bytes');

  constructor() {
    mountCopy(find('#copy-command'), () => this.text_.textContent ?? '');
  }

  show(documents: Documents, level: Severity, mode: Mode): void {
    const words = ['bearproof', 'check', ...documents.files().map(shellWord)];
    if (level !== 'info') words.push('--level', level);
    if (mode !== 'default') words.push('--mode', mode);
    this.text_.replaceChildren(...commandLine(words));
    // A file of lines is one source to the program and as many documents as it has lines to this page.
    this.sameBytes_.hidden = documents.hasLines;
    this.json_.replaceChildren(...commandLine([...words, '--format', 'json', '--pretty']));
  }
}
