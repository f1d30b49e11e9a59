import type { Dispatcher } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';

/** When the mailboxes of a program are drained. */
export interface Driver {
  /** `undefined`: the bus's own. */
  readonly dispatcher: Dispatcher | undefined;
  /** Drains one mailbox, where that is done by hand. */
  step(): void;
  /** Drains what is pending, where that is done by hand. */
  flush(): void;
}

const idle = { step: () => undefined, flush: () => undefined };

/** The default dispatcher, and dispatchers that a user may come up with. */
export const drivers: Readonly<Record<string, () => Driver>> = {
  'the default dispatcher': () => ({ ...idle, dispatcher: undefined }),
  'a manual dispatcher': () => {
    const dispatcher = createManualDispatcher();
    return {
      dispatcher,
      step: () => void dispatcher.step(),
      flush: () => void dispatcher.flush(),
    };
  },
  'a manual dispatcher, last come first served': () => {
    const drains: (() => void)[] = [];
    const step = (): void => drains.pop()?.();
    const flush = (): void => {
      while (drains.length > 0) step();
    };
    return { dispatcher: (drain) => drains.push(drain), step, flush };
  },
  'a dispatcher that drains at once': () => ({
    ...idle,
    dispatcher: (drain) => {
      drain();
    },
  }),
  'a dispatcher that drains twice, later': () => ({
    ...idle,
    dispatcher: (drain) => {
      queueMicrotask(drain);
      setImmediate(drain);
    },
  }),
};
