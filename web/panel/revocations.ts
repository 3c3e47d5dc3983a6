// What came of revocations: each effect by itself, and one state in words.

import type { Effect, EffectName } from './types.js';

export const effectNames: readonly EffectName[] = ['record', 'event', 'transport', 'token'];

export type RevocationState =
  /** Somebody was asked; nothing came back yet. */
  | 'asked'
  /** The record says revoked; whether the transport ended is not known yet. */
  | 'recorded'
  /** The transport ended. */
  | 'ended'
  /** Nobody confirmed that the transport ended, or it was told that it did not. */
  | 'unconfirmed'
  /** Nobody carries out revocations here: the updated receipt was saved as a file. */
  | 'saved'
  /** The core made no updated receipt. */
  | 'failed';

/** A file that was made. */
export interface SavedFile {
  readonly name: string;
  readonly url: string;
}

export interface RevocationRun {
  readonly key: string;
  readonly effects: ReadonlyMap<EffectName, Effect>;
  readonly state: RevocationState;
  readonly files: readonly SavedFile[];
  readonly error: string | undefined;
}

/** Seconds after the host's own limit at which a revocation counts as not confirmed. */
const grace = 1;

export class Revocations {
  readonly #changed: (key: string) => void;
  readonly #runs = new Map<string, RevocationRun & { readonly final: boolean }>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param changed  is told of every change */
  constructor(changed: (key: string) => void) {
    this.#changed = changed;
  }

  get(key: string): RevocationRun | undefined {
    return this.#runs.get(key);
  }

  /** A host was asked, which has `stopSeconds` to end the transport. */
  ask(key: string, stopSeconds: number): void {
    this.forget(key);
    this.#runs.set(key, { key, effects: new Map(), state: 'asked', files: [], error: undefined, final: false });
    this.#timers.set(
      key,
      setTimeout(() => this.#expire(key), (stopSeconds + grace) * 1000),
    );
    this.#changed(key);
  }

  /** Files were saved in place of a host's work. */
  saved(key: string, files: readonly SavedFile[]): void {
    this.forget(key);
    this.#runs.set(key, { key, effects: new Map(), state: 'saved', files, error: undefined, final: true });
    this.#changed(key);
  }

  fail(key: string, error: string): void {
    this.forget(key);
    this.#runs.set(key, { key, effects: new Map(), state: 'failed', files: [], error, final: true });
    this.#changed(key);
  }

  /** Effects became known. @param final  no more will come */
  tell(key: string, effects: readonly Effect[], final: boolean): void {
    const run = this.#runs.get(key);
    if (!run || run.state === 'saved' || run.state === 'failed') return;
    const known = new Map(run.effects);
    for (const { effect, ok, detail } of effects) {
      if (!effectNames.includes(effect)) continue;
      known.set(effect, { effect, ok: ok === true, ...(typeof detail === 'string' && { detail }) });
    }
    const finished = run.final || final;
    const transport = known.get('transport');
    const state =
      transport?.ok === true
        ? 'ended'
        : transport?.ok === false || finished || run.state === 'unconfirmed'
          ? 'unconfirmed'
          : known.get('record')?.ok === true
            ? 'recorded'
            : 'asked';
    if (state === 'ended' || finished) this.#stop(key);
    this.#runs.set(key, { ...run, effects: known, state, final: finished });
    this.#changed(key);
  }

  /** Nothing of this revocation is shown any more. */
  forget(key: string): void {
    this.#stop(key);
    for (const { url } of this.#runs.get(key)?.files ?? []) URL.revokeObjectURL(url);
    if (this.#runs.delete(key)) this.#changed(key);
  }

  stop(): void {
    for (const key of [...this.#timers.keys()]) this.#stop(key);
  }

  #stop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #expire(key: string): void {
    this.#timers.delete(key);
    const run = this.#runs.get(key);
    if (!run || (run.state !== 'asked' && run.state !== 'recorded')) return;
    this.#runs.set(key, { ...run, state: 'unconfirmed' });
    this.#changed(key);
  }
}
