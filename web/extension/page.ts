// The page around the panel: sidebar, side panel, popup, or a tab. What it shows comes from the background, which holds the
// connection to the host; without a host it says so and opens files.

import 'bearproof/panel';
import './page.css';
import { find, isolated, make } from '../shared/dom.js';
import { mountFiles, openedHere } from '../shared/file-input.js';
import { holdsLines, type OpenedFile } from '../shared/files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { HostClient, type Connection } from '../live/host-client.js';
import { endOf, extension, type Port } from './browser.js';
import type { ConnectionMessage, PageMessage } from './relay.js';

/** How often the page has the background look for a host while there is none, in milliseconds. */
const lookAgain = 3000;

/** How often rules about time are asked anew when nothing else changes, in milliseconds. */
const clock = 60_000;

// It comes into the page when there is something to judge: what it says of no documents at all would be wrong.
const panel = document.createElement('bearproof-panel');
const notice = find('#notice');
const hostLine = find('#host');
const elsewhere = find<HTMLButtonElement>('#elsewhere');
const openFiles = find('#open-files');
const inPopup = document.documentElement.dataset['surface'] === 'popup';

panel.remoteControl = navigator.webdriver;
mountThemeSwitch(find('#theme'), (theme) => {
  panel.theme = theme;
});

// ---- what the background tells ----

/** Files that were opened here take the place of the sessions until there is a host. */
let files: readonly OpenedFile[] | undefined;
let link: Connection = 'connecting';
let host: { readonly connection: Connection; readonly reason: string | undefined } = {
  connection: 'connecting',
  reason: undefined,
};
let port: Port | undefined;

const tell = (message: PageMessage): void => {
  try {
    port?.postMessage(message);
  } catch {
    // It has just ended; the next one is told again.
  }
};

const client = new HostClient(
  (listener) => {
    const opened = extension.runtime.connect({ name: 'panel' });
    opened.onMessage.addListener((message) => {
      if ((message as { type?: unknown }).type === 'connection') {
        const { connection, reason } = message as ConnectionMessage;
        host = { connection, reason };
        show();
      } else listener.message(message);
    });
    opened.onDisconnect.addListener((ended) => listener.closed(endOf(ended)));
    port = opened;
    tell({ type: 'remote', controlled: navigator.webdriver });
    return { send: (message) => opened.postMessage(message), close: () => opened.disconnect() };
  },
  {
    client: 'panel',
    backoff: { first: 100, longest: 2000 },
    onDocuments: () => showDocuments(),
    onWelcome: () => show(),
    onConnection: (connection) => {
      link = connection;
      show();
    },
    onReport: (report) => console.warn(report),
  },
);

/** How the host can be reached from here, by way of the background. */
const connection = (): Connection => (link === 'connected' ? host.connection : 'connecting');

setInterval(() => {
  if (connection() === 'none') tell({ type: 'retry' });
}, lookAgain);

// ---- what is shown ----

function showDocuments(): void {
  panel.now = new Date();
  panel.documents =
    files?.map(({ name, bytes }) => ({ source: name, content: bytes, lines: holdsLines(name) })) ?? client.documents;
}

setInterval(() => (panel.now = new Date()), clock);

function show(): void {
  const state = connection();
  if (state === 'connected' && files) {
    files = undefined;
    showDocuments();
  }
  panel.connection = state;
  // While the connection is made anew, the host is still the one that was there.
  panel.canStop = state === 'none' || files ? undefined : client.welcome?.canStop;
  panel.stopSeconds = client.welcome?.stopSeconds ?? 5;
  openFiles.hidden = state === 'connected' || inPopup;
  hostLine.replaceChildren(...hostText(state));
  showNotice(state);
  if (state === 'connecting' || panel.isConnected) return;
  showDocuments();
  find('#waiting').replaceWith(panel);
}

function hostText(state: Connection): (Node | string)[] {
  const { welcome } = client;
  if (state !== 'connected' || !welcome) return [];
  const { length } = welcome.folders;
  return [
    'Connected to ',
    isolated(welcome.program, 60),
    `, which follows ${length} ${length === 1 ? 'folder' : 'folders'}.`,
  ];
}

let noticed = '';
/** Says each thing once: a notice that stays the same is not written again, so it is not read out again. */
function showNotice(state: Connection): void {
  const names = files?.map(({ name }) => name).join('\n') ?? '';
  const key = `${state}\n${host.reason ?? ''}\n${problem ?? ''}\n${names}`;
  if (key === noticed) return;
  noticed = key;
  notice.replaceChildren(...(state === 'none' ? absence() : []), ...(files ? opened(files) : []), ...trouble());
}

/** What to do about it; that no host is connected, the panel says. */
function absence(): Node[] {
  return [
    make('strong', {}, 'Install the host to see the sessions on this machine'),
    make('span', {}, 'Enter this in a terminal; the page then connects by itself.'),
    // In a narrow sidebar it breaks between words only.
    make(
      'code',
      {},
      ['bearproof', 'host', '--install'].flatMap((word, at) => [at > 0 ? ' ' : '', make('span', {}, word)]),
    ),
    host.reason === undefined
      ? make('span', { hidden: true })
      : make('span', { class: 'quiet' }, 'The browser says: ', isolated(host.reason, 300)),
  ];
}

function opened(shown: readonly OpenedFile[]): Node[] {
  return [make('span', {}, openedHere(shown))];
}

let problem: string | undefined;
const trouble = (): Node[] => (problem === undefined ? [] : [make('span', {}, isolated(problem, 300))]);

mountFiles(
  find<HTMLInputElement>('#open'),
  (read) => {
    if (connection() === 'connected') return;
    problem = undefined;
    files = read;
    showDocuments();
    show();
  },
  (message) => {
    problem = message;
    show();
  },
);

// ---- revocation ----

panel.addEventListener('bearproof-revoke', (event) => {
  // Without a host the panel saves the revoked receipt itself; where one has just gone, the answer says so and can be retried.
  if (connection() === 'none' || files) return;
  event.preventDefault();
  const { key, receiptId, source, digest } = event.detail;
  client.revoke(receiptId, source, digest, ({ effects, final }) => panel.revoked(key, effects, { final }));
});

// ---- the other places ----

if (!inPopup) elsewhere.hidden = true;
else {
  const { sidebarAction, sidePanel } = extension;
  // Asked for now: the browser wants the call itself inside the click.
  const here = sidePanel ? extension.windows.getCurrent() : undefined;
  let windowId: number | undefined;
  void here?.then(({ id }) => (windowId = id));
  elsewhere.textContent = sidePanel ? 'Show in side panel' : 'Show in sidebar';
  elsewhere.addEventListener('click', () => {
    const shown = sidebarAction
      ? sidebarAction.open()
      : windowId === undefined
        ? undefined
        : sidePanel?.open({ windowId });
    const inTab = () => extension.tabs.create({ url: extension.runtime.getURL('panel.html') });
    void (shown ?? Promise.reject(new Error())).catch(inTab).then(() => window.close());
  });
}

show();
client.start();
