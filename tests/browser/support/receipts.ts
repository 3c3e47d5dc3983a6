// Receipts to show: one good one of each dialect, to be bent by the tests.

type Members = Record<string, unknown>;

/** A good BearBrowser v1 receipt, with members replaced; undefined removes one. */
export function bearbrowser(change: Members = {}): Members {
  return {
    schemaVersion: 'bearbrowser.browser_automation_receipt.v1',
    receiptId: 'urn:srcos:receipt:browser-automation:test-1',
    sessionRef: 'urn:srcos:session:browser:test-1',
    ownerRef: 'urn:srcos:agent:tester',
    displayName: 'A test drive',
    transport: 'cdp',
    tabScope: ['https://example.org/form'],
    permissionScope: ['read_dom', 'click'],
    origin: 'local',
    userVisible: true,
    revocable: true,
    policyDecisionRef: 'urn:srcos:decision:test-1',
    evidenceRefs: ['urn:srcos:evidence:test-1'],
    capturedAt: '2026-03-01T10:00:00Z',
    status: 'active',
    ...change,
  };
}

/** A good SourceOS v2 receipt. */
export function sourceos(change: Members = {}): Members {
  return {
    id: 'urn:srcos:receipt:browser-automation:test-2',
    type: 'BrowserAutomationReceipt',
    specVersion: '2.0.0',
    sessionRef: 'urn:srcos:session:test-2',
    capabilityLedgerRef: 'urn:srcos:capability-ledger:browser',
    ownerRef: 'urn:srcos:agent:tester',
    transport: 'webdriver',
    permissionScope: ['read_page', 'navigate'],
    origin: 'workspace',
    controlledScope: {
      windowRef: 'window-1',
      tabRef: 'tab-7',
      urlOrigin: 'https://example.org',
      workspaceRef: 'urn:srcos:workspace:tests',
    },
    userVisible: true,
    revocable: true,
    startedAt: '2026-03-01T09:00:00Z',
    revokedAt: null,
    terminalState: 'active',
    policyDecisionRef: 'urn:srcos:decision:test-2',
    evidenceRefs: ['urn:srcos:evidence:test-2'],
    capturedAt: '2026-03-01T09:30:00Z',
    ...change,
  };
}

/** A good minimal receipt. */
export function seed(change: Members = {}): Members {
  return {
    id: 'urn:srcos:receipt:browser-automation:test-3',
    type: 'BrowserAutomationReceipt',
    specVersion: '0.1.0',
    sessionRef: 'urn:srcos:session:test-3',
    ownerRef: 'urn:srcos:agent-or-plugin:tester',
    transport: 'native_pipe',
    permissionScope: ['read_dom'],
    origin: 'local',
    userVisible: true,
    revocable: true,
    policyDecisionRef: 'urn:srcos:decision:test-3',
    evidenceRefs: [],
    capturedAt: '2026-03-01T08:00:00Z',
    ...change,
  };
}

/** Members that make a BearBrowser receipt one of its own, of a session of its own. */
export const apart = (name: string | number, idMember = 'receiptId'): Members => ({
  [idMember]: `urn:srcos:receipt:browser-automation:${name}`,
  sessionRef: `urn:srcos:session:run-of-${name}`,
});

export const text = (document: unknown): string => JSON.stringify(document, null, 2);
