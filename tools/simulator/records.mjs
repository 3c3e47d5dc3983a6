// The documents that BearBrowser's scripts write, as objects, and their spelling as text. Nothing here touches a file.
import { randomBytes, randomUUID } from 'node:crypto';

/** @typedef {'active' | 'ended' | 'failed' | 'revoked' | 'orphaned' | 'denied'} Status */
/** @typedef {'agent-runtime' | 'human-secure'} Mode */
/** @typedef {'allow' | 'observe' | 'hold' | 'deny'} Verdict */
/** @typedef {Record<string, unknown>} JsonObject */

/**
 * A BrowserAutomationReceipt of BearBrowser v1. The updater adds `terminatedAt` and the status `failed`, which BearBrowser's
 * own schema does not know.
 * @typedef {{ schemaVersion: string, receiptId: string, sessionRef: string, ownerRef: string, displayName?: string,
 *   transport: string, tabScope?: string[], permissionScope: string[], origin: string, userVisible: boolean,
 *   revocable: boolean, policyDecisionRef: string, evidenceRefs: string[], capturedAt: string, status: Status,
 *   revokedAt?: string, terminatedAt?: string }} Receipt
 */

const prefixes = {
  receipt: 'urn:srcos:receipt:browser-automation:',
  session: 'urn:srcos:session:browser:',
  agent: 'urn:srcos:agent:',
  decision: 'urn:srcos:policy:decision:bearbrowser:',
};
export const human = 'urn:srcos:human:human';

/** What each profile mode grants where nothing else is asked for. */
export const defaultPermissions = {
  'agent-runtime': ['read_dom', 'click'],
  'human-secure': ['read_dom', 'click', 'type'],
};

/** @param {Date} date @returns {string} whole seconds and `Z`, as the Python scripts write an instant */
export const pythonTime = (date) => `${date.toISOString().slice(0, 19)}Z`;

/** @param {Date} date @returns {string} milliseconds and `Z`, as the JavaScript ones do */
export const scriptTime = (date) => date.toISOString();

/** @template T @param {T} value @returns {T} the same with the members of every object in the order of their names */
function sorted(value) {
  if (Array.isArray(value)) return /** @type {T} */ (value.map(sorted));
  if (value === null || typeof value !== 'object') return value;
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return /** @type {T} */ (
    Object.fromEntries(names.map((name) => [name, sorted(/** @type {JsonObject} */ (value)[name])]))
  );
}

/** Python's `json` escapes whatever is not printable ASCII. @param {string} text */
const ascii = (text) =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param {object} record @returns {string} as it stands in a file: indented by two, names sorted, no final newline */
export const fileText = (record) => ascii(JSON.stringify(sorted(record), null, 2));

/** @param {object} record @returns {string} as it stands in a log: one line without spaces, with its newline */
export const logLine = (record) => `${ascii(JSON.stringify(sorted(record)))}\n`;

/** @param {object} record @returns {string} as the Playwright script writes a file: names in the order of the code */
export const scriptText = (record) => `${JSON.stringify(record, null, 2)}\n`;

/** @param {string} urn @returns {string} what follows the last colon: a receipt's file is named so */
export const tail = (urn) => urn.slice(urn.lastIndexOf(':') + 1);

/**
 * What create-receipt writes when a session starts.
 * @param {object} options
 * @param {string} [options.owner]  an agent's name, or a URN, which gets the prefix a second time; absent: a human
 * @param {string} options.decision  a decision's id; one that is a URN already gets the prefix a second time
 * @param {Mode} [options.mode]
 * @param {string} [options.displayName]
 * @param {string} [options.url]  stands in the label where no `displayName` is given
 * @param {string} [options.sessionId]
 * @param {string} [options.transport]
 * @param {string[]} [options.permissions]  other than the mode's own
 * @param {string[]} [options.tabScope]  the script itself never states one
 * @param {Date} [options.now]
 * @returns {Receipt}
 */
export function createReceipt(options) {
  const { owner, decision, mode = 'agent-runtime', sessionId = randomUUID(), now = new Date() } = options;
  return {
    schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
    receiptId: prefixes.receipt + randomUUID(),
    sessionRef: prefixes.session + sessionId,
    ownerRef: owner === undefined || owner === 'human' ? human : prefixes.agent + owner,
    displayName: options.displayName ?? `BearBrowser ${mode} session (${options.url ?? 'about:blank'})`,
    transport: options.transport ?? 'cdp',
    ...(options.tabScope ? { tabScope: options.tabScope } : {}),
    permissionScope: options.permissions ?? defaultPermissions[mode],
    origin: 'local',
    userVisible: true,
    revocable: true,
    policyDecisionRef: prefixes.decision + decision,
    evidenceRefs: [],
    capturedAt: pythonTime(now),
    status: 'active',
  };
}

/**
 * What update-receipt makes of a receipt. It checks no transition, and what an earlier one set stays.
 * @param {Receipt} receipt @param {Status} status @param {Date} [now] @returns {Receipt}
 */
export function updateReceipt(receipt, status, now = new Date()) {
  const updated = { ...receipt, status };
  if (status === 'revoked') updated.revokedAt = pythonTime(now);
  if (status === 'ended' || status === 'failed') updated.terminatedAt = pythonTime(now);
  return updated;
}

/**
 * What the Playwright script writes: ids without a URN, a new `capturedAt` in each emission, and a word in place of a
 * decision that nobody took.
 * @param {object} options
 * @param {string} [options.owner] @param {string} [options.decision] @param {string} options.sessionId
 * @param {string} [options.receiptId]  16 hexadecimal digits; absent: new ones
 * @param {Status} [options.status] @param {string[]} [options.permissions] @param {Date} [options.now]
 * @returns {Receipt}
 */
export function smokeReceipt(options) {
  const { owner = 'local-smoke', receiptId = randomBytes(8).toString('hex'), now = new Date() } = options;
  return {
    schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
    receiptId: prefixes.receipt + receiptId,
    sessionRef: options.sessionId,
    ownerRef: owner,
    displayName: `${owner} (playwright smoke)`,
    transport: 'cdp',
    permissionScope: options.permissions ?? ['read_dom', 'click', 'type'],
    origin: 'local',
    userVisible: true,
    revocable: true,
    policyDecisionRef: options.decision ?? 'not-yet-assigned',
    evidenceRefs: [],
    capturedAt: scriptTime(now),
    status: options.status ?? 'active',
  };
}

/**
 * The event that the Playwright script writes beside its receipt.
 * @param {object} options
 * @param {string} options.sessionId @param {string} options.receiptId @param {string} [options.owner]
 * @param {string} [options.decision] @param {Mode} [options.mode] @param {string} [options.url] @param {Date} [options.now]
 * @returns {JsonObject}
 */
export const startedEvent = (options) => ({
  eventType: 'browser.session.started',
  eventVersion: 'v1alpha1',
  timestamp: scriptTime(options.now ?? new Date()),
  sessionId: options.sessionId,
  agentId: options.owner ?? 'local-smoke',
  workspaceId: 'local',
  profileMode: options.mode ?? 'human-secure',
  policyDecisionId: options.decision ?? null,
  automationReceiptId: options.receiptId,
  url: options.url ?? 'about:blank',
  liveExecution: true,
  controlPlane: 'playwright',
});

/** The policy engine's own words for each of its answers. */
const reasons = {
  allow: 'the local default allows this action',
  observe: 'the local default observes this action',
  hold: 'the local default holds this action for a person',
  deny: 'the local default denies this action',
};

/**
 * A decision of BearBrowser's policy engine.
 * @param {object} [options]
 * @param {Verdict} [options.decision]  default: hold, which is what the engine answers to automation in every profile
 * @param {string} [options.id]  the bare id; absent: a new UUID
 * @param {string} [options.action] @param {Mode} [options.mode] @param {Record<string, string>} [options.context]
 * @param {Date} [options.now]
 * @returns {{ schemaVersion: string, decisionId: string, action: string, profile: string, decision: Verdict, risk: string,
 *   requiresUserApproval: boolean, reason: string, timestamp: string, engine: string, product: string,
 *   context: Record<string, string> }}
 */
export function engineDecision({ decision = 'hold', id = randomUUID(), mode = 'agent-runtime', ...options } = {}) {
  return {
    schemaVersion: 'bearbrowser.policy_decision.v1',
    decisionId: prefixes.decision + id,
    action: options.action ?? 'run_automation',
    profile: mode,
    decision,
    risk: decision === 'deny' ? 'critical' : decision === 'hold' ? 'high' : 'low',
    requiresUserApproval: decision === 'hold',
    reason: reasons[decision],
    timestamp: pythonTime(options.now ?? new Date()),
    engine: 'local-default',
    product: 'BearBrowser',
    context: options.context ?? {},
  };
}
