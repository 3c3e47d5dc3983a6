// Findings that several documents show together, seen from one of them: the place that is here, and the others.
import type { Finding, Range, Report } from 'bearproof';

/** A place of such a finding. */
export interface Place {
  readonly source: string;
  readonly pointer: string | undefined;
  readonly range: Range | undefined;
  /** What the place has to do with it; "" for the finding's own. */
  readonly message: string;
}

/** All places of a finding, its own first. */
export function placesOf(finding: Finding): Place[] {
  const { source, pointer, range } = finding;
  const own = source === undefined ? [] : [{ source, pointer, range, message: '' }];
  return [...own, ...(finding.related ?? []).map((place) => ({ ...place, range: place.range }))];
}

/** A finding without its places. */
export function unplaced({ rule, severity, message, help }: Finding): Finding {
  return { rule, severity, message, help };
}

/** A finding as one of its documents sees it: pointer and range are in this document, `elsewhere` are the others. */
export interface SharedFinding extends Finding {
  readonly elsewhere: readonly Place[];
}

/** Source → the findings that have a place there, each once. */
export function findingsBySource(collection: Report['collection']): Map<string, SharedFinding[]> {
  const found = new Map<string, SharedFinding[]>();
  for (const finding of collection?.findings ?? []) {
    const places = placesOf(finding);
    const seen = new Set<string>();
    for (const here of places) {
      if (seen.has(here.source)) continue;
      seen.add(here.source);
      const view: SharedFinding = {
        ...unplaced(finding),
        ...(here.pointer !== undefined && { pointer: here.pointer }),
        ...(here.range !== undefined && { range: here.range }),
        elsewhere: places.filter((place) => place !== here),
      };
      const list = found.get(here.source);
      if (list) list.push(view);
      else found.set(here.source, [view]);
    }
  }
  return found;
}

/** Names in which no two are equal: a second "receipt.json" becomes "receipt.json (2)", so that findings name one document. */
export function distinct<T extends { readonly source: string }>(documents: readonly T[]): T[] {
  const taken = new Set(documents.map(({ source }) => source));
  const given = new Set<string>();
  const next = new Map<string, number>();
  return documents.map((document) => {
    const { source } = document;
    if (!given.has(source)) {
      given.add(source);
      return document;
    }
    let number = next.get(source) ?? 2;
    while (taken.has(`${source} (${number})`)) number++;
    next.set(source, number + 1);
    taken.add(`${source} (${number})`);
    return { ...document, source: `${source} (${number})` };
  });
}
