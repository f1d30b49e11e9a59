import type { VirtualTimeScheduler } from 'rxjs';

/** Lets everything run that is ready to: microtasks, and I/O that has arrived. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets everything run until a condition holds. Fails when it does not, so that no test waits for ever. */
export async function until(condition: () => boolean, withinMs = 20_000): Promise<void> {
  const startedAt = Date.now();
  while (!condition()) {
    if (Date.now() - startedAt > withinMs) throw new Error(`waited ${withinMs} ms for ${String(condition)}`);
    await nextTurn();
  }
}

/** Moves virtual time on, from one timer to the next, until the promise settles. */
export async function inVirtualTime<T>(scheduler: VirtualTimeScheduler, promise: Promise<T>): Promise<T> {
  const progress = { isSettled: false };
  const settle = () => (progress.isSettled = true);
  promise.then(settle, settle);
  while (!progress.isSettled) {
    await nextTurn();
    scheduler.flush();
  }
  return promise;
}

/** Moves virtual time on by so much, counted from the last timer that fired; what is due later stays. */
export function advance(scheduler: VirtualTimeScheduler, ms: number): void {
  scheduler.maxFrames = scheduler.now() + ms;
  scheduler.flush();
  scheduler.frame = scheduler.maxFrames;
}
