// Revoking from the panel: the confirmation, what makes its press count, and what is said of each effect.
import type { BearproofPanel } from '../../web/panel/bearproof-panel.ts';
import { faults } from './support/axe.ts';
import { Panel } from './support/panel.ts';
import { apart, bearbrowser, seed, text } from './support/receipts.ts';
import { expect, test } from './support/test.ts';

const prompt =
  'Revoking this session will immediately terminate the automation transport and invalidate all session tokens. Proceed?';

const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    source: `/receipts/${index}.json`,
    content: text(
      bearbrowser({
        ...apart(`number-${index}`),
        displayName: `Session ${index}`,
        capturedAt: `2026-03-01T10:00:${String(59 - index).padStart(2, '0')}Z`,
      }),
    ),
  }));

let panel: Panel;
test.beforeEach(async ({ page, site }) => {
  panel = new Panel(page, site);
  await panel.open();
  await panel.answerRevocations();
  await panel.show(documents(3), { canStop: true, connection: 'connected', stopSeconds: 1 });
  // Where nothing has to be brought into view, nothing moves.
  await panel.host.evaluate((host) => host.scrollIntoView({ block: 'start' }));
});

const focused = (panel: Panel) =>
  panel.host.evaluate((host) => host.shadowRoot?.activeElement?.textContent?.trim() ?? '');

test('one press opens the confirmation in place: wording, owner, label, id; the focus is on Cancel', async ({
  page,
}) => {
  const row = panel.row('Session 1');
  await row.locator('.revoke').click();
  await expect(row.getByRole('alertdialog')).toBeVisible();
  await expect(panel.confirmation).toContainText(prompt);
  await expect(panel.confirmation).toContainText('Session 1');
  await expect(panel.confirmation).toContainText('urn:srcos:agent:tester');
  await expect(panel.confirmation).toContainText('umber-1');
  expect(await focused(panel)).toBe('Cancel');
  await expect(panel.confirm).toHaveText('Revoke / Kill session');
  // One at a time.
  await panel.row('Session 2').locator('.revoke').click();
  await expect(panel.confirmation).toHaveCount(1);
  await expect(panel.confirmation).toContainText('Session 2');
  await page.keyboard.press('Escape');
  await expect(panel.confirmation).toHaveCount(0);
  expect(await focused(panel)).toContain('Revoke');
  expect(await panel.revocations()).toEqual([]);
});

test('a confirmed revocation asks the page, with the updated receipt and its event', async () => {
  const before = Date.now();
  await panel.askToRevoke(panel.row('Session 1'));
  await panel.press(panel.confirm);
  await expect(panel.row('Session 1').locator('.headline')).toHaveText('Asked: waiting for the host.');
  const [asked, ...more] = await panel.revocations();
  expect(more).toEqual([]);
  expect(asked).toMatchObject({
    receiptId: 'urn:srcos:receipt:browser-automation:number-1',
    source: '/receipts/1.json',
  });
  expect(asked?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const view = await panel.view();
  expect(view.sessions.map(({ key }) => key)).toContain(asked?.key);
  const receipt = JSON.parse(asked?.receipt ?? '') as Record<string, string>;
  expect(receipt['status']).toBe('revoked');
  expect(Date.parse(receipt['revokedAt'] ?? '')).toBeGreaterThanOrEqual(before - 1000);
  expect(asked?.event).toContain('automation.action_denied');
});

test('asked, recorded, ended: each effect with its own result', async () => {
  const row = panel.row('Session 0');
  await panel.askToRevoke(row);
  await panel.press(panel.confirm);
  const { key } = await panel.revocation();
  const effect = (name: string) => row.locator('.effect', { hasText: name });
  for (const name of ['Record', 'Event', 'Transport', 'Session token'])
    await expect(effect(name)).toContainText('waiting');
  await panel.tell(key, [{ effect: 'record', ok: true }]);
  await expect(row.locator('.headline')).toContainText('Recorded as revoked.');
  await panel.tell(key, [{ effect: 'event', ok: false, detail: 'the log is full' }]);
  await expect(effect('Event')).toContainText('not logged');
  await expect(effect('Event')).toContainText('the log is full');
  await panel.tell(
    key,
    [
      { effect: 'transport', ok: true },
      { effect: 'token', ok: false, detail: 'this host holds no tokens' },
    ],
    true,
  );
  await expect(row.locator('.headline')).toHaveText('Revoked: the transport ended.');
  await expect(effect('Record')).toContainText('says revoked');
  await expect(effect('Event')).toContainText('not logged');
  await expect(effect('Session token')).toContainText('not invalidated');
  await row.getByRole('button', { name: 'Close' }).click();
  await expect(row.locator('.result')).toHaveCount(0);
});

test('what nobody confirms is not confirmed one second after the host’s time, with Retry and what to do by hand', async () => {
  const row = panel.row('Session 0');
  await panel.askToRevoke(row);
  await panel.press(panel.confirm);
  const asked = Date.now();
  const { key } = await panel.revocation();
  await panel.tell(key, [{ effect: 'record', ok: true }]);
  await expect(row.locator('.headline')).toContainText('not confirmed');
  expect(Date.now() - asked).toBeGreaterThan(1700);
  await expect(row.locator('.by-hand')).toContainText('cdp');
  await row.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(async () => (await panel.revocations()).length).toBe(2);
  await panel.tell(key, [{ effect: 'transport', ok: true }], true);
  await expect(row.locator('.headline')).toContainText('the transport ended');
});

test('a host that says the transport did not end is believed at once', async () => {
  const row = panel.row('Session 0');
  await panel.askToRevoke(row);
  await panel.press(panel.confirm);
  const { key } = await panel.revocation();
  await panel.tell(
    key,
    [
      { effect: 'record', ok: true },
      { effect: 'transport', ok: false, detail: 'no stop command is configured' },
    ],
    true,
  );
  await expect(row.locator('.headline')).toContainText('not confirmed');
  await expect(row.locator('.effect', { hasText: 'Transport' })).toContainText('no stop command is configured');
});

test('an effect’s detail is text', async () => {
  const row = panel.row('Session 0');
  await panel.askToRevoke(row);
  await panel.press(panel.confirm);
  const { key } = await panel.revocation();
  await panel.tell(key, [{ effect: 'record', ok: false, detail: '<img src=x onerror=1>\u202e' }], true);
  await expect(row.locator('.effect').first()).toContainText('<img src=x onerror=1>U+202E');
  await expect(panel.host.locator('img')).toHaveCount(0);
});

test.describe('arming', () => {
  test('a press before half a second does not count, and starts that time anew', async ({ page }) => {
    // On a slow machine half a second is soon over: the place to press is known, and everything is being noted, before the
    // confirmation opens that is pressed too early.
    const revoke = panel.row('Session 0').locator('.revoke');
    await panel.press(revoke);
    await expect(panel.confirm).toBeVisible();
    const box = await panel.confirm.boundingBox();
    await page.keyboard.press('Escape');
    await expect(panel.confirmation).toHaveCount(0);
    await panel.host.evaluate((host) => {
      const log: { pressed: number[]; armed: number[] } = { pressed: [], armed: [] };
      Object.assign(window, { log });
      const root = host.shadowRoot as ShadowRoot;
      window.addEventListener(
        'pointerdown',
        () => {
          if (root.querySelector('.do')) log.pressed.push(performance.now());
        },
        { capture: true },
      );
      new MutationObserver(() => {
        if (root.querySelector('.do.armed')) log.armed.push(performance.now());
      }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
    });
    await panel.press(revoke);
    await page.mouse.click((box?.x ?? 0) + 30, (box?.y ?? 0) + 20);
    const log = () => page.evaluate(() => (window as unknown as { log: { pressed: number[]; armed: number[] } }).log);
    for (let press = 0; press < 8; press++) {
      if ((await log()).armed.length > 0) break; // this machine is slow today: what was seen so far has to do
      await page.mouse.click((box?.x ?? 0) + 30, (box?.y ?? 0) + 20);
    }
    await expect.poll(async () => (await log()).armed.length).toBeGreaterThan(0);
    const { pressed, armed } = await log();
    const early = pressed.filter((at) => at < (armed[0] ?? 0));
    expect(early.length).toBeGreaterThan(0);
    expect((armed[0] ?? 0) - (early.at(-1) ?? 0)).toBeGreaterThan(499); // clocks tick in whole milliseconds
    if (pressed.length === early.length) {
      expect(await panel.revocations()).toEqual([]);
      await panel.press(panel.confirm);
    }
    await expect.poll(async () => (await panel.revocations()).length).toBe(1);
  });

  test('after twenty early presses it closes and says so', async ({ page }) => {
    await panel.press(panel.row('Session 0').locator('.revoke'));
    await expect(panel.confirm).toBeVisible();
    const box = await panel.confirm.boundingBox();
    // The page's clock stands still: a busy machine may take longer than half a second between two presses.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1000);
    for (let press = 0; press < 20; press++) {
      await page.mouse.click((box?.x ?? 0) + 30, (box?.y ?? 0) + 20);
    }
    await page.clock.resume();
    await expect(panel.confirmation).toHaveCount(0);
    await expect(panel.host).toContainText('pressed many times before it could be read');
    expect(await panel.revocations()).toEqual([]);
  });

  test('events of scripts are deaf, armed or not', async () => {
    const synthetic = () =>
      panel.host.evaluate((host) => {
        const button = host.shadowRoot?.querySelector<HTMLElement>('.do');
        const options = { bubbles: true, composed: true, cancelable: true, detail: 1, button: 0 };
        button?.dispatchEvent(new PointerEvent('pointerdown', options));
        button?.dispatchEvent(new PointerEvent('pointerup', options));
        button?.dispatchEvent(new MouseEvent('click', options));
        button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
        button?.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', bubbles: true, composed: true }));
        button?.click();
      });
    // Nor do they open the confirmation.
    await panel.host.evaluate((host) => host.shadowRoot?.querySelector<HTMLElement>('.revoke')?.click());
    await panel.page.waitForTimeout(100);
    await expect(panel.confirmation).toHaveCount(0);
    await panel.askToRevoke(panel.row('Session 0'));
    for (let time = 0; time < 30; time++) await synthetic();
    await panel.page.waitForTimeout(100);
    expect(await panel.revocations()).toEqual([]);
    // And they use up none of a person's presses.
    await panel.press(panel.confirm);
    await expect.poll(async () => (await panel.revocations()).length).toBe(1);
  });

  test('a double click opens the confirmation and nothing more', async () => {
    await panel.press(panel.row('Session 0').locator('.revoke'), { clickCount: 2 });
    await expect(panel.confirmation).toHaveCount(1);
    await expect(panel.confirm).toHaveClass(/armed/);
    // The second click of a double click on the armed button does not add another revocation.
    await panel.press(panel.confirm, { clickCount: 2 });
    await panel.page.waitForTimeout(300);
    expect((await panel.revocations()).length).toBe(1);
  });

  test('a key that is held down neither confirms nor opens and closes', async ({ page }) => {
    const button = panel.row('Session 0').locator('.revoke');
    await button.focus();
    await page.keyboard.down('Enter');
    await expect(panel.confirmation).toHaveCount(1);
    await panel.confirm.focus();
    for (let repeat = 0; repeat < 40; repeat++) {
      await page.keyboard.down('Enter');
      await page.waitForTimeout(25);
    }
    await page.keyboard.up('Enter');
    expect(await panel.revocations()).toEqual([]);
    await expect(panel.confirmation).toHaveCount(1);
    await expect(panel.confirm).toHaveClass(/armed/);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await panel.revocations()).length).toBe(1);
  });

  test('by keyboard: Tab to the button, Enter or Space when it counts', async ({ page }) => {
    for (const [index, key] of ['Enter', ' '].entries()) {
      await panel.row(`Session ${index}`).locator('.revoke').focus();
      await page.keyboard.press('Enter');
      await expect(panel.confirm).toHaveClass(/armed/);
      await page.keyboard.press('Tab');
      await page.keyboard.press(key);
      await expect.poll(async () => (await panel.revocations()).length).toBe(index + 1);
    }
  });

  test('what moves has to stand still again', async ({ page }) => {
    await panel.askToRevoke(panel.row('Session 0'));
    // Moved under a pointer that was already there, in the same turn as its press.
    await panel.host.evaluate((host) => (host.style.marginTop = '7px'));
    await panel.press(panel.confirm);
    expect(await panel.revocations()).toEqual([]);
    await expect(panel.confirm).not.toHaveClass(/armed/);
    // Moved all the time.
    await panel.host.evaluate((host) => {
      let at = 0;
      Object.assign(window, { shaking: setInterval(() => (host.style.marginTop = `${++at % 2 ? 3 : 9}px`), 60) });
    });
    await page.waitForTimeout(1200);
    await expect(panel.confirm).not.toHaveClass(/armed/);
    await page.evaluate(() => clearInterval((window as unknown as { shaking: number }).shaking));
    await expect(panel.confirm).toHaveClass(/armed/);
    await panel.press(panel.confirm);
    await expect.poll(async () => (await panel.revocations()).length).toBe(1);
  });

  test('scrolling, resizing and losing the window start the time anew; it waits without a limit', async ({ page }) => {
    await panel.host.evaluate((host) => (host.style.marginBottom = '3000px'));
    await panel.askToRevoke(panel.row('Session 0'));
    for (const disturb of [
      () => page.evaluate(() => window.scrollBy(0, 5)),
      () => page.setViewportSize({ width: 1000, height: 700 }),
      () => page.evaluate(() => window.dispatchEvent(new Event('blur'))),
      () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))),
    ]) {
      await expect(panel.confirm).toHaveClass(/armed/);
      await panel.host.evaluate((host) => {
        const button = host.shadowRoot?.querySelector('.do') as Element;
        Object.assign(window, { disarmed: false });
        new MutationObserver(() => {
          if (!button.classList.contains('armed')) Object.assign(window, { disarmed: true });
        }).observe(button, { attributes: true });
      });
      await disturb();
      await expect
        .poll(() => page.evaluate(() => (window as unknown as { disarmed: boolean }).disarmed), {
          message: disturb.toString(),
        })
        .toBe(true);
    }
    await page.waitForTimeout(2500);
    await expect(panel.confirmation).toHaveCount(1);
    await expect(panel.confirm).toHaveClass(/armed/);
  });

  test('it does not count while the window has no focus or is hidden', async ({ page }) => {
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
    });
    await panel.press(panel.row('Session 0').locator('.revoke'));
    await page.waitForTimeout(1200);
    await expect(panel.confirm).not.toHaveClass(/armed/);
    await panel.press(panel.confirm);
    expect(await panel.revocations()).toEqual([]);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
    });
    await expect(panel.confirm).toHaveClass(/armed/);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    });
    await expect(panel.confirm).not.toHaveClass(/armed/);
  });

  test('what covers the button, lets clicks through, or makes it faint keeps it from counting', async ({ page }) => {
    await panel.press(panel.row('Session 0').locator('.revoke'));
    await expect(panel.confirm).toHaveClass(/armed/);
    const box = await panel.confirm.boundingBox();
    const cover = (style: Record<string, string>) =>
      page.evaluate(
        ([box, style]) => {
          const cover = document.createElement('div');
          cover.id = 'cover';
          Object.assign(cover.style, { position: 'fixed', zIndex: '99', background: 'white', ...style });
          Object.assign(cover.style, {
            left: `${box?.x}px`,
            top: `${box?.y}px`,
            width: `${box?.width}px`,
            height: `${box?.height}px`,
          });
          document.body.append(cover);
        },
        [box, style] as const,
      );
    const uncover = () => page.evaluate(() => document.querySelector('#cover')?.remove());
    await cover({});
    await expect(panel.confirm).not.toHaveClass(/armed/);
    await page.waitForTimeout(800);
    await expect(panel.confirm).not.toHaveClass(/armed/);
    await uncover();
    await expect(panel.confirm).toHaveClass(/armed/);
    // A cover that lets the press through: the press itself finds out.
    await cover({ pointerEvents: 'none' });
    await panel.press(panel.confirm);
    expect(await panel.revocations()).toEqual([]);
    await page.waitForTimeout(800);
    await panel.press(panel.confirm);
    expect(await panel.revocations()).toEqual([]);
    await uncover();
    for (const [name, value] of [
      ['opacity', '0.01'],
      ['filter', 'opacity(0)'],
      ['visibility', 'hidden'],
    ] as const) {
      await panel.host.evaluate((host, [name, value]) => host.style.setProperty(name, value), [name, value] as const);
      await page.waitForTimeout(300);
      await page.mouse.click((box?.x ?? 0) + 30, (box?.y ?? 0) + 20);
      expect(await panel.revocations(), name).toEqual([]);
      await panel.host.evaluate((host, name) => host.style.removeProperty(name), name);
    }
    await expect(panel.confirm).toHaveClass(/armed/);
    await panel.press(panel.confirm);
    await expect.poll(async () => (await panel.revocations()).length).toBe(1);
  });

  test('a session that ends meanwhile leaves nothing to confirm', async () => {
    await panel.askToRevoke(panel.row('Session 0'));
    const now = documents(3);
    now[0]!.content = text(bearbrowser({ ...apart('number-0'), displayName: 'Session 0', status: 'ended' }));
    await panel.show(now);
    await expect(panel.confirmation).toContainText('ended meanwhile');
    await panel.press(panel.confirm);
    await panel.page.waitForTimeout(200);
    expect(await panel.revocations()).toEqual([]);
  });
});

test('Revoke all names each session, once, and asks for each', async () => {
  await panel.host.locator('.revoke-all').click();
  await expect(panel.confirmation).toHaveCount(1);
  for (const index of [0, 1, 2]) await expect(panel.confirmation).toContainText(`Session ${index}`);
  await expect(panel.confirm).toHaveText('Revoke 3 sessions');
  await expect(panel.confirm).toHaveClass(/armed/);
  await panel.press(panel.confirm);
  await expect.poll(async () => (await panel.revocations()).length).toBe(3);
  const asked = await panel.revocations();
  expect(new Set(asked.map(({ receiptId }) => receiptId)).size).toBe(3);
  for (const { key } of asked) await panel.tell(key, [{ effect: 'transport', ok: true }], true);
  await expect(panel.host.locator('.result.ended')).toHaveCount(3);
});

test('without a host the button says what it does and saves the receipt and its event', async ({
  page,
  browserName,
}) => {
  await page.reload();
  await expect(panel.rows.first()).toBeVisible();
  await panel.show([{ source: 'minimal.json', content: text(seed()) }]);
  const row = panel.rows.first();
  await expect(row.getByRole('button', { name: /^Save a revoked receipt…/ })).toBeVisible();
  // What the browser does with a link to be downloaded is its own; what is in the links is ours.
  await page.evaluate(() => {
    const saved: Promise<[string, string]>[] = [];
    Object.assign(window, { saved });
    HTMLAnchorElement.prototype.click = function () {
      saved.push(fetchText(this.href).then((content) => [this.download, content]));
      HTMLElement.prototype.click.call(this);
    };
    const blobs = new Map<string, Blob>();
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = create(blob);
      blobs.set(url, blob);
      return url;
    };
    const fetchText = (url: string) => (blobs.get(url) as Blob).text();
  });
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await panel.askToRevoke(row);
  await expect(panel.confirmation).toContainText('No host is connected here');
  await expect(panel.confirm).toHaveText('Save a revoked receipt…');
  await panel.press(panel.confirm);
  await expect(row.locator('.headline')).toHaveText('Saved. Nothing was ended: the session may still run.');
  const saved = await page.evaluate(() =>
    Promise.all((window as unknown as { saved: Promise<[string, string]>[] }).saved),
  );
  expect(saved.map(([name]) => name)).toEqual(['revoked-receipt.json', 'revocation-event.json']);
  // In the minimal dialect revokedAt alone says it.
  expect((JSON.parse(saved[0]?.[1] ?? '') as Record<string, unknown>)['revokedAt']).toBeTruthy();
  expect(saved[1]?.[1]).toContain('automation.action_denied');
  if (browserName === 'chromium') {
    await expect.poll(() => downloads.sort()).toEqual(['revocation-event.json', 'revoked-receipt.json']);
  }
  await expect(row.getByRole('link')).toHaveCount(2);
});

test('a page that lets the event pass is no host: the receipt is saved', async ({ page }) => {
  await page.reload();
  await expect(panel.rows.first()).toBeVisible();
  await panel.show(documents(1), { canStop: true });
  await panel.askToRevoke(panel.rows.first());
  await panel.press(panel.confirm);
  await expect(panel.rows.first().locator('.headline')).toContainText('Saved.');
});

test('where no stop command is configured the confirmation says so', async () => {
  await panel.set({ canStop: false });
  await panel.row('Session 0').locator('.revoke').click();
  await expect(panel.confirmation).toContainText('no stop command is configured');
});

test('it only ever reduces authority', async () => {
  await panel.show([
    { source: 'a', content: text(bearbrowser({ policyDecisionRef: '' })) },
    { source: 'b', content: text(bearbrowser({ ...apart('b'), status: 'revoked' })) },
  ]);
  for (const row of await panel.rows.all()) await panel.opened(row);
  const names = await panel.host
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((button) => button.textContent?.trim() ?? ''));
  expect(names.join('\n')).not.toMatch(/approve|allow|restore|resume|dismiss|ignore|hide|mute/i);
});

for (const theme of ['Light', 'Dark']) {
  test(`axe finds nothing in any state of a revocation, ${theme.toLowerCase()}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('radio', { name: theme }).check();
    const row = panel.row('Session 0');
    await row.locator('.revoke').click();
    expect(await faults(page)).toEqual([]);
    await expect(panel.confirm).toHaveClass(/armed/);
    expect(await faults(page)).toEqual([]);
    await panel.press(panel.confirm);
    const { key } = await panel.revocation();
    expect(await faults(page)).toEqual([]);
    await expect(row.locator('.headline')).toContainText('Not confirmed');
    expect(await faults(page)).toEqual([]);
    await panel.tell(
      key,
      [
        { effect: 'record', ok: true },
        { effect: 'event', ok: false, detail: 'no log' },
        { effect: 'transport', ok: true },
      ],
      true,
    );
    await expect(row.locator('.headline')).toContainText('the transport ended');
    expect(await faults(page)).toEqual([]);
    await panel.host.locator('.revoke-all').click();
    await expect(panel.confirm).toHaveClass(/armed/);
    expect(await faults(page)).toEqual([]);
  });
}

test('revoked() of a session that nobody asked about changes nothing', async () => {
  await panel.host.evaluate((host: BearproofPanel) => host.revoked('sha256:0', [{ effect: 'record', ok: true }]));
  await expect(panel.host.locator('.result')).toHaveCount(0);
});
