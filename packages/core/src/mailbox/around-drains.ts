import { StasisError } from '../errors/errors.js';

/** Surrounds the running of handlers: calls `drain` once, before it returns, wherever they are to run. */
export type Around = (drain: () => void) => void;

/** Without one, nothing is around them. */
export const NOTHING_AROUND: Around = (drain) => drain();

/**
 * Makes a user's function safe: it never throws, and what it fails to call is called nevertheless, so that no mailbox is
 * left behind.
 *
 * @param report takes what the function throws
 */
export function safelyAround(around: Around | undefined, report: (error: StasisError) => void): Around {
  if (around === undefined) return NOTHING_AROUND;
  return (drain) => {
    let hasRun = false;
    const runOnce = (): void => {
      if (hasRun) return;
      hasRun = true;
      drain();
    };
    try {
      around(runOnce);
    } catch (error) {
      report(new StasisError('AROUND', '[core] the function around the handlers failed.', { cause: error }));
    }
    runOnce();
  };
}
