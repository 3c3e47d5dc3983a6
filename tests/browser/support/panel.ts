// The panel as a test sees it.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Report } from 'bearproof';
import type { Site } from './test.ts';

export interface PanelInput {
  source: string;
  /** An array: bytes. */
  content: string | number[];
}

export class Panel {
  constructor(
    readonly page: Page,
    readonly site: Site,
  ) {}

  get host(): Locator {
    return this.page.locator('bearproof-panel');
  }
  get cards(): Locator {
    return this.host.locator('article.card');
  }
  get summary(): Locator {
    return this.host.getByRole('status');
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.site.url}panel.html`);
    await expect(this.cards.first()).toBeVisible();
  }

  /** Gives the panel these documents and waits until they are drawn. @returns the milliseconds that it took in the page */
  async show(documents: PanelInput[]): Promise<number> {
    return this.page.evaluate(async (inputs) => {
      const panel = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown };
      const drawn = new Promise((resolve) => panel.addEventListener('bearproof-checked', resolve, { once: true }));
      panel.documents = inputs.map(({ source, content }) => ({
        source,
        content: typeof content === 'string' ? content : Uint8Array.from(content),
      }));
      const start = performance.now();
      await drawn;
      return performance.now() - start;
    }, documents);
  }

  /** As `show`. @returns the report */
  async report(documents: { source: string; content: string }[]): Promise<Report> {
    return this.page.evaluate(async (inputs) => {
      const panel = document.querySelector('bearproof-panel') as HTMLElement & { documents: unknown };
      const drawn = new Promise<Report>((resolve) => {
        panel.addEventListener('bearproof-checked', (event) => resolve((event as CustomEvent<Report>).detail), {
          once: true,
        });
      });
      panel.documents = inputs;
      return drawn;
    }, documents);
  }

  /** Shows one document; the card it makes. */
  async one(content: string | number[], source = 'receipt.json'): Promise<Locator> {
    await this.show([{ source, content }]);
    await expect(this.cards).toHaveCount(1);
    return this.cards.first();
  }

  /** What a card says beside a field's label, white space collapsed. */
  async field(card: Locator, name: string): Promise<string> {
    const content = await card.locator(`[data-field="${name}"] dd`).innerText();
    return content.replace(/\s+/g, ' ').trim();
  }

  standing(card: Locator): Locator {
    return card.locator('.standing');
  }
}
