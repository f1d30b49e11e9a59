import type { Message } from './message.js';
import { subscribe } from './subscribe.js';
import { SubscriptionChange } from './subscription-change.js';
import type { Topic } from './topic.js';

/**
 * A topic as an async iterator. Its handler is a promise that the next pull resolves: the mailbox is the buffer, and
 * its water marks apply.
 */
export function iterate<M extends Message>(topic: Topic<M>): AsyncIterableIterator<M> {
  const pulls: ((result: IteratorResult<M>) => void)[] = [];
  let held: M | undefined;
  let release: (() => void) | undefined;
  let isEnded = false;
  const subscription = subscribe(topic, receive, { name: `for await (${topic.name})`, onFinal: end });

  function receive(message: Message): Promise<void> | undefined {
    if (isEnded || SubscriptionChange.is(message)) return undefined;
    held = message as M;
    if (answer()) return undefined;
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  /** Answers a pull with what is held, all with the end once that has come. Returns whether nothing is held any more. */
  function answer(): boolean {
    while (pulls.length > 0 && (held !== undefined || isEnded)) {
      pulls.shift()?.({ value: held, done: held === undefined } as IteratorResult<M>);
      drop();
    }
    return held === undefined;
  }

  function drop(): void {
    held = undefined;
    release?.();
  }

  function end(): void {
    isEnded = true;
    drop();
    answer();
  }

  return {
    next() {
      return new Promise((resolve) => {
        pulls.push(resolve);
        answer();
      });
    },
    return() {
      subscription.unsubscribe();
      end();
      return this.next();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
