// Files that someone opens or drops: read in this page, sent nowhere.
import { isolated } from './dom.js';
import { readFiles, type OpenedFile } from './files.js';

/** Most names of files that are told; the rest is "…". */
const told = 3;

/** "Opened here: a.json, b.json". */
export function openedHere(files: readonly OpenedFile[]): (Node | string)[] {
  const names = files.slice(0, told).flatMap(({ name }, at) => [at > 0 ? ', ' : '', isolated(name, 60)]);
  return ['Opened here: ', ...names, files.length > told ? ', …' : ''];
}

/**
 * Lets files be chosen in `input` or dropped anywhere on the page, and reads them.
 * @param opened  is given what was read, at least one file
 * @param failed  is told why nothing was
 * @returns forgets files that are still being read: something else is shown now
 */
export function mountFiles(
  input: HTMLInputElement,
  opened: (files: OpenedFile[]) => void,
  failed: (message: string) => void,
): () => void {
  let latest = 0;
  const open = async (files: File[]) => {
    if (files.length === 0) return;
    const mine = ++latest;
    try {
      const read = await readFiles(files);
      if (mine === latest) opened(read);
    } catch (error) {
      if (mine === latest) failed(error instanceof Error ? error.message : String(error));
    }
  };
  input.addEventListener('change', () => {
    void open([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again
  });
  acceptDrops((files) => void open(files));
  return () => void ++latest;
}

/** Lets files be dropped anywhere on the page; while one hovers, <html> carries the class "dropping". */
function acceptDrops(receive: (files: File[]) => void): void {
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
      receive([...(event.dataTransfer?.files ?? [])]);
    },
    { capture: true },
  );
}
