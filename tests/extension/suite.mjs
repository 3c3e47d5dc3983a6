// The extension in one browser, with the real host on real folders and real processes as transports. chromium.test.mjs and
// firefox.test.mjs run this.
//   BEARPROOF_SCREENSHOTS  a folder: pictures of the pages go there
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, places } from '../../tools/simulator/agent.mjs';
import { Home, until } from './support.mjs';

const red = '#b3302a';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.BEARPROOF_SCREENSHOTS;

/** What the page says, the rows of the panel included, which comes when the documents are known. @param {import('./support.mjs').ExtensionPage} page */
const textOf = (page) =>
  page.evaluate(`
    const all = document.querySelector('bearproof-panel')?.shadowRoot.querySelectorAll('*') ?? [];
    // What was announced stays where it was said, unseen.
    const shown = [...all].filter((element) => !element.closest('#polite, #assertive'));
    const words = shown.flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3));
    return document.body.innerText + '\\n' + words.map((node) => node.data).join(' ').replace(/\\s+/g, ' ');`);

/**
 * The body of a function that finds a button of the panel by its words.
 * @param {RegExp} words @param {string} within  a selector @param {string} [label]  words in the same place
 */
const button = (words, within, label = '') => `
  const shadow = document.querySelector('bearproof-panel').shadowRoot;
  const scope = [...shadow.querySelectorAll(${JSON.stringify(within)})];
  return scope.filter((element) => element.textContent.includes(${JSON.stringify(label)}))
    .flatMap((element) => [...element.querySelectorAll('button')])
    .find((element) => ${String(words)}.test(element.textContent.replace(/\\s+/g, ' ').trim()));`;

/**
 * Notes in the page when something becomes true there, so that looking from outside is not measured too.
 * @param {import('./support.mjs').ExtensionPage} page @param {string} condition  a function's body
 */
const watch = (page, condition) =>
  page.evaluate(`const { dataset } = document.documentElement;
    delete dataset.seen;
    const look = () => {
      if ((() => { ${condition} })()) dataset.seen = Date.now();
      else window.setTimeout(look, 5);
    };
    look();`);
/** When it became true, in milliseconds since 1970. @param {import('./support.mjs').ExtensionPage} page @param {string} what */
const seen = (page, what) =>
  until(async () => Number(await page.evaluate('return document.documentElement.dataset.seen ?? 0')), what);

const agent = (home, options = {}) =>
  Agent.start({
    home: home.path,
    owner: 'travel-agent',
    decision: crypto.randomUUID(),
    displayName: 'Trip to Riga',
    ...options,
  });

const picture = async (page, name, width, height) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.resize(width, height);
  await wait(150);
  await page.screenshot(join(pictures, `${name}.png`));
};

/**
 * What tests of a browser wait for. Text, colour and title of the button are set one after the other.
 * @param {() => InstanceType<typeof import('./support.mjs').ChromiumBrowser | typeof import('./support.mjs').FirefoxBrowser>} browser
 * @param {() => import('./support.mjs').ExtensionPage} page
 */
const expectations = (browser, page) => ({
  badge: (text, timeout) => until(async () => (await browser().button()).text === text, `badge "${text}"`, timeout),
  titled: (/** @type {RegExp} */ words) =>
    until(async () => words.test((await browser().button()).title), `the title says ${words}`, 2000),
  isRed: (wanted) => until(async () => ((await browser().button()).color === red) === wanted, `red: ${wanted}`, 2000),
  says: (/** @type {RegExp} */ words, timeout) =>
    until(async () => words.test(await textOf(page())), `the page says ${words}`, timeout),
});

/** Everything that axe finds fault with. @param {import('./support.mjs').ExtensionPage} page */
const faults = (page) =>
  page.evaluate(`${axe};
    const { violations } = await axe.run(document, { rules: { 'meta-viewport': { enabled: true } } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.flat() + ': ' + failureSummary));`);

/** @param {typeof import('./support.mjs').ChromiumBrowser | typeof import('./support.mjs').FirefoxBrowser} Browser */
export function extensionTests(Browser) {
  const { browserName: name } = Browser;
  // Firefox's own windows are no narrower; its sidebar is, see the pictures of it.
  const narrow = name === 'firefox' ? 500 : 320;
  describe(name, () => {
    describe('with a host', () => {
      /** @type {Home} */ let home;
      /** @type {InstanceType<typeof Browser>} */ let browser;
      /** @type {import('./support.mjs').ExtensionPage} */ let page;
      const agents = [];
      /** A session for as long as `body` runs. @param {object} options @param {(one: Agent) => Promise<void>} body */
      const during = async (options, body) => {
        const one = await agent(home, options);
        agents.push(one);
        try {
          await body(one);
        } finally {
          // While pointer or focus are in the list, it stands still.
          await page.leave().catch(() => undefined);
          if (one.receipt.status === 'active') await one.end();
          await badge('1', 2000);
        }
      };
      const { badge, titled, isRed, says } = expectations(
        () => browser,
        () => page,
      );
      /** The confirming button, as a function's body. */
      const confirm = button(/^Revoke \/ Kill session$/, '.confirm .choices');
      /** Presses Revoke of a session and waits until the confirmation counts. @param {string} label */
      const askToRevoke = async (label) => {
        await page.click(button(/^Revoke/, '[data-id]', label));
        await says(/Proceed\?/);
        assert.deepEqual(await faults(page), [], 'axe, with an open confirmation');
        await picture(page, `${name}-confirm`, narrow, 640);
        await page.evaluate(`(() => { ${confirm} })().scrollIntoView({ block: 'center', behavior: 'instant' })`);
        const isArmed = `return (() => { ${confirm} })()?.getAttribute('aria-disabled') === 'false'`;
        await until(() => page.evaluate(isArmed), 'the confirmation is armed');
      };

      before(async () => {
        home = new Home();
        home.configureStop();
        home.install(name);
        browser = await Browser.start(home);
        page = await browser.open();
        await says(/Connected to bearproof/);
        // Marionette and Playwright drive this browser: a session that says so, so that the button is calm below.
        await agent(home, { owner: 'test-driver', displayName: 'These tests', process: false });
        await badge('1');
      });
      after(async () => {
        for (const one of agents) if (one.running) await one.kill();
        await browser?.close();
        home?.remove();
      });

      test('the button is calm, counts, and says in words what it counts', async () => {
        await titled(/^Bearproof: 1 automation session$/);
        await isRed(false);
      });

      test('a receipt that is written is on the page and in the button within half a second, and leaves it within two', async (t) => {
        const figures = [];
        for (let round = 0; round < 5; round++) {
          const label = `Round ${round} of ${name}`;
          await watch(
            page,
            `return document.querySelector('bearproof-panel').shadowRoot.textContent.includes('${label}')`,
          );
          const written = Date.now();
          await during({ owner: `racer-${round}`, displayName: label, process: false }, async () => {
            await badge('2');
            const count = Date.now() - written;
            figures.push([(await seen(page, 'the card')) - written, count]);
          });
          await wait(300);
        }
        t.diagnostic(`${name}: written to card and badge, ms: ${figures.map((pair) => pair.join(' and ')).join(', ')}`);
        for (const figure of figures.flat()) assert.ok(figure < 500, `${figure} ms`);
      });

      test('a session that is not admitted turns the button red, with a mark, until it ends', async () => {
        await during({ owner: 'intruder', displayName: 'Behind your back', process: false }, async (one) => {
          await one.rewrite((receipt) => ({ ...receipt, userVisible: false }));
          await badge('2!');
          await titled(/2 automation sessions; 1 not admitted/);
          await isRed(true);
          await says(/Not admitted/i);
          await picture(page, `${name}-not-admitted`, narrow, 640);
        });
        await isRed(false);
      });

      test('so does one whose decision is a placeholder', async () => {
        const stranger = { owner: 'impatient', displayName: 'Nobody decided', decision: 'not-yet-assigned' };
        await during({ ...stranger, process: false }, async () => {
          await badge('2!');
          await titled(/2 automation sessions; 1 not admitted/);
          await isRed(true);
        });
      });

      test('a file that cannot be read turns it red, too, and hides nobody', async () => {
        const file = join(places(home.path).receipts, 'torn.json');
        writeFileSync(file, '{ "schemaVersion": "bearbrowser.browser_automation');
        await badge('1!');
        await says(/torn\.json/);
        await says(/These tests/);
        writeFileSync(file, '{}');
        await badge('1');
      });

      test('Revoke, confirmed, is on disk, in the log, ends the process, and the card says so within a second', async (t) => {
        await during({ owner: 'form-filler', displayName: 'Fills forms' }, async (one) => {
          await says(/Fills forms/);
          await badge('2');
          assert.equal(one.running, true);
          await askToRevoke('Fills forms');
          await watch(
            page,
            `const { shadowRoot } = document.querySelector('bearproof-panel');
            return /the transport ended/.test(shadowRoot.querySelector('.result .headline')?.textContent);`,
          );
          await page.evaluate(
            `const { dataset } = document.documentElement;
            window.addEventListener('click', () => (dataset.clicked = Date.now()), { capture: true, once: true });`,
          );
          const { log, events } = places(home.path);
          const when = async (probe, what) => {
            await until(probe, what, 5000);
            return Date.now();
          };
          const [, record, event, transport] = await Promise.all([
            page.click(confirm),
            when(() => recordsOf(log, one.receipt.receiptId).includes('revoked'), 'the log says revoked'),
            when(
              () => existsSync(events) && readFileSync(events, 'utf8').includes(one.receipt.receiptId),
              'the event is in the log',
            ),
            when(() => !one.running, 'the process has ended'),
          ]);
          const card = await seen(page, 'the card says so');
          const confirmed = Number(await page.evaluate('return document.documentElement.dataset.clicked'));
          const figures = Object.fromEntries(
            Object.entries({ record, event, transport, card }).map(([what, time]) => [what, time - confirmed]),
          );
          t.diagnostic(`${name}: confirmed to each effect, ms: ${JSON.stringify(figures)}`);
          for (const [what, figure] of Object.entries(figures)) assert.ok(figure < 1000, `${what}: ${figure} ms`);
          await one.ended;
          // The wrapper writes its own end over the record; the revocation stays in the log, once, and what the button counts.
          assert.deepEqual(recordsOf(log, one.receipt.receiptId), ['active', 'revoked', 'failed']);
          const told = readFileSync(events, 'utf8')
            .split('\n')
            .filter((line) => line.includes(one.receipt.receiptId));
          assert.equal(told.length, 1);
          assert.deepEqual(await faults(page), [], 'axe, with the transport ended');
          await picture(page, `${name}-revoked`, narrow, 640);
        });
      });

      test('where no process carries the session, the card says that its end is not confirmed', async () => {
        await during({ owner: 'ghost', displayName: 'Runs nowhere', process: false }, async (one) => {
          await says(/Runs nowhere/);
          await askToRevoke('Runs nowhere');
          await page.click(confirm);
          await says(/Recorded as revoked, but not confirmed/, 10_000);
          await says(/By hand:/);
          assert.deepEqual(recordsOf(places(home.path).log, one.receipt.receiptId), ['active', 'revoked']);
          assert.deepEqual(await faults(page), [], 'axe, with an end that is not confirmed');
          await picture(page, `${name}-not-confirmed`, narrow, 640);
        });
      });

      test('a host that is killed is started again, and what happened meanwhile is seen', async () => {
        const hosts = home.hosts();
        assert.equal(hosts.length, 1);
        process.kill(hosts[0], 'SIGKILL');
        await during({ owner: 'night-owl', displayName: 'While the host was dead', process: false }, async () => {
          await says(/While the host was dead/);
          await badge('2');
          const [again, ...more] = home.hosts();
          assert.ok(again && again !== hosts[0]);
          assert.deepEqual(more, []);
        });
      });

      if (name === 'chromium') {
        test('a service worker that is ended loses nothing, with a page open', async () => {
          await browser.stopWorker();
          await during({ owner: 'sleepwalker', displayName: 'While the worker slept', process: false }, async () => {
            await says(/While the worker slept/);
            await badge('2');
          });
          await until(() => home.hosts().length === 1, 'one host is left');
        });

        test('nor without a page: the next thing that happens in the browser starts it again', async () => {
          await page.close();
          await browser.stopWorker();
          await during({ owner: 'sleepwalker', displayName: 'While all slept', process: false }, async () => {
            const other = await browser.context.newPage();
            await badge('2');
            await other.close();
          });
          page = await browser.open();
          await says(/Connected to bearproof/);
        });
      }

      test('a private window has the button, with the same count', async () => {
        const mine = new Home();
        mine.install(name);
        const other = await Browser.start(mine, { private: true });
        try {
          const one = await agent(mine, { process: false });
          await other.openPrivateWindow();
          await until(async () => (await other.privateButton())?.text === '1', 'the count in the private window');
          await one.end();
          await until(async () => (await other.privateButton())?.text !== '1', 'the count leaves it');
        } finally {
          await other.close();
          mine.remove();
        }
      });

      test('pictures, where they are asked for', async (t) => {
        if (!pictures) return t.skip('skipped: BEARPROOF_SCREENSHOTS names no folder');
        mkdirSync(pictures, { recursive: true });
        const stranger = { owner: 'scraper', displayName: 'Reads the bank', process: false };
        await during({ ...stranger, permissions: ['read_dom', 'use_credentials'] }, async (one) => {
          await one.rewrite((receipt) => ({ ...receipt, userVisible: false }));
          await badge('2!');
          for (const theme of ['light', 'dark']) {
            await page.click(`return document.querySelector('#theme input[value="${theme}"]').closest('label')`);
            if (name === 'firefox') {
              await page.resize(1280, 720);
              for (const width of [220, 320]) {
                await browser.pictureOfSidebar(width, join(pictures, `firefox-sidebar-${theme}-${width}.png`));
              }
            }
            for (const width of [220, 320, 768, 1280]) {
              if (width < narrow) continue;
              await picture(page, `${name}-${theme}-${width}`, width, 720);
            }
            const popup = await browser.open('popup.html');
            await wait(700);
            await picture(popup, `${name}-popup-${theme}`, Math.max(400, narrow), 600);
            await popup.close();
          }
          await page.leave();
        });
      });

      test('axe finds nothing, in the page and in the popup', async () => {
        assert.deepEqual(await faults(page), []);
        const popup = await browser.open('popup.html');
        await until(async () => /These tests/.test(await textOf(popup)), 'the popup has the sessions');
        assert.deepEqual(await faults(popup), []);
        await popup.close();
      });

      test('nothing is asked of any network, and the policy refuses nothing', async () => {
        const foreign = (await browser.asked()).filter(
          (address) => !/^(chrome-extension|moz-extension|blob|data|about):/.test(address),
        );
        assert.deepEqual(foreign, []);
        assert.deepEqual(await browser.complaints(), []);
      });

      test('one host for the browser, and none after it', async () => {
        assert.equal(home.hosts().length, 1);
        await browser.close();
        await until(() => home.hosts().length === 0, 'the host ends with the browser');
        browser = undefined;
      });
    });

    describe('without a host', () => {
      /** @type {Home} */ let home;
      /** @type {InstanceType<typeof Browser>} */ let browser;
      /** @type {import('./support.mjs').ExtensionPage} */ let page;
      const { badge, titled, isRed, says } = expectations(
        () => browser,
        () => page,
      );

      before(async () => {
        home = new Home();
        browser = await Browser.start(home);
        page = await browser.open();
      });
      after(async () => {
        await browser?.close();
        home?.remove();
      });

      test('the page says so once, with the remedy, and so does the button', async () => {
        await says(/No host is connected/);
        const text = await textOf(page);
        assert.equal(text.match(/No host is connected/g)?.length, 1);
        assert.equal(text.match(/bearproof host --install/g)?.length, 1);
        await titled(/no host is connected/);
        assert.deepEqual(await faults(page), []);
        await picture(page, `${name}-no-host`, narrow, 640);
      });

      test('automation that no receipt declares is said, by page and button', async () => {
        await says(/remote control/i);
        await badge('!');
        await titled(/under remote control that no receipt declares/);
        await isRed(true);
      });

      if (name === 'chromium') {
        test('nor is that forgotten when the service worker is ended', async () => {
          await page.close();
          await browser.stopWorker();
          const other = await browser.context.newPage();
          await badge('!');
          await titled(/under remote control that no receipt declares/);
          await other.close();
          page = await browser.open();
          await says(/No host is connected/);
        });
      }

      test('files can be opened', async () => {
        const file = join(home.path, 'opened.json');
        const one = await agent(home, { displayName: 'From a file', process: false });
        writeFileSync(file, readFileSync(one.path));
        await page.choose('#open', [file]);
        await says(/From a file/);
        await says(/Opened here: opened\.json/);
        await one.end();
      });

      test('a host that is installed later is found by itself, and what it has takes the place of the files', async () => {
        await agent(home, { displayName: 'From the host', process: false });
        home.install(name);
        await says(/Connected to bearproof/);
        await says(/From the host/);
        assert.doesNotMatch(await textOf(page), /No host is connected|Opened here/);
      });

      test('automation that a receipt declares is not said any more', async () => {
        await badge('1');
        await titled(/^Bearproof: 1 automation session$/);
        await isRed(false);
        assert.doesNotMatch(await textOf(page), /remote control/i);
      });
    });
  });
}

/** What the records of a receipt in a log say, in order. @param {string} log @param {string} id @returns {string[]} */
const recordsOf = (log, id) =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes(id) && line.endsWith('}'))
    .map((line) => JSON.parse(line).status);
