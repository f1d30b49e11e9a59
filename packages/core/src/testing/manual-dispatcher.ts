import type { Dispatcher } from '../mailbox/turn.js';

/** A dispatcher that waits to be told: a test decides when mailboxes are drained. */
export interface ManualDispatcher extends Dispatcher {
  /** How many drains wait. */
  readonly pending: number;
  /** Runs the drain that has waited longest. Returns whether there was one. */
  step(): boolean;
  /**
   * Runs drains until none is pending, those included that come meanwhile. What an asynchronous handler leaves behind
   * goes on when it settles, and not here.
   * @returns how many drains ran
   */
  flush(): number;
}

/**
 * Makes a dispatcher for a bus or a subscription whose mailboxes are drained by hand, in the order in which they became
 * ready.
 *
 * @example
 * const dispatcher = createManualDispatcher();
 * const calls = createBus({ dispatcher }).topic('calls');
 * subscribe(calls, (message) => seen.push(message));
 * calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
 * dispatcher.flush(); // only now the handler runs
 */
export function createManualDispatcher(): ManualDispatcher {
  const drains: (() => void)[] = [];

  function step(): boolean {
    const drain = drains.shift();
    drain?.();
    return drain !== undefined;
  }

  function flush(): number {
    let count = 0;
    while (step()) count++;
    return count;
  }

  const dispatcher: Dispatcher = (drain) => {
    drains.push(drain);
  };
  return Object.defineProperties(dispatcher, {
    pending: { get: () => drains.length },
    step: { value: step },
    flush: { value: flush },
  }) as ManualDispatcher;
}
