// How a JavaScript validator is fed: each line decoded out of the buffer by itself. That was the fastest of the obvious
// ways (bench/run.mjs measures one other beside it): one long string that is split holds the whole file twice.
//
// contenders.mjs imports this module once for each validator, under an address of its own: V8 keeps what it learned of
// a function's calls with the function, so a driver that serves several validators cannot inline any of them.

const decoder = new TextDecoder();

/** @returns {(bytes: Uint8Array) => number} the number of lines of NDJSON that the judge accepts */
export const eachLine = (judge) => (bytes) => {
  let good = 0;
  for (let start = 0, end; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    if (end > start && judge(JSON.parse(decoder.decode(bytes.subarray(start, end))))) ++good;
  }
  return good;
};

/** The same with one decode and one split, as this bench did before. */
export const eachPiece = (judge) => (bytes) => {
  let good = 0;
  for (const line of decoder.decode(bytes).split('\n')) {
    if (line !== '' && judge(JSON.parse(line))) ++good;
  }
  return good;
};
