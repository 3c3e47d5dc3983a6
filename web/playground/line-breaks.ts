// The editor keeps every line break as one character; a file may write CR LF. Offsets of a report count the file's.

/** Translates UTF-16 offsets of a text into offsets of the same text with each CR LF as one character. */
export class LineBreaks {
  /** Offsets of every CR that an LF follows, ascending. */
  private readonly pairs_: readonly number[];

  constructor(text: string) {
    const pairs: number[] = [];
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) pairs.push(at);
    this.pairs_ = pairs;
  }

  toEditor(offset: number): number {
    let low = 0;
    let high = this.pairs_.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pairs_[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  }
}
