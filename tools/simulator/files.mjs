// How BearBrowser's scripts put text into files: truncated and written in place, appended without a lock; and what else
// happens to such files: torn writes, rotation, truncation.
import { appendFileSync, closeSync, mkdirSync, openSync, renameSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How a text gets into its file.
 * @typedef {object} Manner
 * @property {number} [steps]  so many writes (1): a reader between two of them meets a torn file or line
 * @property {number} [pause]  milliseconds between two of them (0)
 */

/**
 * Where BearBrowser's scripts write below a home folder. They build the macOS path on every system; only the policy engine
 * looks at the platform.
 * @param {string} home
 */
export function places(home) {
  const support = join(home, 'Library', 'Application Support', 'BearBrowser');
  const policy =
    process.platform === 'darwin' ? join(support, 'policy') : join(home, '.local', 'state', 'bearbrowser', 'policy');
  return {
    receipts: join(support, 'receipts'),
    log: join(support, 'receipts', 'receipts.jsonl'),
    events: join(support, 'provenance', 'events.jsonl'),
    decisions: join(policy, 'decisions.jsonl'),
    holds: join(policy, 'hold-queue.jsonl'),
    /** The Playwright script's; its real default is below the system's temporary folder, which everybody may write. */
    smoke: join(home, 'bearbrowser-provenance'),
  };
}

/** @param {number} file @param {string} text @param {Manner} manner */
async function inSteps(file, text, { steps = 1, pause = 0 }) {
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / Math.max(1, steps)));
  for (let start = 0; start < bytes.length; start += size) {
    if (start > 0) await wait(pause);
    writeSync(file, bytes.subarray(start, start + size));
  }
}

/** @param {string} path @param {string} flags @param {string} text @param {Manner} manner */
async function put(path, flags, text, manner) {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, flags);
  try {
    await inSteps(file, text, manner);
  } finally {
    closeSync(file);
  }
}

/** Truncates a file and writes it in place; nothing is renamed. @param {string} path @param {string} text @param {Manner} [manner] */
export const writeInPlace = (path, text, manner = {}) => put(path, 'w', text, manner);

/** Appends to a file, which is made where it is missing. @param {string} path @param {string} text @param {Manner} [manner] */
export const append = (path, text, manner = {}) => put(path, 'a', text, manner);

/** The same at once, for floods. @param {string} path @param {string} text */
export const appendNow = (path, text) => appendFileSync(path, text);

/** As a log rotation does that renames: the next append makes a new file. @param {string} path @returns {string} its new name */
export function rotate(path) {
  renameSync(path, `${path}.1`);
  return `${path}.1`;
}

/** As a log rotation does that copies and truncates. @param {string} path @param {number} [bytes]  that stay */
export const truncate = (path, bytes = 0) => truncateSync(path, bytes);
