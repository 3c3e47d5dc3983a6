// The page's end of the worker: one check at a time, and of those that wait only the newest.
import type { Answer, Catalogue, Checked, CheckRequest, Failed, Ready, Request } from './protocol.js';
import { startWorker } from './trusted-worker.js';

export interface CheckerListener {
  ready(message: Ready): void;
  catalogue(message: Catalogue): void;
  checked(message: Checked): void;
  failed(message: Failed): void;
}

export class Checker {
  private readonly worker_: Worker;
  private waiting_: CheckRequest | undefined;
  private busy_ = true; // until the rule core is loaded
  private count_ = 0;

  constructor(listener: CheckerListener) {
    this.worker_ = startWorker();
    this.worker_.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.type === 'catalogue') {
        listener.catalogue(data);
        return;
      }
      this.busy_ = false;
      const superseded = data.type !== 'ready' && data.id !== 0 && data.id !== this.count_;
      this.next_();
      if (superseded) return;
      if (data.type === 'ready') listener.ready(data);
      else if (data.type === 'checked') listener.checked(data);
      else listener.failed(data);
    });
    this.worker_.addEventListener('error', (event) => {
      event.preventDefault();
      listener.failed({ type: 'failed', id: 0, message: event.message || 'its worker did not start' });
    });
  }

  /** Asks for a check; an older one that has not been answered yet is forgotten. */
  check(request: Omit<CheckRequest, 'id' | 'type'>): void {
    this.waiting_ = { ...request, type: 'check', id: ++this.count_ };
    if (!this.busy_) this.next_();
  }

  /** Asks for the catalogue. */
  askCatalogue(): void {
    this.post_({ type: 'catalogue' });
  }

  /** Drops the answer that is still to come: the text has changed. */
  forget(): void {
    this.waiting_ = undefined;
    ++this.count_;
  }

  private next_(): void {
    if (!this.waiting_) return;
    this.busy_ = true;
    this.post_(this.waiting_);
    this.waiting_ = undefined;
  }

  private post_(request: Request): void {
    this.worker_.postMessage(request);
  }
}
