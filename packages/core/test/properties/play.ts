import { finalize, isObservable } from 'rxjs';

/** Plays one call of a handler, and notes when it has finished, before the bus can see it. */
export function play(call: () => unknown, finished: () => void): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    finished();
    throw error;
  }
  if (isObservable(result)) return result.pipe(finalize(finished));
  if (result instanceof Promise) result.then(finished, finished);
  else finished();
  return result;
}
