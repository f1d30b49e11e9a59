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
    const pull = pulls.shift();
    if (pull !== undefined) {
      pull({ value: message as M, done: false });
      return undefined;
    }
    held = message as M;
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  function take(): M | undefined {
    const message = held;
    held = undefined;
    release?.();
    release = undefined;
    return message;
  }

  function end(): void {
    isEnded = true;
    take();
    for (const pull of pulls.splice(0)) pull({ value: undefined, done: true });
  }

  return {
    next() {
      const value = take();
      if (value !== undefined) return Promise.resolve({ value, done: false });
      if (isEnded) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve) => pulls.push(resolve));
    },
    return() {
      subscription.unsubscribe();
      end();
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
