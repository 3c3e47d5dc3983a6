// Lifelike browser automation receipts of about a kilobyte: valid, of many shapes, and the same ones every time. Two
// thirds are sourceos-v2, one third bearbrowser-v1, or all of one dialect where it is named.
//   node bench/receipts.mjs 20000 [sourceos-v2|bearbrowser-v1] > receipts.ndjson
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';

/** A small generator of its own, so that the same seed gives the same receipts on every Node. @returns numbers in [0, 1) */
const mulberry32 = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const transports = ['native_pipe', 'cdp', 'webdriver', 'extension', 'accessibility'];
const origins = ['local', 'local', 'local', 'workspace', 'remote'];
const agents = [
  'invoice-clerk',
  'travel-desk',
  'test-runner',
  'price-watch',
  'form-filler',
  'archive-bot',
  'Übersetzer',
];
const sites = [
  'https://billing.example',
  'https://intranet.example:8443',
  'https://tickets.example',
  'http://localhost:3000',
];
const scopesV2 = [
  'read_page',
  'activate_control',
  'enter_text',
  'download_file',
  'observe_network_metadata',
  'capture_screenshot',
  'navigate',
  'clipboard_write',
];
const scopesV1 = ['read_dom', 'click', 'type', 'download', 'inspect_network'];
const records = ['screenshot', 'network-log', 'dom-snapshot', 'console', 'trace', 'consent'];

const generate = (random, dialect) => {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const some = (list, least) => list.filter((_, i) => i < least || random() < 0.4);
  const hex = (digits) => Array.from({ length: digits }, () => pick('0123456789abcdef')).join('');
  const between = (least, most) => least + Math.floor(random() * (most - least + 1));
  const instant = (milliseconds) => new Date(milliseconds).toISOString();
  const many = (least, most, make) => Array.from({ length: between(least, most) }, make);

  const start = Date.UTC(2026, 0, 1) + Math.floor(random() * 300 * 86_400_000);
  const evidence = () => `urn:srcos:evidence:browser:${hex(12)}/${pick(records)}-${between(1, 99)}.json`;
  if ((dialect ?? (random() < 2 / 3 ? 'sourceos-v2' : 'bearbrowser-v1')) === 'sourceos-v2') {
    const state = pick(['active', 'completed', 'completed', 'revoked', 'failed', undefined]);
    return {
      id: `urn:srcos:receipt:browser-automation:${hex(16)}`,
      type: 'BrowserAutomationReceipt',
      specVersion: '2.0.0',
      sessionRef: `urn:srcos:session:browser-${hex(12)}`,
      capabilityLedgerRef: `urn:srcos:capability-ledger:browser-${hex(8)}`,
      ownerRef: `urn:srcos:agent:${pick(agents)}-${between(1, 40)}`,
      transport: pick(transports),
      permissionScope: some(scopesV2, 1),
      origin: pick(origins),
      controlledScope: {
        windowRef: `window-${between(1, 9)}`,
        tabRef: `tab-${hex(6)}`,
        urlOrigin: pick(sites),
        workspaceRef: random() < 0.5 ? `urn:srcos:workspace:${hex(8)}` : null,
      },
      userVisible: true,
      revocable: true,
      startedAt: instant(start),
      ...(state === 'revoked' ? { revokedAt: instant(start + between(1, 5000) * 1000) } : {}),
      ...(state ? { terminalState: state } : {}),
      causalRefs: many(1, 3, () => `urn:srcos:event:task-${hex(12)}`),
      policyDecisionRef: `urn:srcos:decision:browser-automation-${hex(10)}`,
      evidenceRefs: many(1, 5, evidence),
      capturedAt: instant(start + between(5000, 9000) * 1000),
    };
  }
  const status = pick(['active', 'active', 'ended', 'ended', 'revoked']);
  return {
    schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
    receiptId: `urn:srcos:receipt:browser-automation:${hex(16)}`,
    sessionRef: `urn:srcos:session:browser-${hex(12)}`,
    ownerRef: `urn:srcos:agent:${pick(agents)}-${between(1, 40)}`,
    transport: pick(transports),
    permissionScope: some(scopesV1, 1),
    origin: pick(origins),
    userVisible: true,
    revocable: true,
    policyDecisionRef: `urn:srcos:decision:browser-automation-${hex(10)}`,
    evidenceRefs: many(2, 6, evidence),
    capturedAt: instant(start),
    status,
    ...(status === 'revoked' ? { revokedAt: instant(start + between(1, 5000) * 1000) } : {}),
    tabScope: many(1, 4, () => `tab-${hex(6)} ${pick(sites)}`),
    displayName: `${pick(agents)} on ${pick(sites)}: ${pick(['reads', 'fills in', 'watches', 'tests'])} “${hex(4)}”`,
  };
};

/** Of receipts with faults, each of so many has one: some three in a hundred. */
const faultEvery = 33;

/** Faults of sourceos-v2 receipts, each against the schema, in turn. */
const faults = [
  (receipt) => ({ ...receipt, userVisible: false }),
  (receipt) => ({ ...receipt, ownerRef: undefined }),
  (receipt) => ({ ...receipt, transport: 'carrier_pigeon' }),
  (receipt) => ({ ...receipt, capturedAt: 'yesterday' }),
  (receipt) => ({ ...receipt, permissionScope: [] }),
];

/** How many of the first so many receipts with faults are valid. */
export const validAmong = (count) => count - Math.floor(count / faultEvery);

/**
 * @param {{ dialect?: string, seed?: number, faulty?: boolean, every?: number }} [options]  faulty: every 33rd has a fault
 * @returns {object[]}
 */
export const receipts = (count, { dialect, seed = 1, faulty = false, every = faultEvery } = {}) => {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, i) => {
    const receipt = generate(random, dialect);
    return faulty && (i + 1) % every === 0 ? faults[Math.floor(i / every) % faults.length](receipt) : receipt;
  });
};

/** The same as NDJSON. @returns {Uint8Array} */
export const receiptLines = (count, options) =>
  new TextEncoder().encode(
    receipts(count, options)
      .map((receipt) => `${JSON.stringify(receipt)}\n`)
      .join(''),
  );

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  stdout.write(receiptLines(Number(argv[2] ?? 20_000), { dialect: argv[3] }));
}
