// What is open: documents as the editor shows them, and as they are handed to the rule core.
import type { Range } from 'bearproof';
import { asLine, type LineOf, type Part } from '../shared/line-files.js';
import { distinct } from '../shared/together.js';
import { visibleString } from '../shared/visible-text.js';
import { LineBreaks } from './line-breaks.js';

/** Documents of a set that are opened; the rest is counted. */
const most = 1000;

/** A document that is open. */
export interface Opened {
  /** Name in reports. */
  readonly source: string;
  /** Of a line of NDJSON: where it stands. On the command line the file is named. */
  readonly of?: LineOf;
  /** As the editor shows it. */
  readonly text: string;
  /** The file's own bytes, until it is edited: they may hold what the editor cannot (CR LF, ill-formed UTF-8). */
  readonly bytes?: Uint8Array;
  readonly breaks?: LineBreaks;
}

/** A document or line of a file, as the editor shows it. */
export function openedFrom({ source, content, of }: Part): Opened {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // A byte order mark stays in the text: the report's offsets count it.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { source, text, bytes, breaks: new LineBreaks(text), ...(of && { of }) };
}

function partOf({ source, of, bytes, text }: Opened): Part {
  const line = of && (bytes ?? asLine(text));
  return line === undefined ? { source, content: bytes ?? text } : { source, content: line, of };
}

/** The open documents, at least one; one of them is in the editor. */
export class Documents {
  private list_: readonly Opened[] = [{ source: 'document.json', text: '' }];
  private at_ = 0;
  /** Of each document, where its text starts in its file, in UTF-16 code units: as the last report counts. */
  starts: readonly number[] = [];

  get count(): number {
    return this.list_.length;
  }
  /** Number of the document in the editor, from 0. */
  get at(): number {
    return this.at_;
  }
  get text(): string {
    return this.list_[this.at_]?.text ?? '';
  }

  /** Opens documents in place of those that are open. @returns what to say where not all of them fit */
  openAll(chosen: readonly Opened[]): string {
    this.list_ = distinct(chosen.slice(0, most));
    this.at_ = 0;
    return chosen.length > most ? `. Only the first ${most} of ${chosen.length} documents are open.` : '';
  }

  choose(at: number): void {
    this.at_ = at;
  }

  /**
   * The text in the editor has changed: it is a document of its own now, on the command line a file saved under this name.
   * A line goes on being one of its file.
   */
  edit(text: string): void {
    this.list_ = distinct(
      this.list_.map((one, at) => {
        if (at !== this.at_) return one;
        const { source, of } = one;
        return { source: of ? source : source.replace(/^.*\//, ''), text, ...(of && { of }) };
      }),
    );
  }

  /** What is handed to the rule core. */
  parts(): Part[] {
    return this.list_.map(partOf);
  }

  /** Names for a list, without a folder that all share; isolated: none can reorder what stands beside it. */
  names(): string[] {
    const folder = /^.*\//.exec(this.list_[0]?.source ?? '')?.[0] ?? '';
    const from = this.list_.every(({ source }) => source.startsWith(folder)) ? folder.length : 0;
    return this.list_.map(({ source }) => `\u2068${visibleString(source.slice(from))}\u2069`);
  }

  /** Names of the files that hold them, each once. */
  files(): string[] {
    return [...new Set(this.list_.map(({ source, of }) => of?.file ?? source))];
  }

  /** Whether some of them are lines of a file: one source to the program, as many documents as it has lines here. */
  get hasLines(): boolean {
    return this.list_.some(({ of }) => of !== undefined);
  }

  /** Number of the document of this name; -1 where there is none. */
  find(source: string): number {
    return this.list_.findIndex((one) => one.source === source);
  }

  /** A range of the report in the editor's text. */
  inEditor({ start, end }: Range): { from: number; to: number } {
    const begin = this.starts[this.at_] ?? 0;
    const breaks = this.list_[this.at_]?.breaks;
    const translate = ({ utf16 }: { utf16: number }) => breaks?.toEditor(utf16 - begin) ?? utf16 - begin;
    return { from: translate(start), to: translate(end) };
  }
}
