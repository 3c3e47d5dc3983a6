// Files that someone opens, drops or pastes: read in this page, sent nowhere.

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
        throw new Error(`${file.name} cannot be read: is it a folder?`);
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

/**
 * Lets files be dropped anywhere on the page; while one hovers, <html> carries the class "dropping".
 * @param receive  is given what was dropped, at least one file
 */
export function acceptDrops(receive: (files: File[]) => void): void {
  const root = document.documentElement;
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  let depth = 0;
  const settle = (value: number) => {
    depth = Math.max(0, value);
    root.classList.toggle('dropping', depth > 0);
  };
  window.addEventListener('dragenter', (event) => {
    if (carriesFiles(event)) settle(depth + 1);
  });
  window.addEventListener('dragleave', (event) => {
    if (carriesFiles(event)) settle(depth - 1);
  });
  window.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  // Capturing: an editor on the page would otherwise insert the file's text itself.
  window.addEventListener(
    'drop',
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      settle(0);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) receive(files);
    },
    { capture: true },
  );
}
