// The extension in real browsers: Debian's Chromium by Playwright, the stock Firefox by Marionette, behind one interface.
//   BEARPROOF_CHROMIUM, BEARPROOF_FIREFOX  programs (default: Debian's)
//   BEARPROOF_NATIVE                       the program whose host is started (default: build/native-release/bearproof)
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { places } from '../../tools/simulator/agent.mjs';
import { Marionette } from './marionette.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const built = join(root, 'build/extension');
export const program = process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof');
const geckoId = 'bearproof@bearbrowser.local';
/** Firefox names what belongs to an extension after it. */
const widgetId = geckoId.replace(/[^a-z0-9_-]/g, '_');
/** Chromium's way to make an id out of a key. */
export const chromiumId = [
  ...createHash('sha256')
    .update(Buffer.from(readFileSync(join(root, 'web/extension/key.txt'), 'utf8'), 'base64'))
    .digest('hex')
    .slice(0, 32),
]
  .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  .join('');

/**
 * Waits until `probe` gives something else than undefined, false or null.
 * @template T @param {() => T | Promise<T>} probe @param {string} what @param {number} [timeout]  in milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(probe, what, timeout = 15_000) {
  const deadline = performance.now() + timeout;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeout} ms in vain: ${what}`);
    await wait(10);
  }
}

/** A home folder of its own, with or without an installed host. */
export class Home {
  path = mkdtempSync(join(tmpdir(), 'bearproof-extension-'));
  environment = {
    ...process.env,
    HOME: this.path,
    XDG_CONFIG_HOME: join(this.path, '.config'),
    XDG_STATE_HOME: join(this.path, '.local/state'),
    XDG_DATA_HOME: join(this.path, '.local/share'),
    XDG_CACHE_HOME: join(this.path, '.cache'),
  };
  profile = join(this.path, 'profile');

  constructor() {
    mkdirSync(this.profile, { recursive: true });
  }

  /** @param {object} config  as host.json has it */
  configure(config) {
    mkdirSync(join(this.path, '.config/bearproof'), { recursive: true, mode: 0o700 });
    writeFileSync(join(this.path, '.config/bearproof/host.json'), JSON.stringify(config), { mode: 0o600 });
  }

  /** As without a configuration, and the host may end what it revokes. */
  configureStop() {
    const { log, events } = places(this.path);
    this.configure({ log, events, stop: [program, 'stop-session'] });
  }

  /** Installs the host for a browser. @param {'firefox' | 'chromium'} browser */
  install(browser) {
    // Chromium under a profile of one's own reads the manifests from there.
    const folder = browser === 'chromium' ? ['--manifest-dir', join(this.profile, 'NativeMessagingHosts')] : [];
    execFileSync(program, ['host', '--install', '--browser', browser, ...folder], { env: this.environment });
  }

  /** Process ids of the hosts that run for this home. @returns {number[]} */
  hosts() {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => {
        try {
          const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
          return (
            words[0]?.endsWith('bearproof') &&
            words.includes('host') &&
            readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`HOME=${this.path}`)
          );
        } catch {
          return false; // it has ended meanwhile
        }
      })
      .map(Number);
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * A page of the extension.
 * @typedef {object} ExtensionPage
 * @property {<T>(script: string, values?: unknown[]) => Promise<T>} evaluate  a function's body, in the page
 * @property {(script: string) => Promise<void>} click  a real click on the element that the body returns
 * @property {() => Promise<void>} leave  a click into the page's corner: neither pointer nor focus stay in the panel
 * @property {(width: number, height: number) => Promise<void>} resize  what the page sees, in pixels
 * @property {(file: string) => Promise<void>} screenshot
 * @property {(selector: string, files: string[]) => Promise<void>} choose  files in an input
 * @property {() => Promise<void>} close
 */

/** Where a click on an element goes: its middle, in the page's viewport, once it has stood still for two frames. */
const middle = (script) => `
  const element = (() => { ${script} })();
  if (!element) throw new Error('nothing to click on');
  const seen = element.getBoundingClientRect();
  if (seen.top < 0 || seen.bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
  for (let last = '', still = 0; still < 2; ) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const { left, top, width, height } = element.getBoundingClientRect();
    const now = [left, top, width, height].join();
    still = now === last ? still + 1 : 0;
    last = now;
  }
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };`;

export class ChromiumBrowser {
  static browserName = /** @type {const} */ ('chromium');
  /** Every address that any page or worker asked for. @type {string[]} */
  requests = [];
  /** Errors on the consoles of its pages, and what was not caught. @type {string[]} */
  #complaints = [];

  /** @param {Home} home @param {{ private?: boolean }} [options]  private: the extension may run in private windows */
  static async start(home, options = {}) {
    const browser = new ChromiumBrowser();
    const extension = join(built, 'chromium');
    const launch = async () => {
      const context = await chromium.launchPersistentContext(home.profile, {
        executablePath: process.env.BEARPROOF_CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        env: home.environment,
        viewport: null,
        args: ['--no-sandbox', `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
      });
      context.on('request', (request) => browser.requests.push(request.url()));
      return context;
    };
    browser.context = await launch();
    if (options.private) {
      // A person's choice on the page of extensions. It loads the extension anew, which one from the command line survives
      // only with a restart.
      const page = await browser.context.newPage();
      await page.goto('chrome://extensions');
      await page.evaluate(
        (id) =>
          new Promise((resolve) => {
            globalThis.chrome.developerPrivate.updateExtensionConfiguration(
              { extensionId: id, incognitoAccess: true },
              () => resolve(undefined),
            );
          }),
        chromiumId,
      );
      await browser.context.close();
      browser.requests = [];
      browser.context = await launch();
    }
    await browser.worker();
    return browser;
  }

  /** The service worker; started if it has been ended. */
  async worker() {
    return this.context.serviceWorkers().at(-1) ?? this.context.waitForEvent('serviceworker');
  }

  /**
   * What the toolbar button shows. @param {number} [tabId]  for this tab
   * @returns {Promise<{ text: string, color: string, title: string }>}
   */
  async button(tabId) {
    const worker = await this.worker();
    const [text, channels, title] = await worker.evaluate(async (tab) => {
      const { action } = globalThis.chrome;
      const where = tab === null ? {} : { tabId: tab };
      return Promise.all([action.getBadgeText(where), action.getBadgeBackgroundColor(where), action.getTitle(where)]);
    }, tabId ?? null);
    const hex = channels.slice(0, 3).map((channel) => channel.toString(16).padStart(2, '0'));
    return { text, title, color: `#${hex.join('')}` };
  }

  async openPrivateWindow() {
    const worker = await this.worker();
    this.privateTab = await worker.evaluate(async () => {
      const window = await globalThis.chrome.windows.create({ incognito: true, url: 'about:blank' });
      if (!window.incognito) throw new Error('no private window');
      return window.tabs[0].id;
    });
  }

  privateButton() {
    return this.button(this.privateTab);
  }

  /** Ends the service worker, as Chromium does when it needs the memory. */
  async stopWorker() {
    const page = await this.context.newPage();
    const session = await this.context.newCDPSession(page);
    const find = async () =>
      (await session.send('Target.getTargets')).targetInfos.find(({ type }) => type === 'service_worker')?.targetId;
    const targetId = await find();
    if (!targetId) throw new Error('no service worker runs');
    await session.send('Target.closeTarget', { targetId });
    await until(async () => (await find()) !== targetId, 'the service worker has ended');
    await page.close();
  }

  /** Errors that pages of the extension met, refusals of their policy among them. */
  async complaints() {
    return this.#complaints;
  }

  /** Addresses that pages and workers asked for. */
  async asked() {
    return this.requests;
  }

  /** @param {string} [path] @returns {Promise<ExtensionPage>} */
  async open(path = 'panel.html') {
    const page = await this.context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    await page.goto(`chrome-extension://${chromiumId}/${path}`);
    return {
      evaluate: (script, values = []) =>
        // The page's policy allows no code from text; what the debugger evaluates is not the page's.
        page.evaluate(`(async function () { ${script} }).apply(undefined, ${JSON.stringify(values)})`),
      click: async (script) => {
        const { x, y } = await page.evaluate(`(async () => { ${middle(script)} })()`);
        await page.mouse.click(x, y);
      },
      leave: () => page.mouse.click(0, 0),
      resize: (width, height) => page.setViewportSize({ width, height }),
      screenshot: (file) => page.screenshot({ path: file }),
      choose: (selector, files) => page.setInputFiles(selector, files),
      close: () => page.close(),
    };
  }

  async close() {
    await this.context.close();
  }
}

export class FirefoxBrowser {
  static browserName = /** @type {const} */ ('firefox');

  #last = Promise.resolve();

  /**
   * One thing at a time: a session of Marionette has one context and one window.
   * @template T @param {() => Promise<T>} work @returns {Promise<T>}
   */
  #alone(work) {
    const done = this.#last.then(work);
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** @param {Home} home @param {{ private?: boolean }} [options] */
  static async start(home, options = {}) {
    const browser = new FirefoxBrowser();
    browser.home = home;
    const { profile } = home;
    const preferences = {
      'marionette.port': 0,
      'browser.shell.checkDefaultBrowser': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'app.normandy.enabled': false,
      'browser.aboutwelcome.enabled': false,
      'browser.startup.page': 0,
    };
    writeFileSync(
      join(profile, 'user.js'),
      Object.entries(preferences)
        .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
        .join(''),
    );
    rmSync(join(profile, 'MarionetteActivePort'), { force: true });
    browser.process = spawn(
      process.env.BEARPROOF_FIREFOX ?? '/usr/bin/firefox-esr',
      ['-marionette', '-headless', '-no-remote', '-remote-allow-system-access', '-profile', profile],
      { env: home.environment, stdio: 'ignore' },
    );
    browser.ended = once(browser.process, 'exit');
    browser.marionette = await Marionette.connect(() => {
      const file = join(profile, 'MarionetteActivePort');
      return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
    });
    await browser.marionette.send('Addon:Install', {
      path: join(built, `${geckoId}.xpi`),
      temporary: true,
      allowPrivateBrowsing: options.private ?? false,
    });
    browser.origin = await browser.marionette.chrome(
      `return 'moz-extension://' + WebExtensionPolicy.getByID(${JSON.stringify(geckoId)}).mozExtensionHostname`,
    );
    await browser.marionette.chrome(
      `const [origin] = arguments;
      const win = Services.wm.getMostRecentWindow('navigator:browser');
      win.bearproofAsked = [];
      Services.obs.addObserver((subject) => {
        const { loadInfo, URI } = subject.QueryInterface(Ci.nsIChannel);
        const principals = [loadInfo?.loadingPrincipal, loadInfo?.triggeringPrincipal];
        if (principals.some((principal) => principal?.spec?.startsWith(origin))) win.bearproofAsked.push(URI.spec);
      }, 'http-on-modify-request');`,
      [browser.origin],
    );
    browser.first = (await browser.marionette.send('WebDriver:GetWindowHandle')).value;
    return browser;
  }

  /** Errors that pages of the extension met, refusals of their policy among them. @returns {Promise<string[]>} */
  complaints() {
    return this.#alone(() =>
      this.marionette.chrome(
        `const [origin] = arguments;
        return Services.console.getMessageArray()
          .filter((message) => message instanceof Ci.nsIScriptError && !(message.flags & Ci.nsIScriptError.warningFlag))
          .filter(({ sourceName, errorMessage }) => sourceName.startsWith(origin) || errorMessage.includes(origin))
          .map(({ errorMessage }) => errorMessage);`,
        [this.origin],
      ),
    );
  }

  /** Addresses that the extension asked for on any network. @returns {Promise<string[]>} */
  asked() {
    return this.#alone(() =>
      this.marionette.chrome(
        'return [...Services.wm.getEnumerator("navigator:browser")].find((win) => win.bearproofAsked).bearproofAsked',
      ),
    );
  }

  /** A picture of the window with the sidebar open. @param {number} width  of the page in the sidebar, in pixels @param {string} file */
  async pictureOfSidebar(width, file) {
    await this.#alone(async () => {
      await this.marionette.chrome(
        `const [id, width] = arguments;
        if (!SidebarController.isOpen) await SidebarController.show(id + '-sidebar-action');
        const box = document.getElementById('sidebar-box');
        box.style.minWidth = box.style.width = width + 'px';
        // Margins go off that.
        const page = document.getElementById('sidebar').getBoundingClientRect().width;
        box.style.minWidth = box.style.width = 2 * width - page + 'px';`,
        [widgetId, width],
      );
      await wait(700);
      await this.marionette.send('Marionette:SetContext', { value: 'chrome' });
      const { value } = await this.marionette.send('WebDriver:TakeScreenshot', { full: false });
      await this.marionette.send('Marionette:SetContext', { value: 'content' });
      writeFileSync(file, Buffer.from(value, 'base64'));
    });
  }

  async openPrivateWindow() {
    await this.#alone(() => this.marionette.chrome('OpenBrowserWindow({ private: true })'));
    await until(() => this.privateButton(), 'a private window with the button');
  }

  /** What the toolbar button shows in a private window; null while there is none. */
  privateButton() {
    return this.button('PrivateBrowsingUtils.isWindowPrivate(win)');
  }

  /** What the toolbar button shows. @param {string} [which]  in the first window `win` of which this holds */
  async button(which = '!PrivateBrowsingUtils.isWindowPrivate(win)') {
    return this.#alone(() =>
      this.marionette.chrome(
        `
      const [id] = arguments;
      const win = [...Services.wm.getEnumerator('navigator:browser')].find((win) => ${which});
      const node = win?.document.getElementById(id + '-BAP');
      const color = /background-color: rgba?\\((\\d+), ?(\\d+), ?(\\d+)/.exec(node?.getAttribute('badgeStyle') ?? '');
      return node ? {
        text: node.getAttribute('badge') ?? '',
        color: color ? '#' + color.slice(1).map((c) => Number(c).toString(16).padStart(2, '0')).join('') : '',
        title: node.getAttribute('tooltiptext') ?? '',
      } : null;`,
        [widgetId],
      ),
    );
  }

  /** @param {string} [path] @returns {Promise<ExtensionPage>} */
  async open(path = 'panel.html') {
    const { marionette } = this;
    const { handle } = await this.#alone(() => marionette.send('WebDriver:NewWindow', { type: 'tab', focus: true }));
    const here = () => marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
    const press = (x, y) =>
      marionette.send('WebDriver:PerformActions', {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', x, y, origin: 'viewport' },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      });
    const inPage = (work) =>
      this.#alone(async () => {
        await here();
        return work();
      });
    await inPage(() => marionette.send('WebDriver:Navigate', { url: `${this.origin}/${path}` }));
    return {
      evaluate: (script, values = []) => inPage(() => marionette.evaluate(script, values)),
      click: (script) =>
        inPage(async () => {
          const { x, y } = await marionette.evaluate(middle(script));
          await press(x, y);
        }),
      leave: () => inPage(() => press(0, 0)),
      resize: (width, height) =>
        inPage(async () => {
          // The window's frame is added to what was asked for the page.
          const [frameWidth, frameHeight] = await marionette.evaluate(
            'return [outerWidth - innerWidth, outerHeight - innerHeight]',
          );
          await marionette.send('WebDriver:SetWindowRect', { width: width + frameWidth, height: height + frameHeight });
        }),
      screenshot: (file) =>
        inPage(async () => {
          const { value } = await marionette.send('WebDriver:TakeScreenshot', { full: false });
          writeFileSync(file, Buffer.from(value, 'base64'));
        }),
      choose: (selector, files) =>
        inPage(async () => {
          const { value } = await marionette.send('WebDriver:FindElement', { using: 'css selector', value: selector });
          const element = Object.values(value)[0];
          for (const file of files) {
            await marionette.send('WebDriver:ElementSendKeys', { id: element, text: file });
          }
        }),
      close: () =>
        inPage(async () => {
          await marionette.send('WebDriver:CloseWindow');
          await marionette.send('WebDriver:SwitchToWindow', { handle: this.first });
        }),
    };
  }

  async close() {
    await this.marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
    this.marionette.close();
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(timer);
  }
}
