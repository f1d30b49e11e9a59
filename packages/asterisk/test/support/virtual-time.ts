import type { VirtualTimeScheduler } from 'rxjs';

/** Lets everything run that is ready to: microtasks, and I/O that has arrived. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
}
