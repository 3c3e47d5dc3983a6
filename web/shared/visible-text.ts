// Text from a document is hostile: it may reorder what stands around it, hide parts of itself, or pretend to be other
// text. Here it is cut into runs that can be shown as they are and characters that are shown by their code point.

/** A run of text to show: as it is, or as the name of one character that must not act. */
export interface Run {
  readonly text: string;
  /** true: `text` is "U+202E" or the like, standing for a character that would not show or would disturb. */
  readonly escaped: boolean;
}

/**
 * Characters that never reach a page: controls (line breaks and tabs too: a field is one line), bidi controls, zero-width
 * and other default-ignorable characters, tag characters, lone surrogates, private and unassigned code points, spaces that
 * are not U+0020, the blank Braille cell, and combining marks from the fourth on one letter.
 */
export const unshowable =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}|(?<=\p{M}{3})\p{M}/gu;

/** "U+202E". */
export function codePointName(character: string): string {
  const value = character.codePointAt(0) ?? 0;
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Cuts hostile text into runs. Joined in order they tell everything that `text` holds. */
export function visibleRuns(text: string): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(unshowable)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), escaped: false });
    runs.push({ text: codePointName(match[0]), escaped: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ text: text.slice(from), escaped: false });
  return runs;
}

/** Plain text with unshowable characters written as [U+202E]: for attributes, titles and announcements. */
export function visibleString(text: string): string {
  return visibleRuns(text)
    .map((run) => (run.escaped ? `[${run.text}]` : run.text))
    .join('');
}

/** The parts of a text that are shown when all of it would be too long; lengths are UTF-16 code units. */
export interface Elided {
  readonly head: string;
  /** Code units left out between head and tail; 0: nothing. */
  readonly omitted: number;
  readonly tail: string;
}

/** An index that does not stand between the halves of a surrogate pair. */
function wholeIndex(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? index - 1 : index;
}

/**
 * Leaves out the middle of a long text. What identifies a thing stands at its end (an id's own part, a host's registered
 * domain), so the end is never left out.
 * @param limit  longest text that is shown whole, in code units; at least 8
 */
export function elideMiddle(text: string, limit: number): Elided {
  if (text.length <= limit) return { head: text, omitted: 0, tail: '' };
  const kept = Math.ceil(limit * 0.6);
  const from = wholeIndex(text, text.length - kept);
  const to = wholeIndex(text, limit - kept);
  return { head: text.slice(0, to), omitted: from - to, tail: text.slice(from) };
}

/**
 * The same for an origin or URL: the host's end decides who it is, so of `scheme://host/path` the host's end is kept and
 * the path gives way first.
 */
export function elideOrigin(text: string, limit: number): Elided {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*/i.exec(text)?.[0];
  if (authority === undefined || text.length <= limit) return elideMiddle(text, limit);
  if (authority.length <= limit) {
    const to = wholeIndex(text, Math.max(authority.length, limit));
    return { head: text.slice(0, to), omitted: text.length - to, tail: '' };
  }
  const host = elideMiddle(authority, limit);
  return { ...host, omitted: host.omitted + text.length - authority.length };
}
