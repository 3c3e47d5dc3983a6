// How long the page's main thread was at work without a pause.
import { expect, type Page } from '@playwright/test';

export interface Blocks {
  /**
   * The longest task in milliseconds of the thread's own: what other programs of the machine take meanwhile is not counted.
   * Chromium tells it; Firefox tells nothing of the kind.
   */
  readonly task: number | undefined;
  /**
   * The longest time in milliseconds between two timers of the page that ask to follow each other at once, which browsers
   * keep 4 ms apart: how long the page did not answer, whatever the reason.
   */
  readonly gap: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const marks = { from: 'bearproof-from', to: 'bearproof-to' };

/** Measures in the page, from now on until `endOfGap`. Waits until the task is over by which the test asked for it. */
const startOfGap = (page: Page) =>
  page.evaluate(async ({ from }) => {
    await new Promise((resolve) => setTimeout(resolve));
    performance.mark(from);
    const gaps = { longest: 0, timer: 0 };
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      gaps.longest = Math.max(gaps.longest, now - last);
      last = now;
      gaps.timer = window.setTimeout(look);
    };
    look();
    Object.assign(window, { gaps });
  }, marks);

const endOfGap = (page: Page) =>
  page.evaluate(({ to }) => {
    performance.mark(to);
    const { gaps } = window as unknown as { gaps: { longest: number; timer: number } };
    clearTimeout(gaps.timer);
    return gaps.longest;
  }, marks);

/** The longest task between the two marks: what the test itself asks of the page lies before and after them. */
function longestTask(trace: string): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const at = (mark: string) => traceEvents.find(({ name }) => name === mark);
  const [from, to] = [at(marks.from), at(marks.to)];
  if (!from || !to) throw new Error('the trace does not tell when the measurement began and ended');
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, ts }) =>
      ph === 'X' &&
      name.endsWith('RunTask') &&
      pid === from.pid &&
      tid === from.tid &&
      ts > from.ts &&
      // The last one is the test's own.
      ts < to.ts - 1,
  );
  expect(tasks.length).toBeGreaterThan(10);
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}

/** Measures while `work` lasts. Of more than some seconds a trace is too long to be read: see `inPieces`. */
export async function measured<T>(page: Page, work: () => Promise<T>): Promise<{ result: T; blocks: Blocks }> {
  const browser = page.context().browser();
  const traces = browser?.browserType().name() === 'chromium';
  if (traces) await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await startOfGap(page);
  const result = await work();
  const gap = await endOfGap(page);
  const task = traces ? longestTask((await browser.stopTracing()).toString()) : undefined;
  return { result, blocks: { task, gap } };
}

/** Measures several stretches one after the other; what lies between them is not looked at. */
export async function inPieces<T>(
  page: Page,
  count: number,
  work: () => Promise<T>,
): Promise<{ results: T[]; blocks: Blocks }> {
  const results: T[] = [];
  const all: Blocks[] = [];
  for (let piece = 0; piece < count; piece++) {
    const { result, blocks } = await measured(page, work);
    results.push(result);
    all.push(blocks);
  }
  const tasks = all.flatMap(({ task }) => task ?? []);
  return {
    results,
    blocks: {
      task: tasks.length > 0 ? Math.max(...tasks) : undefined,
      gap: Math.max(...all.map(({ gap }) => gap)),
    },
  };
}
