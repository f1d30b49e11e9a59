import { finalize, isObservable } from 'rxjs';

/** Plays one call of a handler, and notes when it has finished, before the bus can know. */
export function play(call: () => unknown, finished: () => void): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    finished();
    throw error;
  }
  if (isObservable(result)) return result.pipe(finalize(finished));
  // It may have a `then` of its own, which is for the bus.
  if (result instanceof Promise) void Promise.prototype.then.call(result, finished, finished);
  else finished();
  return result;
}
