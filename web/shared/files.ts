// What is in files: bytes, or lines.

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads files in the order given. A file that cannot be read (a folder, say) rejects with a message that names it. */
export async function readFiles(files: Iterable<File>): Promise<OpenedFile[]> {
  return Promise.all(
    [...files].map(async (file) => {
      try {
        return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      } catch {
        throw new Error(`${file.name} cannot be read: is it a folder, or larger than a page may hold?`);
      }
    }),
  );
}

/** Whether the name says that there is one document on each line. */
export function holdsLines(name: string): boolean {
  return /\.(ndjson|jsonl)$/i.test(name);
}

export interface SplitLine {
  readonly source: string;
  readonly content: Uint8Array;
  readonly of: { readonly file: string; readonly line: number };
}

/** The lines of an NDJSON file that hold anything, each named after the file and its number. */
export function splitLines({ name, bytes }: OpenedFile): SplitLine[] {
  const lines: SplitLine[] = [];
  let number = 0;
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline;
    number++;
    const content = bytes.subarray(from, to);
    if (content.some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) {
      lines.push({ source: `${name}:${number}`, content, of: { file: name, line: number } });
    }
    from = to + 1;
  }
  return lines;
}

/** One line of a text or of its bytes, from 1, without its line feed; undefined where there is no such line. */
export function lineOf<T extends string | Uint8Array>(content: T, line: number): T | undefined {
  const find = (from: number) =>
    typeof content === 'string' ? content.indexOf('\n', from) : content.indexOf(0x0a, from);
  let from = 0;
  for (let number = 1; number < line; number++) {
    const end = find(from);
    if (end < 0) return undefined;
    from = end + 1;
  }
  const end = find(from);
  return content.slice(from, end < 0 ? content.length : end) as T;
}
