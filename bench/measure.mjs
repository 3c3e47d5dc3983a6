// Rounds in turn, and what comes out of them.

/** @param {number[]} list */
export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Runs until it gets no faster: a compiler of JavaScript or Wasm has then done what it does. */
const warm = async (run) => {
  const times = [];
  const began = performance.now();
  while (times.length < 15 && performance.now() - began < 3000) {
    times.push(await run());
    const [best, latest] = [times.slice(0, -2), times.slice(-2)].map((some) => Math.min(...some));
    if (times.length > 3 && latest > best * 0.97) return;
  }
};

/**
 * Runs every contender once in each round, so that a busy moment of the machine falls on all alike; before the first round
 * each runs until it is steady. A try with a tenth of the work finds out who is so slow that a tenth and three rounds must do.
 * @param {Record<string, (share: number) => number | Promise<number>>} contenders  each does that share of the work
 *   (1 or 0.1) and gives the seconds that it took
 * @param {boolean} [divisible]  whether there is a tenth of the work; one document has none
 * @returns {Promise<Record<string, number>>} median seconds for all of the work
 */
export const inTurn = async (contenders, rounds, divisible = true) => {
  const plan = [];
  for (const [name, run] of Object.entries(contenders)) {
    const slow = (await run(divisible ? 0.1 : 1)) > (divisible ? 0.2 : 1);
    const share = divisible && slow ? 0.1 : 1;
    if (!slow) await warm(() => run(1));
    plan.push({ name, run, share, rounds: slow ? Math.min(rounds, 3) : rounds, times: [] });
  }
  for (let round = 0; round < rounds; ++round) {
    for (const { run, share, rounds: wanted, times } of plan) {
      if (round < wanted) times.push((await run(share)) / share);
    }
  }
  return Object.fromEntries(plan.map(({ name, times }) => [name, median(times)]));
};

/** The first lines of NDJSON that make about a share of it. @returns {{ bytes: Uint8Array, count: number }} */
export const firstLines = (bytes, count, share) => {
  if (share === 1) return { bytes, count };
  const wanted = Math.max(1, Math.round(count * share));
  let at = 0;
  for (let i = 0; i < wanted; ++i) at = bytes.indexOf(10, at) + 1;
  return { bytes: bytes.subarray(0, at), count: wanted };
};
