// The simulated agents of ./dev run, in a temporary folder of their own: what each of them is, starting them again, and what
// became of their processes.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, decide, places, tail } from '../simulator/agent.mjs';

/**
 * One of the agents: its name in requests, what it shows, and how it starts. `admitted`: a decision that allows it is
 * written first.
 * @typedef {{ role: string, owner: string, label: string, about: string, admitted: boolean,
 *   options: Partial<import('../simulator/agent.mjs').AgentOptions> }} Part
 */

/** @type {readonly Part[]} */
export const cast = [
  {
    role: 'invoices',
    owner: 'ledger-clerk',
    label: 'Fetch this month’s invoices',
    about: 'A policy decision admits it, and it may only read and click.',
    admitted: true,
    options: { displayName: 'Fetch this month’s invoices' },
  },
  {
    role: 'trip',
    owner: 'travel-desk',
    label: 'Book the trip to Lisbon',
    about: 'Admitted as well, but it may sign in as you and give your files to pages.',
    admitted: true,
    options: {
      displayName: 'Book the trip to Lisbon',
      permissions: ['read_dom', 'click', 'type', 'use_credentials', 'upload'],
      tabScope: ['https://rail.example.org/booking'],
    },
  },
  {
    role: 'prices',
    owner: 'price-watcher',
    label: 'price-watcher (playwright smoke)',
    about: 'Runs though no policy decision stands behind it.',
    admitted: false,
    options: { writer: 'smoke', mode: 'human-secure' },
  },
];

/**
 * What the page is told of an agent.
 * @typedef {{ role: string, owner: string, label: string, about: string, pid: number, running: boolean, since: string,
 *   receipt: string, ended?: { at: string, how: string } }} AgentState
 */

/** How a process ended, in words. @param {{ code: number | null, signal: string | null }} end */
const howItEnded = ({ code, signal }) => (signal ? `ended by ${signal}` : code === 0 ? 'ended' : `failed with ${code}`);

/** The agents, their folder, and who wants to know what becomes of them. */
export class Agents {
  /** @type {Map<string, { agent: Agent, since: string, ended?: { at: string, how: string } }>} */ #running = new Map();
  /** @type {Set<() => void>} */ #listeners = new Set();
  /** @type {Set<string>} */ #starting = new Set();
  #closed = false;

  /** A temporary folder that only this user may enter; stands for the agents' home folder. */
  home = realpathSync(mkdtempSync(join(tmpdir(), 'bearproof-live-')));
  places = places(this.home);

  /** @param {(line: string) => void} say  is told each start and each end, in words */
  constructor(say) {
    this.say = say;
  }

  /** Starts every agent. */
  async start() {
    for (const { role } of cast) await this.startOne(role);
  }

  /**
   * Starts an agent that is not running.
   * @param {string} role
   * @returns {Promise<'started' | 'running' | 'unknown'>}
   */
  async startOne(role) {
    const part = cast.find((each) => each.role === role);
    if (!part) return 'unknown';
    if (this.#starting.has(role) || this.#running.get(role)?.agent.running || this.#closed) return 'running';
    this.#starting.add(role);
    try {
      const { home } = this;
      const decision = part.admitted ? tail((await decide({ home, decision: 'allow' })).decisionId) : undefined;
      const agent = await Agent.start({ ...part.options, home, owner: part.owner, decision });
      const entry = { agent, since: new Date().toISOString() };
      this.#running.set(role, entry);
      this.say(`${part.owner}: process ${agent.pids[0]} runs`);
      void agent.ended.then((end) => this.#ended(part, entry, end)).catch((error) => this.say(String(error)));
      if (this.#closed) await agent.kill();
    } finally {
      this.#starting.delete(role);
    }
    this.#tell();
    return 'started';
  }

  /**
   * @param {Part} part @param {{ agent: Agent, ended?: { at: string, how: string } }} entry
   * @param {{ code: number | null, signal: string | null }} end
   */
  #ended(part, entry, end) {
    if (this.#closed) return;
    const { agent } = entry;
    entry.ended = { at: new Date().toISOString(), how: howItEnded(end) };
    const record = agent.receipt.revokedAt ? '; its receipt records the revocation' : '';
    this.say(`${part.owner}: process ${agent.pids[0]} has ${howItEnded(end)}${record}`);
    this.#tell();
  }

  /** The session that an agent runs or ran last. @param {string} role */
  agent(role) {
    return this.#running.get(role)?.agent;
  }

  /** @returns {AgentState[]} */
  get state() {
    return cast.flatMap(({ role, owner, label, about }) => {
      const entry = this.#running.get(role);
      if (!entry) return [];
      const { agent, since, ended } = entry;
      const { running, pids, receipt } = agent;
      return [{ role, owner, label, about, pid: pids[0], running, since, receipt: receipt.receiptId, ended }];
    });
  }

  /** @param {() => void} listener  is called after each change of the state @returns {() => void} ends that */
  watch(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** Ends all processes and removes the folder. */
  async close() {
    this.#closed = true;
    await Promise.all([...this.#running.values()].map(({ agent }) => agent.kill()));
    rmSync(this.home, { recursive: true, force: true });
  }
}
