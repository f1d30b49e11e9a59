import { throwError } from 'rxjs';
import { contain } from './contain.js';

/** Takes the errors that must reach neither a publisher nor another subscription. */
export type ErrorHook<E = unknown> = (error: E) => unknown;

/**
 * Reports an error once: to the hook, else where RxJS reports an unhandled error (`config.onUnhandledError`, else the
 * host, on a later task). A hook that throws or rejects is contained, and its own error is reported in that last way.
 * Never throws.
 */
export function reportError<E>(error: E, hook: ErrorHook<E> = reportUnhandled): void {
  contain(() => hook(error), reportUnhandled);
}

/** An Observable that fails with nobody listening: RxJS itself does the rest. */
function reportUnhandled(error: unknown): void {
  throwError(() => error).subscribe();
}
