// Reads members of a document for display. What the document is, and whether it holds, was decided by the rule core from
// its bytes; JSON.parse only fetches the strings. Where the two could see different things (a name that stands twice, of
// which JSON.parse keeps the last), nothing is read.
import type { Finding } from 'bearproof';
import type { Path } from './dialects.js';

/** What a document says at one place. */
export type Reading =
  | { readonly state: 'stated'; readonly value: unknown }
  /** Absent, or null. */
  | { readonly state: 'absent' }
  /** Written more than once: which one holds is anybody's guess. */
  | { readonly state: 'repeated' }
  /** Not read, because findings were left out of the report and duplicates may be among them. */
  | { readonly state: 'unread' };

const absent: Reading = { state: 'absent' };

/** The document's text, a byte order mark removed; ill-formed bytes show as U+FFFD. */
export function textOf(content: string | Uint8Array): string {
  if (typeof content !== 'string') return new TextDecoder().decode(content);
  return content.startsWith('\ufeff') ? content.slice(1) : content;
}

function pointerOf(path: readonly string[]): string {
  return path.map((name) => '/' + name.replace(/~/g, '~0').replace(/\//g, '~1')).join('');
}

/** Whether one pointer leads to the other or to something inside it. */
function related(a: string, b: string): boolean {
  return a === b || a.startsWith(b + '/') || b.startsWith(a + '/');
}

/** One document's members. */
export class DocumentReader {
  private readonly root_: unknown;
  private readonly repeated_: readonly string[];
  private readonly incomplete_: boolean;

  /** @param findings  the rule core's findings on that very content */
  constructor(content: string | Uint8Array, findings: readonly Finding[]) {
    let root: unknown;
    try {
      root = JSON.parse(textOf(content));
    } catch {
      root = undefined;
    }
    this.root_ = root;
    this.repeated_ = findings.filter((f) => f.rule === 'parse.key.duplicate').map((f) => f.pointer ?? '');
    this.incomplete_ = findings.some((f) => f.rule === 'limit.findings');
  }

  read(path: Path): Reading {
    if (this.incomplete_) return { state: 'unread' };
    const pointer = pointerOf(path);
    if (this.repeated_.some((place) => related(place, pointer))) return { state: 'repeated' };
    let value: unknown = this.root_;
    for (const name of path) {
      // hasOwn: a document's "__proto__" or "constructor" is a member like any other, and its absence is an absence.
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return absent;
      value = (value as Record<string, unknown>)[name];
    }
    return value === null ? absent : { state: 'stated', value };
  }
}

/** A reading that is a string with something in it. */
export function statedText(reading: Reading): string | undefined {
  return reading.state === 'stated' && typeof reading.value === 'string' && /\P{White_Space}/u.test(reading.value)
    ? reading.value
    : undefined;
}
