// A receipt that is recorded again under its id is one session with a history. The newest record is its card; what came
// before stands below it. Order and identity are those of the rule core's collection (docs/collections.md).
import { compareInstants, type Instant } from '../shared/instant.js';
import type { Session } from './session.js';

/**
 * Records by their time; one that tells none was recorded with the one given before it. The rule core orders them so
 * (core/collection/receipts.cpp); a test holds both to one table.
 */
function inOrder(records: readonly Session[]): Session[] {
  let latest: Instant | undefined;
  const dated = records.map((session) => {
    // BearBrowser's capturedAt is the session's start: every record of a receipt repeats it.
    const own = session.report.dialect === 'bearbrowser-v1' ? undefined : session.captured;
    latest = own ?? latest;
    return { session, time: latest };
  });
  const compare = (a: Instant | undefined, b: Instant | undefined) =>
    a && b ? compareInstants(a, b) : Number(a !== undefined) - Number(b !== undefined);
  return dated.sort((a, b) => compare(a.time, b.time)).map(({ session }) => session);
}

/**
 * One session for each receipt, in the order of the first records.
 *
 * Only records that agree in dialect, receipt id, session and owner are one receipt: nobody's receipt disappears below
 * another's by repeating its id.
 */
export function foldHistories(sessions: readonly Session[]): Session[] {
  const groups = new Map<string | symbol, Session[]>();
  for (const session of sessions) {
    const key = session.identity ?? Symbol();
    const group = groups.get(key);
    if (group) group.push(session);
    else groups.set(key, [session]);
  }
  return [...groups.values()].map(inOrder).map((group) => {
    const newest = group[group.length - 1] as Session;
    const earlier = group.slice(0, -1).reverse();
    if (earlier.length === 0) return newest;
    const { admission } = newest;
    const doubtful =
      admission.standing === 'consistent' && earlier.some((one) => one.admission.standing === 'not admitted');
    return {
      ...newest,
      earlier,
      admission: doubtful
        ? { standing: 'needs attention', reasons: ['an earlier record of this receipt was not admitted'] }
        : admission,
    };
  });
}
