// A small client of Marionette, the protocol by which Firefox is driven from outside: JSON over TCP, each message preceded by
// its length in bytes and a colon. Playwright cannot open extension pages in the stock Firefox; this can.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A command failed in the browser. */
export class MarionetteError extends Error {
  /** @param {string} command @param {{ error: string, message: string }} answer */
  constructor(command, { error, message }) {
    super(`${command}: ${error}: ${message}`);
    this.name = 'MarionetteError';
  }
}

export class Marionette {
  #socket;
  #buffer = Buffer.alloc(0);
  #next = 1;
  /** @type {Map<number, { command: string, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#receive(data));
    const end = () => {
      for (const { command, reject } of this.#waiting.values()) reject(new Error(`${command}: Firefox has ended`));
      this.#waiting.clear();
    };
    socket.on('close', end).on('error', end);
  }

  /**
   * Connects as soon as Firefox listens, and begins a session.
   * @param {() => number | undefined} port  the port, once it is known
   * @param {number} [timeout]  in milliseconds
   */
  static async connect(port, timeout = 60_000) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const known = port();
      if (known) {
        const socket = connect(known, '127.0.0.1');
        try {
          await once(socket, 'connect');
          const client = new Marionette(socket);
          await client.send('WebDriver:NewSession', { strictFileInteractability: false });
          return client;
        } catch (error) {
          socket.destroy();
          if (Date.now() > deadline) throw error;
        }
      }
      if (Date.now() > deadline) throw new Error('Firefox does not listen');
      await wait(50);
    }
  }

  /** @param {Buffer} data */
  #receive(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString());
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString());
      this.#buffer = this.#buffer.subarray(end);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new MarionetteError(waiting.command, error));
      else waiting?.resolve(result);
    }
  }

  /** @param {string} command @param {object} [parameters] @returns {Promise<any>} */
  send(command, parameters = {}) {
    const id = this.#next++;
    const text = JSON.stringify([0, id, command, parameters]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { command, resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  /**
   * Runs a function's body in the current context and returns what it returns, awaited.
   * @param {string} script  body; its arguments are in `arguments`
   * @param {unknown[]} [values]
   */
  async evaluate(script, values = []) {
    const { value } = await this.send('WebDriver:ExecuteAsyncScript', {
      script: `const [resolve] = [...arguments].slice(-1);
        (async (...args) => { ${script} })(...[...arguments].slice(0, -1))
          .then((value) => resolve({ value }), (error) => resolve({ error: String(error) }));`,
      args: values,
      newSandbox: false,
    });
    if (value?.error !== undefined) throw new Error(value.error);
    return value?.value;
  }

  /** As evaluate, with the browser's own rights. @param {string} script @param {unknown[]} [values] */
  async chrome(script, values = []) {
    await this.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.evaluate(script, values);
    } finally {
      await this.send('Marionette:SetContext', { value: 'content' });
    }
  }

  close() {
    this.#socket.destroy();
  }
}
