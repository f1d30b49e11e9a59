import { conflate, type Dispatcher } from '@stasis-rx/core';
import type { Observable } from 'rxjs';

/**
 * Tells React that a store has changed: at once, or when the dispatcher says so, once for many changes.
 *
 * @returns ends it
 */
export function whenChanged(
  changes$: Observable<unknown>,
  dispatcher: Dispatcher | undefined,
  tell: () => void,
): () => void {
  const told$ = dispatcher === undefined ? changes$ : changes$.pipe(conflate(() => 'any', { dispatcher }));
  const subscription = told$.subscribe(tell);
  return () => {
    subscription.unsubscribe();
  };
}
