import type { DestroyRef } from '@angular/core';

/**
 * Calls back when the component, directive or service is destroyed; at once when it is gone already.
 *
 * @returns stops waiting
 */
export function whenDestroyed(destroyRef: DestroyRef, callback: () => void): () => void {
  try {
    return destroyRef.onDestroy(callback);
  } catch {
    // What is destroyed takes no callbacks. Not every Angular 20 has `destroyRef.destroyed`.
    callback();
    return () => undefined;
  }
}
