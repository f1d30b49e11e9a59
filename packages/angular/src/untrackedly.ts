import { untracked } from '@angular/core';

/**
 * The same function, but whoever publishes, be it in an effect or a `computed`, does not depend on the signals that it
 * reads, and it may write signals. What is no function stays as it is, for the bus to refuse.
 */
export function untrackedly<Callback>(callback: Callback): Callback {
  if (typeof callback !== 'function') return callback;
  return ((...args: unknown[]): unknown =>
    untracked(() => (callback as (...args: unknown[]) => unknown)(...args))) as Callback;
}
