// A simulated agent: writes receipts, log lines, decisions and start events as BearBrowser's scripts do, with a real process
// as its session's transport. Nothing is driven. For ./dev run and the tests; as a command line: agent.mjs --help.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { append, appendNow, places, rotate, truncate, writeInPlace } from './files.mjs';
import * as records from './records.mjs';

export { append, places, rotate, truncate, writeInPlace } from './files.mjs';
export * from './records.mjs';

/** @typedef {import('./records.mjs').Receipt} Receipt */
/** @typedef {import('./records.mjs').Status} Status */
/** @typedef {import('./records.mjs').Mode} Mode */
/** @typedef {import('./records.mjs').Verdict} Verdict */
/** @typedef {import('./files.mjs').Manner} Manner */

const transportProgram = fileURLToPath(new URL('transport.mjs', import.meta.url));

/** The engine held or denied the session: no receipt was written and nothing started. */
export class NotStarted extends Error {
  /** @param {ReturnType<typeof records.engineDecision>} decision */
  constructor(decision) {
    super(`the policy engine answered ${decision.decision}: ${decision.reason}`);
    this.name = 'NotStarted';
    this.decision = decision;
  }
}

/**
 * Asks the simulated policy engine: its decision is appended to decisions.jsonl, and one that holds to hold-queue.jsonl too.
 * @param {{ home: string, decision?: Verdict, id?: string, action?: string, mode?: Mode, now?: Date }} options
 */
export async function decide({ home, ...options }) {
  const decision = records.engineDecision(options);
  const { decisions, holds } = places(home);
  await append(decisions, records.logLine(decision));
  if (decision.decision === 'hold') await append(holds, records.logLine(decision));
  return decision;
}

/**
 * What starts a session.
 * @typedef {object} AgentOptions
 * @property {string} home  stands for the home folder; nothing is written outside
 * @property {'create-receipt' | 'smoke'} [writer]  whose files are written: the wrapper's scripts (the default) or the
 *   Playwright script's
 * @property {string} [owner]  absent: create-receipt claims a human
 * @property {string} [decision]  the id of the decision that admits the session, unchecked. Absent, create-receipt asks the
 *   engine, and the Playwright script writes a word in its place
 * @property {Verdict} [verdict]  what the engine answers then (hold). Allowed, its whole id gets the prefix a second time
 * @property {Mode} [mode]
 * @property {string} [displayName]
 * @property {string} [url]
 * @property {string} [sessionId]
 * @property {string} [transport]  as the receipt names it (cdp)
 * @property {string[]} [permissions]  other than the mode's own
 * @property {string[]} [tabScope]
 * @property {string} [folder]  of the Playwright script's files; default `bearbrowser-provenance` in `home`
 * @property {Manner} [manner]  how the first record is written
 * @property {false | { stubborn?: boolean, depth?: number }} [process]  false: no transport. `stubborn`: it ignores SIGTERM;
 *   `depth`: so many processes below it, with the same environment
 * @property {boolean} [follows]  false: nobody marks the receipt when the transport ends, as after a SIGKILL of everything
 */

/** One session of a simulated agent. */
export class Agent {
  /** @type {AgentOptions} */ #options;
  /** @type {import('node:child_process').ChildProcess | undefined} */ #child;
  #follows = true;

  /** The receipt as this agent wrote it last. @type {Receipt} */ receipt;
  /** The receipt's file. @type {string} */ path;
  /** The process ids of the transport and of those below it. @type {number[]} */ pids = [];
  /**
   * Settles when the transport has ended and its receipt says so: the exit code, or the signal that ended it. Without a
   * transport, at once.
   * @type {Promise<{ code: number | null, signal: string | null }>}
   */
  ended = Promise.resolve({ code: 0, signal: null });

  /** @param {AgentOptions} options @param {Receipt} receipt @param {string} path use Agent.start */
  constructor(options, receipt, path) {
    this.#options = options;
    this.#follows = options.follows ?? true;
    this.receipt = receipt;
    this.path = path;
  }

  /**
   * Writes the receipt and its log line, then starts the transport.
   * @param {AgentOptions} options
   * @returns {Promise<Agent>}
   * @throws {NotStarted} when the engine was asked and neither allowed nor observed
   */
  static async start(options) {
    const agent = options.writer === 'smoke' ? await startSmoke(options) : await startWrapped(options);
    if (options.process !== false) await agent.#spawn(options.process ?? {});
    return agent;
  }

  /** Whether the transport is running. */
  get running() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The session's id as the transport's environment carries it. */
  get sessionId() {
    return records.tail(this.receipt.sessionRef);
  }

  /** @param {{ stubborn?: boolean, depth?: number }} options */
  async #spawn({ stubborn = false, depth = 0 }) {
    const { owner } = this.#options;
    const parameters = [...(stubborn ? ['--stubborn'] : []), '--depth', String(depth)];
    const child = spawn(process.execPath, [transportProgram, ...parameters], {
      // Only what the wrapper's child would have of ours.
      env: {
        PATH: process.env.PATH,
        BEARBROWSER_RECEIPT_ID: this.receipt.receiptId,
        BEARBROWSER_SESSION_ID: this.sessionId,
        ...(owner === undefined ? {} : { BEARBROWSER_AGENT_ID: owner }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
      // A terminal's Ctrl-C is for the simulator, which then ends its sessions in order.
      detached: true,
    });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    this.ended = once(child, 'exit').then(async ([code, signal]) => {
      if (this.#follows) await this.update(code === 0 || this.#options.writer === 'smoke' ? 'ended' : 'failed');
      return { code, signal };
    });
    // Whoever awaits `ended` hears of a file that could not be written; nobody else has to.
    this.ended.catch(() => undefined);
    let said = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      said += text;
      if (said.endsWith('\n')) break;
    }
    this.pids = said.trim().split(' ').map(Number);
  }

  /**
   * update-receipt: reads the file, changes the status, writes it in place, appends to the log. Of the Playwright script's
   * receipts: emits a new one in the place of the old.
   * @param {Status} status @param {Manner} [manner] of the file
   */
  async update(status, manner = {}) {
    if (this.#options.writer === 'smoke') {
      const emission = { ...this.receipt, status, capturedAt: records.scriptTime(new Date()) };
      await writeInPlace(this.path, records.scriptText(emission), manner);
      this.receipt = emission;
      return;
    }
    await this.rewrite((receipt) => records.updateReceipt(receipt, status), manner);
  }

  /**
   * Reads the receipt's file as it is now, writes what `change` makes of it in place, and appends that to the log. It is how
   * an agent escapes a revocation: `rewrite(({ revokedAt, ...rest }) => ({ ...rest, status: 'active' }))`.
   * @param {(receipt: Receipt) => Receipt} [change]  default: the same once more
   * @param {Manner & { log?: Manner | false }} [manner]  of the file; `log`: of the line, or no line
   */
  async rewrite(change = (receipt) => receipt, { log = {}, ...manner } = {}) {
    const receipt = change(JSON.parse(readFileSync(this.path, 'utf8')));
    const smoke = this.#options.writer === 'smoke';
    await writeInPlace(this.path, (smoke ? records.scriptText : records.fileText)(receipt), manner);
    if (log !== false && !smoke) await append(places(this.#options.home).log, records.logLine(receipt), log);
    this.receipt = receipt;
  }

  /** The session ends by itself: its transport exits with 0, its receipt says `ended`. */
  async end() {
    if (!this.#child) return this.update('ended');
    this.#child.stdin?.end();
    await this.ended;
  }

  /** The session ends with an error: its transport exits with 1, its receipt says `failed`. */
  async fail() {
    if (!this.#child) return this.update('failed');
    this.#child.kill('SIGUSR2');
    await this.ended;
    this.#child.stdin?.end();
  }

  /** Kills the transport and whatever would have marked the receipt, which stays `active` for ever. */
  async kill() {
    this.#follows = false;
    this.#child?.kill('SIGKILL');
    await this.ended;
    this.#child?.stdin?.end();
  }
}

/** @param {AgentOptions} options */
async function startWrapped(options) {
  let { decision } = options;
  if (decision === undefined) {
    const answer = await decide({ home: options.home, mode: options.mode, decision: options.verdict });
    if (answer.decision === 'hold' || answer.decision === 'deny') throw new NotStarted(answer);
    decision = answer.decisionId;
  }
  const receipt = records.createReceipt({ ...options, decision });
  const { receipts, log } = places(options.home);
  const path = join(receipts, `${records.tail(receipt.receiptId)}.json`);
  await writeInPlace(path, records.fileText(receipt), options.manner);
  await append(log, records.logLine(receipt));
  return new Agent(options, receipt, path);
}

/** @param {AgentOptions} options */
async function startSmoke(options) {
  const { home, sessionId = `bb-${Date.now()}`, folder = places(home).smoke } = options;
  const receipt = records.smokeReceipt({ ...options, sessionId });
  const started = records.startedEvent({ ...options, sessionId, receiptId: receipt.receiptId });
  await writeInPlace(join(folder, `${sessionId}.started.json`), records.scriptText(started));
  const path = join(folder, `${sessionId}.receipt.json`);
  await writeInPlace(path, records.scriptText(receipt), options.manner);
  return new Agent(options, receipt, path);
}

/**
 * Writes many receipts, each with its file and its log line, and no process.
 * @param {object} options
 * @param {string} options.home @param {number} options.count
 * @param {number} [options.ended]  so many of them have ended, the first ones (0)
 * @param {string} [options.owner]  each gets a number behind it
 * @param {string} [options.sessionId]  one session for all of them; absent: one each
 * @param {number} [options.perSecond]  spread over time; absent: as fast as it goes
 * @param {boolean} [options.log]  false: files only
 * @returns {Promise<string[]>} the receipts' ids, in the order of writing
 */
export async function flood({ home, count, ended = 0, owner = 'agent', sessionId, perSecond, log = true }) {
  const { receipts, log: logPath } = places(home);
  mkdirSync(receipts, { recursive: true });
  const start = Date.now();
  const ids = [];
  for (let i = 0; i < count; i++) {
    let receipt = records.createReceipt({ owner: `${owner}-${i}`, decision: randomUUID(), sessionId });
    if (i < ended) receipt = records.updateReceipt(receipt, 'ended');
    writeFileSync(join(receipts, `${records.tail(receipt.receiptId)}.json`), records.fileText(receipt));
    if (log) appendNow(logPath, records.logLine(receipt));
    ids.push(receipt.receiptId);
    if (perSecond) await wait(Math.max(0, start + ((i + 1) * 1000) / perSecond - Date.now()));
    else if (i % 200 === 199) await wait(0);
  }
  return ids;
}

const usage = `usage: agent.mjs [start] --home DIR [OPTION…]     a session with a real process; Ctrl-C or SIGTERM ends it
       agent.mjs decide --home DIR [--verdict V]      a decision of the policy engine; prints its bare id
       agent.mjs update --file FILE --status STATUS   update-receipt on one receipt of DIR
       agent.mjs flood --home DIR --count N           N receipts without processes
       agent.mjs rotate | truncate --home DIR         the receipt log, by renaming or in place

Writes below DIR what BearBrowser's scripts write below a home folder. Simulated: no browser is driven.

  --owner NAME          the agent; without it a human is claimed       --mode agent-runtime | human-secure
  --decision ID         the decision that admits the session; without it the engine is asked
  --verdict V           what the engine answers: allow, observe, hold (default) or deny
  --writer NAME         create-receipt (default) or smoke              --session-id ID
  --display-name TEXT   the session's label                            --url URL
  --permission WORD     as often as wanted; other than the mode's own  --transport NAME
  --stubborn            the process ignores SIGTERM                    --depth N   N processes below it
  --steps N --pause MS  write the receipt (start, update) in N steps: readers meet it torn in between
  --ended N             of a flood: so many have ended                 --per-second N   of a flood
  --bytes N             of truncate: so many stay (0)

"start" prints one line of JSON (receiptId, sessionRef, path, pids) and exits when its transport has ended: 0, or 1 when it
failed or was ended by a signal. 2: wrong usage. 4: the engine held or denied.`;

/** @param {string | undefined} text @param {string} name @returns {number | undefined} */
function count(text, name) {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`--${name} wants a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

/** @template {string} T @param {T | undefined} text @param {readonly T[]} words @param {string} name @returns {T | undefined} */
function oneOf(text, words, name) {
  if (text === undefined || words.includes(text)) return text;
  throw new TypeError(`--${name} wants one of ${words.join(', ')}, not ${JSON.stringify(text)}`);
}

/** @param {string[]} parameters @returns {Promise<number>} the exit code */
async function main(parameters) {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        ['home', 'owner', 'decision', 'verdict', 'mode', 'writer', 'session-id', 'display-name', 'url', 'transport']
          .concat(['depth', 'steps', 'pause', 'count', 'ended', 'per-second', 'file', 'status', 'bytes'])
          .map((name) => [name, text]),
      ),
      permission: { type: 'string', multiple: true },
      stubborn: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [command = 'start', ...rest] = positionals;
  if (rest.length > 0) throw new TypeError(`one command, not also ${JSON.stringify(rest[0])}`);
  const need = (/** @type {string} */ name) => {
    if (!values[name]) throw new TypeError(`${command} needs --${name}`);
    return values[name];
  };
  const verdict = oneOf(values.verdict, ['allow', 'observe', 'hold', 'deny'], 'verdict');
  const mode = oneOf(values.mode, ['agent-runtime', 'human-secure'], 'mode');
  const manner = { steps: count(values.steps, 'steps'), pause: count(values.pause, 'pause') };
  switch (command) {
    case 'start': {
      const agent = await Agent.start({
        ...{ home: need('home'), owner: values.owner, decision: values.decision, verdict, mode, manner },
        ...{ writer: oneOf(values.writer, ['create-receipt', 'smoke'], 'writer'), sessionId: values['session-id'] },
        ...{ displayName: values['display-name'], url: values.url, permissions: values.permission },
        ...{ transport: values.transport },
        process: { stubborn: values.stubborn, depth: count(values.depth, 'depth') },
      });
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void agent.end());
      const { receiptId, sessionRef } = agent.receipt;
      console.log(JSON.stringify({ receiptId, sessionRef, path: agent.path, pids: agent.pids }));
      return (await agent.ended).code === 0 ? 0 : 1;
    }
    case 'decide':
      console.log(records.tail((await decide({ home: need('home'), decision: verdict, mode })).decisionId));
      return 0;
    case 'update': {
      const statuses = /** @type {const} */ (['active', 'ended', 'failed', 'revoked', 'orphaned', 'denied']);
      const status = oneOf(need('status'), statuses, 'status');
      const file = need('file');
      const receipt = records.updateReceipt(JSON.parse(readFileSync(file, 'utf8')), status);
      await writeInPlace(file, records.fileText(receipt), manner);
      await append(join(dirname(file), 'receipts.jsonl'), records.logLine(receipt));
      return 0;
    }
    case 'flood': {
      const home = need('home');
      const ids = await flood({
        ...{ home, count: count(need('count'), 'count'), owner: values.owner, sessionId: values['session-id'] },
        ...{ ended: count(values.ended, 'ended'), perSecond: count(values['per-second'], 'per-second') },
      });
      console.log(`${ids.length} receipts in ${places(home).receipts}`);
      return 0;
    }
    case 'rotate':
      console.log(rotate(places(need('home')).log));
      return 0;
    case 'truncate':
      truncate(places(need('home')).log, count(values.bytes, 'bytes'));
      return 0;
    default:
      throw new TypeError(`no such command: ${JSON.stringify(command)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2)).catch((error) => {
    console.error(
      error instanceof TypeError ? `agent.mjs: ${error.message}\n\n${usage}` : `agent.mjs: ${error.message}`,
    );
    return error instanceof NotStarted ? 4 : error instanceof TypeError ? 2 : 3;
  });
}
