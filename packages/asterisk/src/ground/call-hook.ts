import { throwError } from 'rxjs';

/**
 * Calls a user's hook, if there is one. One that throws or rejects is contained: its error is reported where RxJS reports
 * an unhandled one (`config.onUnhandledError`, else the host, on a later task).
 */
export function callHook<A extends unknown[]>(hook: ((...args: A) => unknown) | undefined, ...args: A): void {
  try {
    const result = hook?.(...args);
    if (result instanceof Promise) result.catch(reportUnhandled);
  } catch (error) {
    reportUnhandled(error);
  }
}

/** An Observable that fails with nobody listening: RxJS itself does the rest. */
function reportUnhandled(error: unknown): void {
  throwError(() => error).subscribe();
}
