// Which rows of a long list are drawn. Collapsed rows are of one height, open ones were measured; what is not drawn is
// replaced by a spacer of the same height, so that the list has its true length.

/** Rows that are drawn beyond either edge of the window, for readers that walk ahead of it. */
const beyond = 8;

export interface Drawing {
  /** A row by its place in the list, or a spacer for those that are left out. */
  readonly parts: readonly ({ readonly index: number } | { readonly from: number; readonly height: number })[];
}

export class Rows {
  /** Ids in the order of the list. */
  ids: Int32Array = new Int32Array();
  /** Height of a collapsed row, in CSS pixels. */
  height = 100;
  /** Heights of open rows, by id. */
  readonly tall = new Map<number, number>();

  indexOf(id: number): number {
    return this.ids.indexOf(id);
  }

  /** Places of open rows, in order, with what they are taller by. */
  #extras(): { index: number; extra: number }[] {
    return [...this.tall]
      .map(([id, height]) => ({ index: this.indexOf(id), extra: height - this.height }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => a.index - b.index);
  }

  /** Distance of a row's upper edge from the list's. */
  top(index: number): number {
    return this.#extras().reduce((top, one) => (one.index < index ? top + one.extra : top), index * this.height);
  }

  /** The row at a distance from the list's upper edge. */
  at(y: number): number {
    let shift = 0;
    for (const { index, extra } of this.#extras()) {
      const top = index * this.height + shift;
      if (y < top + this.height) break;
      if (y < top + this.height + extra) return index;
      shift += extra;
    }
    return Math.min(this.ids.length - 1, Math.max(0, Math.floor((y - shift) / this.height)));
  }

  /**
   * @param from  upper edge of what is seen, from the list's upper edge; `to` likewise the lower one
   * @param kept  ids of rows that stay drawn wherever they are: those with the focus
   */
  draw(from: number, to: number, kept: Iterable<number>): Drawing {
    const { length } = this.ids;
    if (length === 0) return { parts: [] };
    const first = Math.max(0, this.at(from) - beyond);
    const last = Math.min(length - 1, this.at(to) + beyond);
    const indices = new Set<number>();
    for (const id of kept) {
      const index = this.indexOf(id);
      if (index >= 0) indices.add(index);
    }
    for (let index = first; index <= last; index++) indices.add(index);
    const parts: ({ index: number } | { from: number; height: number })[] = [];
    let next = 0;
    for (const index of [...indices].sort((a, b) => a - b)) {
      if (index > next) parts.push({ from: next, height: this.top(index) - this.top(next) });
      parts.push({ index });
      next = index + 1;
    }
    if (next < length) parts.push({ from: next, height: this.top(length) - this.top(next) });
    return { parts };
  }
}

/** How much one order differs from another: members that came, that went, and that stand elsewhere among those that stayed. */
export function changesBetween(before: Int32Array, after: Int32Array): number {
  if (before.length === after.length && before.every((id, at) => id === after[at])) return 0;
  const placeBefore = new Map<number, number>();
  before.forEach((id, at) => placeBefore.set(id, at));
  // Longest run of members that kept their order, by patience.
  const ends: number[] = [];
  let stayed = 0;
  for (const id of after) {
    const place = placeBefore.get(id);
    if (place === undefined) continue;
    stayed++;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    ends[low] = place;
  }
  return after.length - stayed + (before.length - stayed) + (stayed - ends.length);
}
