// What is read aloud when sessions arrive: at most one announcement in five seconds, however many do.

/** Least time between two announcements, in milliseconds. */
const pause = 5000;

export interface Announcement {
  readonly words: string;
  /** Interrupts: for what is not admitted only. */
  readonly assertive: boolean;
}

export interface Arrival {
  readonly fresh: number;
  readonly refused: number;
  /** A single arrival in words. */
  readonly words: string;
}

export class Announcer {
  readonly #say: (announcement: Announcement) => void;
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fresh = 0;
  #refused = 0;
  #words = '';
  #urgent: string | undefined;

  constructor(say: (announcement: Announcement) => void) {
    this.#say = say;
  }

  arrived({ fresh, refused, words }: Arrival): void {
    if (fresh + refused === 0) return;
    this.#fresh += fresh;
    this.#refused += refused;
    this.#words = words;
    this.#schedule();
  }

  /** Something that concerns the whole browser, and is not admitted. */
  urgent(words: string): void {
    this.#urgent = words;
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + pause - performance.now());
    this.#timer = setTimeout(() => this.#speak(), wait);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#last = performance.now();
    const all = Math.max(this.#fresh, this.#refused);
    const sessions =
      all === 0
        ? ''
        : all === 1
          ? this.#words
          : this.#refused > 0
            ? `${all} sessions have changed; ${this.#refused} ${this.#refused === 1 ? 'is' : 'are'} not admitted.`
            : `${all} new sessions.`;
    const words = [this.#urgent ?? '', sessions].filter((part) => part !== '').join(' ');
    const assertive = this.#urgent !== undefined || this.#refused > 0;
    this.#fresh = this.#refused = 0;
    this.#urgent = undefined;
    this.#say({ words, assertive });
  }
}
