// One `bearproof host` as a child process, spoken to as a browser speaks to it: each message a JSON text behind its length.
import { spawn } from 'node:child_process';
import { endianness } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The longest message that a host may send, in bytes. */
const messageLimit = 512 * 1024;
/** What a host has to end by itself after its input did, in milliseconds. */
const patience = 2000;

/** The command line program as it is built. BEARPROOF_NATIVE names another. */
const program =
  process.env.BEARPROOF_NATIVE ?? fileURLToPath(new URL('../../build/native-release/bearproof', import.meta.url));

/** What ./dev run starts as a host, and the stop command that it configures. */
export const builtHost = { program, stop: [program, 'stop-session'] };

const little = endianness() === 'LE';

/** @param {Buffer} text @returns {Buffer} a message with its length, in the machine's byte order */
function frame(text) {
  const length = Buffer.alloc(4);
  if (little) length.writeUInt32LE(text.length);
  else length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/** Control characters as escapes: what a program says never steers the terminal. @param {string} text */
export const printable = (text) =>
  text.replace(/[^\P{C}\t]/gu, (unit) => `\\u{${/** @type {number} */ (unit.codePointAt(0)).toString(16)}}`);

/** A running host. */
export class Host {
  /** @type {import('node:child_process').ChildProcess} */ #child;
  #closing = false;

  /** Settles when the process is gone; with a reason, unless it ended with 0. @type {Promise<string | undefined>} */
  ended;

  /**
   * @param {object} options
   * @param {string} options.program  the command line program
   * @param {string} options.config  its configuration file
   * @param {string} options.home  a folder that takes the place of the home folder and all that lies below it
   * @param {(message: unknown) => boolean} options.message  is given each message; false: no more until `resume()`
   * @param {(line: string) => void} options.say  is given each line of its diagnostics
   */
  constructor({ program, config, home, message, say }) {
    const child = spawn(program, ['host', '--config', config], {
      // Nothing of it reaches the real home folder.
      env: { PATH: process.env.PATH, HOME: home },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A terminal's Ctrl-C is for the server, which then ends its hosts.
      detached: true,
    });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((settle) => {
      child.on('error', (error) => settle(`the host did not start: ${error.message}`));
      child.on('close', (code, signal) => {
        settle(code === 0 ? undefined : `the host ended with ${signal ?? code}`);
      });
    });
    let rest = Buffer.alloc(0);
    child.stdout.on('data', (bytes) => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      while (rest.length >= 4) {
        const length = little ? rest.readUInt32LE() : rest.readUInt32BE();
        if (length > messageLimit) return this.#fail(say, `a message of ${length} bytes`);
        if (rest.length < 4 + length) break;
        let value;
        try {
          value = JSON.parse(rest.toString('utf8', 4, 4 + length));
        } catch {
          return this.#fail(say, 'a message that is not JSON');
        }
        rest = rest.subarray(4 + length);
        if (!message(value)) child.stdout.pause();
      }
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      const lines = (said + text).split('\n');
      said = /** @type {string} */ (lines.pop()).slice(0, 4096);
      // What it says of an end that was asked for is no news.
      if (!this.#closing) for (const line of lines) say(printable(line));
    });
  }

  /** @param {(line: string) => void} say @param {string} what */
  #fail(say, what) {
    say(`the host sent ${what}`);
    this.#child.kill('SIGKILL');
  }

  /** @param {Buffer} text  one message, as it came: the host itself judges it */
  send(text) {
    if (this.#child.stdin?.writable) this.#child.stdin.write(frame(text));
  }

  resume() {
    this.#child.stdout?.resume();
  }

  /** Ends its input, and then the process if that does not end it. */
  async close() {
    this.#closing = true;
    this.#child.stdin?.end();
    this.#child.stdout?.resume();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(timer);
  }
}
