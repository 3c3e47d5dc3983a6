// The panel as a test sees it.
import { expect, type Locator, type Page } from '@playwright/test';
import type { BearproofPanel, RevokeDetail } from '../../../web/panel/types.js';
import type { SessionView } from 'bearproof';
import type { Site } from './test.ts';

export interface PanelInput {
  source: string;
  /** An array: bytes. */
  content?: string | number[];
  lines?: boolean;
  oversized?: number;
  label?: string;
}

/** Properties of the element that tests set. */
export interface PanelProperties {
  now?: string | undefined;
  canStop?: boolean | undefined;
  stopSeconds?: number | undefined;
  remoteControl?: boolean | undefined;
  connection?: 'connected' | 'connecting' | 'none' | undefined;
}

export class Panel {
  constructor(
    readonly page: Page,
    readonly site: Site,
  ) {}

  get host(): Locator {
    return this.page.locator('bearproof-panel');
  }
  /** Sessions, as far as they are drawn. */
  get rows(): Locator {
    return this.host.locator('.row');
  }
  get confirmation(): Locator {
    return this.host.getByRole('alertdialog');
  }
  /** The button that confirms. */
  get confirm(): Locator {
    return this.confirmation.locator('.do');
  }
  get pending(): Locator {
    return this.host.locator('.waiting');
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.site.url}panel.html`);
    await expect(this.rows.first()).toBeVisible();
  }

  async set(properties: PanelProperties): Promise<void> {
    await this.host.evaluate((panel, given) => void Object.assign(panel, given), properties);
  }

  /** Gives the panel these documents and waits until they are drawn. @returns the milliseconds that it took in the page */
  async show(documents: PanelInput[], properties: PanelProperties = {}): Promise<number> {
    return this.host.evaluate(
      async (panel: BearproofPanel, [inputs, given]) => {
        const drawn = new Promise((resolve) => panel.addEventListener('bearproof-checked', resolve, { once: true }));
        Object.assign(panel, given);
        panel.documents = inputs.map(({ content, ...rest }) => ({
          ...rest,
          ...(content !== undefined && {
            content: typeof content === 'string' ? content : Uint8Array.from(content),
          }),
        }));
        const start = performance.now();
        await drawn;
        return performance.now() - start;
      },
      [documents, properties] as const,
    );
  }

  /** All of the view that is shown. */
  view(): Promise<SessionView> {
    return this.host.evaluate((panel: BearproofPanel) => panel.view());
  }

  /** Shows one document; the open card that it makes. */
  async one(content: string | number[], source = 'receipt.json'): Promise<Locator> {
    await this.leave();
    await this.show([]);
    await this.show([{ source, content }]);
    await expect(this.rows).toHaveCount(1);
    return this.opened(this.rows.first());
  }

  /** Takes pointer and focus out of the list: it follows what is shown. */
  async leave(): Promise<void> {
    await this.page.mouse.move(2, 2);
    await this.host.evaluate((host) => (host.shadowRoot?.activeElement as HTMLElement | null)?.blur());
  }

  /** Opens a row. */
  async opened(row: Locator): Promise<Locator> {
    await row.locator('.open').click();
    await expect(row.locator('dl')).toBeVisible();
    return row;
  }

  /** What an open card says beside a field's label, white space collapsed. */
  async field(card: Locator, name: string): Promise<string> {
    const content = await card.locator(`[data-field="${name}"] dd`).innerText();
    return content.replace(/\s+/g, ' ').trim();
  }

  standing(row: Locator): Locator {
    return row.locator('.standing b');
  }

  /** Row by its label. */
  row(label: string): Locator {
    return this.rows.filter({ has: this.page.locator('.open', { hasText: label }) });
  }

  /** A page that carries out revocations: `revocations` has what it was asked. */
  async answerRevocations(): Promise<void> {
    await this.page.evaluate(() => {
      const asked: RevokeDetail[] = [];
      Object.assign(window, { revocations: asked });
      document.addEventListener('bearproof-revoke', (event) => {
        event.preventDefault();
        asked.push(event.detail);
      });
    });
  }

  revocations(): Promise<RevokeDetail[]> {
    return this.page.evaluate(() => (window as unknown as { revocations: RevokeDetail[] }).revocations);
  }

  /** The first revocation that the page was asked for: it comes some time after the press. */
  async revocation(): Promise<RevokeDetail> {
    await expect.poll(async () => (await this.revocations()).length).toBeGreaterThan(0);
    return (await this.revocations())[0] as RevokeDetail;
  }

  /** Tells what came of a revocation, as the page does. */
  async tell(key: string, effects: { effect: string; ok: boolean; detail?: string }[], final = false): Promise<void> {
    await this.host.evaluate(
      (panel: BearproofPanel, [key, effects, final]) => panel.revoked(key, effects as never, { final }),
      [key, effects, final] as const,
    );
  }

  /** Presses at the middle of an element without bringing it into view first: nothing moves. */
  async press(target: Locator, options: { clickCount?: number; delay?: number } = {}): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('there is nothing to press');
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, options);
  }

  /** Opens the confirmation of a row's session and waits until it counts. */
  async askToRevoke(row: Locator): Promise<void> {
    await this.press(row.locator('.revoke'));
    await expect(this.confirm).toHaveClass(/armed/);
  }
}

declare global {
  interface DocumentEventMap {
    'bearproof-revoke': CustomEvent<RevokeDetail>;
  }
}
