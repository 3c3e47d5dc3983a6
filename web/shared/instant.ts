// Instants as receipts write them (RFC 3339), compared as instants and always shown in UTC.

/** A point in time. */
export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z; a leap second counts as the second before it. */
  readonly seconds: number;
  /** Digits after the decimal point, trailing zeros removed; "" when there are none. */
  readonly fraction: string;
}

const grammar = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Reads an RFC 3339 date-time; undefined when it is none. */
export function readInstant(text: string): Instant | undefined {
  const match = grammar.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === '-' ? -1 : 1);
  if (hour > 23 || minute > 59 || second > 60 || Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute - offset, Math.min(second, 59));
  return { seconds: date.getTime() / 1000, fraction: (match[7] ?? '').replace(/0+$/, '') };
}

/** Negative: `a` is earlier. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0;
}

/** "2026-05-06 04:31:00 UTC"; the fraction is left out. */
export function showInstant(instant: Instant): string {
  const iso = new Date(instant.seconds * 1000).toISOString();
  return `${iso.slice(0, -5).replace('T', ' ')} UTC`;
}
