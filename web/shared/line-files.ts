// NDJSON among documents that are shown one by one: to the rule core each file is one again, because its lines are one
// store or one transcript.
import type { Finding, Input, Range, Report } from 'bearproof';
import { splitLines } from './files.js';

/** Where a line stands. */
export interface LineOf {
  readonly file: string;
  /** From 1, blank lines counted. */
  readonly line: number;
}

/** A document of a set, as people see it. */
export interface Part {
  /** Name for people, of a line "events.ndjson:3"; no two of a set are equal. */
  readonly source: string;
  readonly content: string | Uint8Array;
  readonly of?: LineOf | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The documents of a file: its lines where it holds lines, else the one that it is. */
export function partsOf({ source, content, lines }: Input): Part[] {
  if (!lines) return [{ source, content }];
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return splitLines({ name: source, bytes });
}

/**
 * A text as one line of NDJSON of the same length; undefined where it cannot be one. White space between tokens may hold
 * line ends, a string may not.
 */
export function asLine(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  if (!/[\r\n]/.test(text)) return text;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return text.replace(/[\r\n]/g, ' ');
}

/** A file of lines on its way to the rule core. */
class LineFile {
  private readonly chunks_: Uint8Array[] = [];
  private line_ = 1;
  private units_ = 0;

  /** @returns where the line starts, in UTF-16 code units from the file's start */
  add(line: number, content: string | Uint8Array): number {
    const before = '\n'.repeat(Math.max(0, line - this.line_));
    this.line_ = line;
    this.chunks_.push(encoder.encode(before));
    const start = this.units_ + before.length;
    this.chunks_.push(typeof content === 'string' ? encoder.encode(content) : content);
    this.units_ = start + (typeof content === 'string' ? content : decoder.decode(content)).length;
    return start;
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.chunks_.reduce((size, chunk) => size + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks_) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}

export interface Assembled {
  /** What to hand to `checkAll`. */
  readonly inputs: Input[];
  /** Of each part, where it starts in its file, in UTF-16 code units: positions of the report count from the file's start. */
  readonly starts: readonly number[];
  /** The report with its documents in the order and under the names of the parts. @throws where it lacks one */
  readonly named: (report: Report) => Report;
}

/** Puts the lines of one file together again. @param parts  lines of a file in their order */
export function assemble(parts: readonly Part[]): Assembled {
  const files = new Map<string, { file: LineFile; parts: number[] }>();
  const rows: { input: () => Input; parts: number[] }[] = [];
  const names = new Map<string, string>();
  const starts = parts.map(({ source, content, of }, at) => {
    if (!of) {
      rows.push({ input: () => ({ source, content }), parts: [at] });
      return 0;
    }
    let known = files.get(of.file);
    if (!known) {
      const file = new LineFile();
      known = { file, parts: [] };
      files.set(of.file, known);
      rows.push({ input: () => ({ source: of.file, content: file.bytes(), lines: true }), parts: known.parts });
    }
    known.parts.push(at);
    names.set(`${of.line} ${of.file}`, source);
    return known.file.add(of.line, content);
  });
  const nameOf = (source: string, range: Range | undefined) =>
    (range && files.has(source) && names.get(`${range.start.line} ${source}`)) || source;
  const named = (finding: Finding): Finding => ({
    ...finding,
    ...(finding.source !== undefined && { source: nameOf(finding.source, finding.range) }),
    ...(finding.related && {
      related: finding.related.map((place) => ({ ...place, source: nameOf(place.source, place.range) })),
    }),
  });
  return {
    inputs: rows.map(({ input }) => input()),
    starts,
    named(report) {
      const order = rows.flatMap((row) => row.parts);
      if (report.documents.length !== order.length) throw new Error('the report leaves documents out');
      const documents = [...report.documents];
      for (const [row, at] of order.entries()) {
        const entry = report.documents[row];
        const part = parts[at];
        if (entry && part) documents[at] = { ...entry, source: part.source, findings: entry.findings.map(named) };
      }
      const { collection } = report;
      return { ...report, documents, ...(collection && { collection: { findings: collection.findings.map(named) } }) };
    },
  };
}
