import { conflate, StasisError, type Dispatcher } from '@stasis-rx/core';
import { throwError, type Observable } from 'rxjs';

/**
 * Tells React that a store has changed: at once, or when the dispatcher says so, once for many changes.
 *
 * @param dispatcher when it fails, that is reported, and React is told in a microtask (S9)
 * @returns ends it
 */
export function whenChanged(
  changes$: Observable<unknown>,
  dispatcher: Dispatcher | undefined,
  tell: () => void,
): () => void {
  const told$ =
    dispatcher === undefined ? changes$ : changes$.pipe(conflate(() => 'any', { dispatcher: unfailing(dispatcher) }));
  const subscription = told$.subscribe(tell);
  return () => {
    subscription.unsubscribe();
  };
}

/** The same dispatcher, but what it fails to do is done: `conflate` would end with it, and the component stay as it is. */
function unfailing(dispatcher: (drain: () => void) => unknown): Dispatcher {
  return (drain) => {
    const asked = new Promise((resolve) => {
      resolve(dispatcher(drain)); // an asynchronous one returns a promise, which may reject
    });
    asked.catch((error: unknown) => {
      report(error);
      drain();
    });
  };
}

/** A cache belongs to no bus, so there is none to report to: RxJS reports what fails with nobody listening. */
function report(cause: unknown): void {
  const text = '[react] the dispatcher failed; the component is told in a microtask.';
  throwError(() => new StasisError('DISPATCHER', text, { cause })).subscribe();
}
