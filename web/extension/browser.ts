// The few functions of the browser's extension interface that are used, under one name for Firefox (Manifest V2) and
// Chromium (Manifest V3). Everything here works in both; what differs is told apart in this file and nowhere else.

interface Happening<Arguments extends unknown[]> {
  addListener(listener: (...values: Arguments) => void): void;
}

/** A connection to the native host, or between a page and the background. */
export interface Port {
  readonly name: string;
  /** Firefox says here why a connection ended. */
  readonly error?: { readonly message: string } | null;
  readonly onMessage: Happening<[unknown]>;
  readonly onDisconnect: Happening<[Port]>;
  postMessage(message: object): void;
  disconnect(): void;
}

/** The toolbar button. */
interface Action {
  setBadgeText(details: { text: string }): unknown;
  setBadgeBackgroundColor(details: { color: string }): unknown;
  setBadgeTextColor(details: { color: string }): unknown;
  setTitle(details: { title: string }): unknown;
  setPopup(details: { popup: string }): unknown;
  getPopup(details: object): Promise<string>;
}

interface ExtensionInterface {
  readonly runtime: {
    readonly lastError?: { readonly message?: string } | null;
    readonly onConnect: Happening<[Port]>;
    readonly onInstalled: Happening<[]>;
    readonly onStartup: Happening<[]>;
    connect(info: { name: string }): Port;
    connectNative(host: string): Port;
    getManifest(): { readonly version: string };
    getURL(path: string): string;
  };
  readonly action?: Action;
  readonly browserAction?: Action;
  readonly tabs: {
    readonly onActivated: Happening<[]>;
    readonly onCreated: Happening<[]>;
    readonly onUpdated: Happening<[]>;
    create(details: { url: string }): unknown;
  };
  readonly windows: {
    readonly onFocusChanged: Happening<[]>;
    getCurrent(): Promise<{ readonly id: number }>;
  };
  readonly sidebarAction?: { open(): Promise<void> };
  readonly sidePanel?: { open(details: { windowId: number }): Promise<void> };
}

const globals = globalThis as unknown as { browser?: ExtensionInterface; chrome?: ExtensionInterface };
const found = globals.browser ?? globals.chrome;
if (!found) throw new Error('this page belongs into an extension');

export const extension: ExtensionInterface = found;

const button = found.action ?? found.browserAction;
if (!button) throw new Error('this extension has no toolbar button');

export const toolbarButton: Action = button;

/** Why a port ended, where the browser says so. Read it inside the listener, or Chromium complains. */
export const endOf = (port: Port): string | undefined =>
  port.error?.message ?? found.runtime.lastError?.message ?? undefined;
