// A receipt that is recorded again under its id is one session with a history. The newest record is its card; what came
// before stands below it. Order and identity are those of the rule core's collection (docs/collections.md).
import { compareInstants } from '../shared/instant.js';
import type { Session } from './session.js';

/** Records by their time where the dialect tells when each was written, else by their place. */
function isLater(a: Session, b: Session): boolean {
  // BearBrowser's capturedAt is the session's start: every record of a receipt repeats it.
  if (a.report.dialect === 'bearbrowser-v1' || !a.captured || !b.captured) return true;
  return compareInstants(a.captured, b.captured) >= 0;
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
    if (!group) {
      groups.set(key, [session]);
      continue;
    }
    let at = group.length;
    while (at > 0 && !isLater(session, group[at - 1] as Session)) at--;
    group.splice(at, 0, session);
  }
  return [...groups.values()].map((group) => {
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
