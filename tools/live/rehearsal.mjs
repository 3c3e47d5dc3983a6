// ./dev run --once: goes through the live page's way without a browser: one connection, one view with the sessions, one
// revocation whose process ends. Says what it saw; throws what did not come about.
import { pathToFileURL } from 'node:url';

/** The owner of the session that is revoked. */
const revokedOwner = 'urn:srcos:agent:ledger-clerk';
/** How long each step may take, in milliseconds. */
const patience = 10_000;

/** @param {ReadableStream<Uint8Array>} stream @returns {AsyncGenerator<any>} a value for each line */
async function* values(stream) {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = /** @type {string} */ (lines.pop());
    for (const line of lines) yield JSON.parse(line);
  }
}

/** What a host's messages leave, for documents that need no parts. */
class Documents {
  /** @type {Map<string, { source: string, content: string, lines?: boolean }>} */ #known = new Map();
  complete = false;

  /** @param {any} message */
  take(message) {
    if (message.type === 'documents') for (const entry of message.documents) this.#put(entry, false);
    if (message.type === 'documents' && message.complete) this.complete = true;
    if (message.type === 'change') this.#put(message, message.lines === true && message.reset !== true);
  }

  /** @param {any} entry @param {boolean} appended */
  #put({ source, content, lines }, appended) {
    if (content === null) this.#known.delete(source);
    else {
      const before = appended ? (this.#known.get(source)?.content ?? '') : '';
      this.#known.set(source, { source, content: before + content, ...(lines ? { lines } : {}) });
    }
  }

  get list() {
    return [...this.#known.values()];
  }
}

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {object} options
 * @param {string} options.url  of the server
 * @param {string} options.package  the folder of the JavaScript package
 * @param {(line: string) => void} options.say
 */
export async function rehearse({ url, package: folder, say }) {
  const { load } = await import(pathToFileURL(`${folder}/index.js`).href);
  const core = await load();
  const page = await (await fetch(new URL('live.html', url))).text();
  const token = /<meta name="bearproof-bridge" content="([0-9a-f]{64})"/.exec(page)?.[1];
  if (!token) throw new Error('the live page carries no token');

  const leave = new AbortController();
  const headers = { 'x-bearproof-token': token };
  const response = await fetch(new URL('bridge/stream', url), { headers, signal: leave.signal });
  if (!response.ok || !response.body) throw new Error(`the bridge answered ${response.status}`);
  const stream = values(response.body);
  let connection = '';
  const send = async (/** @type {object} */ message) => {
    const { status } = await fetch(new URL('bridge/message', url), {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'x-bearproof-connection': connection,
        origin: new URL(url).origin,
      },
      body: JSON.stringify(message),
    });
    if (status !== 204) throw new Error(`the bridge answered ${status} to a message`);
  };

  const documents = new Documents();
  const view = () => core.sessions(documents.list, { now: new Date().toISOString() });
  /** @type {any[]} */ let agents = [];
  /** @type {any} */ let revoked;
  /** @param {string} what @param {() => boolean | Promise<boolean>} done  looked at after each line of the stream */
  const until = async (what, done) => {
    const timer = setTimeout(() => leave.abort(new Error(`${what} took longer than ${patience / 1000} s`)), patience);
    try {
      while (!(await done())) {
        const { value, done: over } = await stream.next();
        if (over) throw new Error(`the stream ended before ${what}`);
        if (value.closed) throw new Error(value.closed);
        connection = value.connection ?? connection;
        agents = value.agents ?? agents;
        if (!value.host) continue;
        documents.take(value.host);
        if (value.host.type === 'error') throw new Error(`the host says: ${value.host.message}`);
        if (value.host.type === 'revoked') revoked = value.host;
      }
    } finally {
      clearTimeout(timer);
    }
  };

  try {
    await until('the connection', () => connection !== '');
    await send({ type: 'hello', version: 1, client: 'bearproof ./dev run --once' });
    await until('the documents', () => documents.complete);
    await until('the sessions', () => view().summary.active >= agents.length);
    const { active, notAdmitted } = view().summary;
    say(`The live page's view: ${active} active sessions, ${notAdmitted} of them not admitted.`);
    if (notAdmitted !== 1) throw new Error('one of the agents has no decision, and exactly that one is not admitted');

    const session = view().sessions.find((/** @type {any} */ each) => each.owner === revokedOwner);
    if (!session?.revoke.possible) throw new Error(`the session of ${revokedOwner} cannot be revoked`);
    const { pid } = agents.find(({ receipt }) => receipt === session.receipt);
    const start = performance.now();
    await send({
      ...{ type: 'revoke', id: 1, receipt: session.receipt, source: session.source, digest: session.digest ?? '' },
    });
    await until('the revocation', () => revoked !== undefined);
    for (const { effect, ok, detail } of revoked.effects) {
      if (!ok && effect !== 'token') throw new Error(`${effect}: ${detail}`);
    }
    await until('the end of the session', () => {
      const now = view().sessions.find((/** @type {any} */ each) => each.key === session.key);
      return now?.phase === 'ended' && now.outcome === 'revoked' && !runs(pid);
    });
    const took = Math.round(performance.now() - start);
    say(`Revoked ${revokedOwner}: recorded, process ${pid} ended, the view says so after ${took} ms.`);
  } finally {
    leave.abort();
  }
}
