import { isAsynchronous, settlement } from './settlement.js';

/** Calls a user's code. What it throws, or what it returns fails with, goes to `fail`. */
export function contain(call: () => unknown, fail: (error: unknown) => void): void {
  try {
    const result = call();
    if (isAsynchronous(result)) settlement(result).then(undefined, fail);
  } catch (error) {
    fail(error);
  }
}
