// Rounds in turn, and what comes out of them.

/** @param {number[]} list */
export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/**
 * Runs every contender once in each round, so that a busy moment of the machine falls on all alike. Two rounds before
 * the first warm up; the first of them, with a tenth of the work, finds out who is so slow that a tenth and three rounds
 * must do.
 * @param {Record<string, (share: number) => number | Promise<number>>} contenders  each does that share of the work
 *   (1 or 0.1) and gives the seconds that it took
 * @param {boolean} [divisible]  whether there is a tenth of the work; one document has none
 * @returns {Promise<Record<string, number>>} median seconds for all of the work
 */
export const inTurn = async (contenders, rounds, divisible = true) => {
  const least = divisible ? 0.1 : 1;
  const share = Object.fromEntries(Object.keys(contenders).map((name) => [name, least]));
  const slow = new Set();
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -2; round < rounds; ++round) {
    for (const [name, run] of Object.entries(contenders)) {
      if (slow.has(name) && (round === -1 || round > 2)) continue;
      const seconds = await run(share[name]);
      if (round === -2) {
        if (seconds > (divisible ? 0.2 : 1)) slow.add(name);
        else share[name] = 1;
      }
      if (round >= 0) times[name].push(seconds / (divisible ? share[name] : 1));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
};

/** The first lines of NDJSON that make about a share of it. @returns {{ bytes: Uint8Array, count: number }} */
export const firstLines = (bytes, count, share) => {
  if (share === 1) return { bytes, count };
  const wanted = Math.max(1, Math.round(count * share));
  let at = 0;
  for (let i = 0; i < wanted; ++i) at = bytes.indexOf(10, at) + 1;
  return { bytes: bytes.subarray(0, at), count: wanted };
};
