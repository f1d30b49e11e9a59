import { isObservable, type Observable } from 'rxjs';

/** What a handler may return to be waited for. */
export type Asynchronous = PromiseLike<unknown> | Observable<unknown>;

/** Whether a handler's result is to be waited for: a thenable or an RxJS Observable. */
export function isAsynchronous(result: unknown): result is Asynchronous {
  if (result === null || (typeof result !== 'object' && typeof result !== 'function')) return false;
  return typeof (result as Partial<PromiseLike<unknown>>).then === 'function' || isObservable(result);
}

/**
 * Settles when the result does, once and later, whatever the result does: an Observable with its completion. A native
 * promise is its own settlement, unless it has a `then` of its own: that might call back twice, or at once.
 */
export function settlement(result: Asynchronous): Promise<unknown> {
  if (result instanceof Promise && result.then === Promise.prototype.then) return result;
  return new Promise<unknown>((resolve, reject) => {
    if (isObservable(result)) result.subscribe({ complete: () => resolve(undefined), error: reject });
    else resolve(result);
  });
}
