// The background page (Firefox) or service worker (Chromium): holds the one connection to the native host, feeds the
// panel's pages, and keeps the toolbar button true.

import { load, type Bearproof } from 'bearproof';
import { HostClient, type HostDocument } from '../live/host-client.js';
import { buttonText, type Sums } from './badge.js';
import { endOf, extension, toolbarButton, type Port } from './browser.js';
import { Relay } from './relay.js';

const hostName = 'org.bearproof.host';

// ---- remote control ----

// The background page of Firefox sees it itself. A service worker does not: the first page of the extension that opens
// tells it, and since the worker may be ended at any time while the fact holds as long as the browser runs, it is kept
// where the browser keeps things for just that long: in the address of the toolbar button's popup.
const popup = 'popup.html';
const controlledPopup = `${popup}#remote-control`;
let toldControlled = false;
const isWorker = typeof document === 'undefined';
const remoteControl = (): boolean => (isWorker ? toldControlled : navigator.webdriver);

if (isWorker) {
  void toolbarButton.getPopup({}).then((address) => {
    if (address.endsWith(controlledPopup)) learnControl(true);
  });
}

function learnControl(controlled: boolean): void {
  if (!isWorker || controlled === toldControlled) return;
  toldControlled = controlled;
  void toolbarButton.setPopup({ popup: controlled ? controlledPopup : popup });
  void judge();
}

// ---- the toolbar button ----

let core: Promise<Bearproof> | undefined;
let sums: Sums | undefined;
let undeclaredAutomation = false;
let failure: string | undefined;
let documents: readonly HostDocument[] = [];

/** The host's documents are known, or that there is none: before that, nothing can be said of what runs. */
let told = false;

async function judge(): Promise<void> {
  if (!told) return;
  try {
    const bearproof = await (core ??= load());
    const view = bearproof.sessions(documents, { now: new Date(), remoteControl: remoteControl() });
    sums = view.summary;
    undeclaredAutomation = view.undeclaredAutomation === true;
    failure = undefined;
  } catch (error) {
    core = undefined;
    failure = error instanceof Error ? error.message : String(error);
  }
  show();
}

let shown = '';
function show(): void {
  const { text, color, title } = buttonText({ connection: client.connection, sums, undeclaredAutomation, failure });
  const now = `${text}\n${color}\n${title}`;
  if (now === shown) return;
  shown = now;
  void toolbarButton.setBadgeBackgroundColor({ color });
  void toolbarButton.setBadgeTextColor({ color: '#ffffff' });
  void toolbarButton.setTitle({ title });
  void toolbarButton.setBadgeText({ text });
}

// ---- the host ----

const relay: Relay = new Relay(() => client);
const client: HostClient = new HostClient(
  (listener) => {
    const port = extension.runtime.connectNative(hostName);
    port.onMessage.addListener((message) => listener.message(message));
    port.onDisconnect.addListener((ended) => listener.closed(endOf(ended)));
    return { send: (message) => port.postMessage(message), close: () => port.disconnect() };
  },
  {
    client: `bearproof-extension ${extension.runtime.getManifest().version}`,
    onDocuments: (latest) => {
      documents = latest;
      told = true;
      return judge();
    },
    onComplete: relay.onComplete,
    onChange: relay.onChange,
    onConnection: (connection) => {
      relay.onConnection();
      show();
      if (connection !== 'none' || told) return;
      told = true;
      void judge();
    },
    onReport: (report) => console.warn(report),
  },
);

extension.runtime.onConnect.addListener((port: Port) => {
  const page = relay.add(port);
  port.onMessage.addListener((message) => {
    const { type, controlled } = message as { type?: unknown; controlled?: unknown };
    if (type === 'remote') learnControl(controlled === true);
    else page.receive(message);
  });
  port.onDisconnect.addListener(() => page.end());
  client.retry();
});

// A service worker that was ended while no page is open is started again by whatever happens next in the browser; that it
// is started is all that these are for.
if (isWorker) {
  const { runtime, tabs, windows } = extension;
  const happenings = [runtime.onInstalled, runtime.onStartup, tabs.onActivated, tabs.onCreated, tabs.onUpdated];
  for (const happening of [...happenings, windows.onFocusChanged]) happening.addListener(() => undefined);
}

// Rules about time have something new to say without a change on disk.
setInterval(() => void judge(), 60_000);

client.start();
show();
