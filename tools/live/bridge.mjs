// What stands between a page of ./dev run and the host: same-origin HTTP on this machine alone. Each page connection has a
// host of its own, which ends when the page leaves. Bytes are passed on; nothing is judged here.
//   GET  bridge/stream    lines of JSON: {"connection":…}, {"agents":[…]}, {"host":<message>}, at last {"closed":reason}
//   POST bridge/message   one message to the host; header x-bearproof-connection says whose
//   POST bridge/agents    {"start":role}
// All of them want the token that stands in the page, in a header that no other site can send unasked.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agents } from './agents.mjs';
import { Host, printable } from './host.mjs';

/** Bytes of a request's body. */
const bodyLimit = 64 * 1024;
/** Pages that may be connected at once. */
const connectionLimit = 4;

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** A request that is refused, with its status. */
class Refused extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @param {Request} request @returns {Promise<Buffer>} */
async function body(request) {
  if (request.headers['content-type'] !== 'application/json') throw new Refused(415, 'application/json is wanted');
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refused(413, `at most ${bodyLimit} bytes are taken`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The simulated agents and the bridge to them. */
export class Bridge {
  #token = randomBytes(32).toString('hex');
  /** @type {Map<string, { host: Host, response: Response }>} */ #connections = new Map();
  /** @type {Set<Promise<unknown>>} */ #closing = new Set();
  #closed = false;

  /**
   * Starts the agents in a new temporary folder.
   * @param {object} options
   * @param {string} options.program  the command line program
   * @param {string[]} options.stop  the stop command that the host is given; empty: none
   * @param {string} options.page  the file of the live page
   * @param {(line: string) => void} [options.say]  is told what happens, in words fit for a terminal
   */
  static async start({ program, stop, page, say = () => undefined }) {
    const bridge = new Bridge(program, page, say);
    try {
      const { home, places } = bridge.agents;
      bridge.config = join(home, 'host.json');
      const config = {
        folders: [
          { path: places.receipts, label: 'Simulated receipts' },
          { path: places.smoke, label: 'Simulated Playwright runs' },
          { path: join(places.decisions, '..'), label: 'Simulated decisions' },
        ],
        log: places.log,
        events: places.events,
        ...(stop.length > 0 ? { stop } : {}),
        stopSeconds: 5,
      };
      writeFileSync(bridge.config, JSON.stringify(config, null, 2), { mode: 0o600 });
      await bridge.agents.start();
    } catch (error) {
      await bridge.close();
      throw error;
    }
    return bridge;
  }

  /** @param {string} program @param {string} page @param {(line: string) => void} say  use Bridge.start */
  constructor(program, page, say) {
    this.program = program;
    this.page = page;
    this.say = say;
    this.config = '';
    this.agents = new Agents(say);
  }

  /**
   * Answers a request that is the bridge's.
   * @param {Request} request @param {Response} response @param {Record<string, string>} headers  of every answer
   * @returns {Promise<boolean>} false: it is not, the files are asked
   */
  async answer(request, response, headers) {
    try {
      this.#checkHost(request);
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/live.html') await this.#sendPage(request, response, headers);
      else if (pathname.startsWith('/bridge/')) await this.#call(pathname, request, response, headers);
      else return false;
    } catch (error) {
      if (response.headersSent) return true;
      const status = error instanceof Refused ? error.status : 400;
      // What is left of the body is not read.
      const refusal = { ...headers, 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
      const reason = error instanceof Refused ? error.message : 'the request could not be read';
      response.writeHead(status, refusal).end(`${reason}\n`);
    }
    return true;
  }

  /** A name that some other site's owner points at this machine is refused. @param {Request} request */
  #checkHost(request) {
    const port = request.socket.localPort;
    if (!['127.0.0.1', 'localhost'].some((name) => request.headers.host === `${name}:${port}`)) {
      throw new Refused(403, 'this server answers to 127.0.0.1 and localhost only');
    }
  }

  /** @param {Request} request @param {Response} response @param {Record<string, string>} headers */
  async #sendPage(request, response, headers) {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'GET and HEAD only');
    const html = await readFile(this.page, 'utf8');
    const text = html.replace('</head>', `<meta name="bearproof-bridge" content="${this.#token}" /></head>`);
    const length = Buffer.byteLength(text);
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-length': length });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  /** @param {Request} request @param {string} method */
  #checkCaller(request, method) {
    if (request.method !== method) throw new Refused(405, `${method} only`);
    const { origin } = request.headers;
    const own = `http://${request.headers.host}`;
    if (method === 'POST' ? origin !== own : origin !== undefined && origin !== own) {
      throw new Refused(403, 'another origin');
    }
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw new Refused(403, 'another site');
    const token = Buffer.from(String(request.headers['x-bearproof-token'] ?? ''));
    const right = Buffer.from(this.#token);
    if (token.length !== right.length || !timingSafeEqual(token, right)) throw new Refused(403, 'the token is wrong');
  }

  /** @param {string} pathname @param {Request} request @param {Response} response @param {Record<string, string>} headers */
  async #call(pathname, request, response, headers) {
    switch (pathname) {
      case '/bridge/stream':
        this.#checkCaller(request, 'GET');
        this.#connect(response, headers);
        return;
      case '/bridge/message': {
        this.#checkCaller(request, 'POST');
        const connection = this.#connections.get(String(request.headers['x-bearproof-connection']));
        if (!connection) throw new Refused(404, 'no such connection');
        connection.host.send(await body(request));
        break;
      }
      case '/bridge/agents': {
        this.#checkCaller(request, 'POST');
        const wanted = JSON.parse((await body(request)).toString('utf8'));
        if (typeof wanted?.start !== 'string') throw new Refused(400, 'no "start"');
        const outcome = await this.agents.startOne(wanted.start);
        if (outcome === 'unknown') throw new Refused(404, 'no such agent');
        if (outcome === 'running') throw new Refused(409, 'it is running');
        break;
      }
      default:
        throw new Refused(404, 'not found');
    }
    response.writeHead(204, headers).end();
  }

  /** @param {Response} response @param {Record<string, string>} headers */
  #connect(response, headers) {
    if (this.#closed || this.#connections.size >= connectionLimit) {
      throw new Refused(503, `${connectionLimit} pages are connected already`);
    }
    const name = randomBytes(16).toString('hex');
    response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' });
    const tell = (/** @type {object} */ value) => response.write(`${JSON.stringify(value)}\n`);
    const tellAgents = () => tell({ agents: this.agents.state });
    tell({ connection: name });
    tellAgents();
    const unwatch = this.agents.watch(tellAgents);
    const host = new Host({
      program: this.program,
      config: this.config,
      home: this.agents.home,
      message: (message) => tell({ host: message }),
      say: (line) => this.say(`host: ${line}`),
    });
    response.on('drain', () => host.resume());
    this.#connections.set(name, { host, response });
    const over = () => {
      if (!this.#connections.delete(name)) return;
      unwatch();
      const closing = host.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    };
    response.on('close', over).on('error', over);
    void host.ended.then((reason) => {
      if (reason && !this.#closed) this.say(printable(reason));
      response.end(`${JSON.stringify({ closed: reason ?? 'the host ended' })}\n`);
    });
  }

  /** Ends the connections with their hosts, then the agents, and removes the temporary folder. */
  async close() {
    this.#closed = true;
    for (const { response, host } of this.#connections.values()) {
      response.end();
      this.#closing.add(host.close());
    }
    await Promise.all(this.#closing);
    await this.agents.close();
  }
}
