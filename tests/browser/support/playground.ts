// The playground as a test sees it.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Site } from './test.ts';

export class Playground {
  constructor(
    readonly page: Page,
    readonly site: Site,
  ) {}

  get outcome(): Locator {
    return this.page.locator('#outcome');
  }
  get findings(): Locator {
    return this.page.locator('#findings .finding');
  }
  get content(): Locator {
    return this.page.locator('#editor .cm-content');
  }
  get caret(): Locator {
    return this.page.locator('#caret');
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** Opens the page and waits for the first verdict. */
  async open(): Promise<void> {
    await this.page.goto(`${this.site.url}playground.html`);
    await expect(this.outcome).toContainText(/Valid|Invalid|Unrecognised|Unreadable/);
    await expect(this.page.locator('html')).toHaveAttribute('data-ready');
  }

  /** Paths of all examples on offer, the set of all samples left out. */
  examples(): Promise<string[]> {
    return this.page
      .locator('#example-list [role=option]')
      .evaluateAll((options) =>
        options.map((option) => option.getAttribute('data-path') ?? '').filter((path) => path.endsWith('.json')),
      );
  }

  async choose(path: string): Promise<void> {
    await this.page.locator('#examples').click();
    await this.page.locator(`#example-list [data-path="${path}"]`).click();
  }

  /** Replaces the document, the way a paste does. */
  async type(text: string): Promise<void> {
    await this.content.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.paste(text);
  }

  /** Pastes at the caret. */
  async paste(text: string): Promise<void> {
    await this.content.evaluate((element, pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      // Firefox starts the event with an empty clipboard.
      if (event.clipboardData?.getData('text/plain') === '') event.clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(event);
    }, text);
  }

  /** Opens a file, by the page's own button. */
  async openFile(name: string, bytes: Uint8Array | string): Promise<void> {
    await this.page.setInputFiles('#open', {
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(bytes as Uint8Array),
    });
  }

  /** The editor's text, as far as it is drawn. */
  async text(): Promise<string> {
    return (await this.content.locator('.cm-line').allTextContents()).join('\n');
  }

  /** The whole report as the page has it. */
  async report(): Promise<string> {
    return this.page.locator('#report-text').evaluate((element) => element.textContent ?? '');
  }
}
