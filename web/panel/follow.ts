// A folder that somebody chose, followed: what appears in it, changes or goes is shown within a second or two. Read only, and
// nothing of it leaves the page.
import { holdsLines } from '../shared/files.js';
import type { PanelDocument } from './types.js';

/** How often the folder is looked at, in milliseconds. */
const pause = 1000;
/** A file that changed this short a time ago may still be being written, in milliseconds. */
const settling = 400;
/** Folders inside one another, and files, that are looked at. */
const deepest = 4;
const mostFiles = 10_000;
/** Largest file that is read, in bytes: the rule core's own limit for a document. */
const largest = 64 << 20;

interface FileHandle {
  readonly kind: 'file';
  readonly name: string;
  getFile(): Promise<File>;
}
export interface FolderHandle {
  readonly kind: 'directory';
  readonly name: string;
  values(): AsyncIterable<FileHandle | FolderHandle>;
}

type PickerWindow = Window & { showDirectoryPicker?: (options: { mode: 'read' }) => Promise<FolderHandle> };

/** Whether this browser lets a page follow a folder. */
export const canFollow = typeof (window as PickerWindow).showDirectoryPicker === 'function';

/** Asks for a folder. @returns undefined: none was chosen */
export async function chooseFolder(): Promise<FolderHandle | undefined> {
  try {
    return await (window as PickerWindow).showDirectoryPicker?.({ mode: 'read' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

const isDocument = (name: string) => /\.(json|ndjson|jsonl)$/i.test(name);

/** The documents of a folder below it, each under the folder's name. */
async function* filesOf(
  folder: FolderHandle,
  path: string,
  depth = 0,
): AsyncGenerator<{ path: string; file: FileHandle }> {
  for await (const entry of folder.values()) {
    const here = `${path}/${entry.name}`;
    if (entry.kind === 'directory') {
      if (depth < deepest) yield* filesOf(entry, here, depth + 1);
    } else if (isDocument(entry.name)) yield { path: here, file: entry };
  }
}

/** What a file of a chosen folder is to the panel. */
export async function documentOf(file: File, source: string, label: string): Promise<PanelDocument> {
  if (file.size > largest) return { source, label, oversized: file.size };
  return { source, label, content: new Uint8Array(await file.arrayBuffer()), lines: holdsLines(source) };
}

/**
 * Follows a folder until it is told to stop.
 * @param changed  is given all documents, first and after each change
 * @param failed  is told that the folder cannot be read any more
 * @returns stops
 */
export function follow(
  folder: FolderHandle,
  changed: (documents: readonly PanelDocument[]) => void,
  failed: (message: string) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let first = true;
  let known = new Map<string, { stamp: string; document: PanelDocument }>();

  const look = async () => {
    const next: typeof known = new Map();
    let different = first;
    for await (const { path, file } of filesOf(folder, folder.name)) {
      if (next.size >= mostFiles) break;
      const before = known.get(path);
      let read: File;
      try {
        read = await file.getFile();
      } catch {
        continue; // It went while the folder was read.
      }
      const stamp = `${read.lastModified} ${read.size}`;
      const isFresh = Date.now() - read.lastModified < settling;
      if (before && (before.stamp === stamp || isFresh)) {
        next.set(path, before);
        continue;
      }
      if (isFresh) continue;
      try {
        next.set(path, { stamp, document: await documentOf(read, path, folder.name) });
        different = true;
      } catch {
        if (before) next.set(path, before); // It changed while it was read: it is read next time.
      }
    }
    different ||= next.size !== known.size || [...known.keys()].some((path) => !next.has(path));
    known = next;
    if (different && !stopped) {
      first = false;
      changed([...known.values()].map(({ document }) => document));
    }
  };

  const run = async () => {
    try {
      await look();
    } catch (error) {
      if (!stopped) failed(error instanceof Error ? error.message : String(error));
      return;
    }
    if (!stopped) timer = setTimeout(() => void run(), pause);
  };
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
