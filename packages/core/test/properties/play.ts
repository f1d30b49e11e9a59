import { finalize, isObservable } from 'rxjs';
import type { Step } from './action.js';

/**
 * What a handler does in its calls.
 *
 * @param call counts them from 0
 * @param fail gives what to throw
 * @returns what the handler returns
 */
export type Script<Self> = (call: number, fail: () => Error, self?: Self) => unknown;

/** Has the steps run in the given place, one each call, and then nothing. */
export function scriptIn<Place, Self>(place: Place, steps: readonly Step<Place, Self>[]): Script<Self> {
  return (call, fail, self) => steps[call]?.run(place, fail, self);
}

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
