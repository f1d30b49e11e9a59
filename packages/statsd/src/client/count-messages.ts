import { InvalidArgumentError, subscribe, SubscriptionChange } from '@stasis-rx/core';
import type { AnyMessageType, Message, Subscription, Topic } from '@stasis-rx/core';
import type { StatsDClient } from './client.js';

/** How messages are counted. */
export interface CountMessagesOptions {
  /** What the names begin with, before a dot and the name of the type. Default `stasis.message`. */
  readonly prefix?: string | undefined;
}

/** A running count of a topic's messages. Ends with the topic, or when it is unsubscribed. */
export interface MessageCounter {
  /** Stops counting. What was published before is still counted. */
  unsubscribe(): void;
  /** Resolves when it has ended and the last message has been counted. */
  join(): Promise<void>;
  /** Same as `unsubscribe`. */
  [Symbol.dispose](): void;
  /** `unsubscribe`, then `join`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Counts the messages of a topic, those forwarded to it among them, in the order in which they are published: each one
 * is a meter, `<prefix>.<type name>:1|m` (D3). Subscription changes are not counted. When the client aggregates, one line a
 * type and flush interval says how many there were: `<prefix>.<type name>:42|m` (D4).
 *
 * @param topic whose messages are counted
 * @param statsd takes the meters; it stays open
 * @param options the prefix
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * ```ts
 * import { createBus, messageType } from '@stasis-rx/core';
 * import { countMessages, createStatsDClient } from '@stasis-rx/statsd';
 *
 * const CallAnswered = messageType<{ id: string }>('call_answered');
 * const calls = createBus().topic('calls');
 * const statsd = createStatsDClient();
 *
 * const counter = countMessages(calls, statsd, { prefix: 'pbx.message' });
 * calls.publish(CallAnswered({ id: '1' })); // pbx.message.call_answered:1|m
 *
 * counter.unsubscribe();
 * await counter.join();
 * await statsd.close();
 * ```
 */
export function countMessages<M extends Message>(
  topic: Topic<M>,
  statsd: Pick<StatsDClient, 'meter'>,
  options: CountMessagesOptions = {},
): MessageCounter {
  assertArguments(statsd, options);
  const names = new TypeNames(options.prefix ?? 'stasis.message');
  const subscription = subscribe(
    topic,
    (message) => {
      if (!SubscriptionChange.is(message)) statsd.meter(names.of(message.type), 1);
    },
    { name: 'countMessages' },
  );
  return counterOf(subscription);
}

function assertArguments(statsd: Partial<StatsDClient> | null | undefined, options: CountMessagesOptions): void {
  const call = '[statsd] countMessages()';
  if (typeof statsd?.meter !== 'function') throw new InvalidArgumentError(call, 'a StatsD client', statsd);
  const { prefix } = options;
  if (prefix === undefined || (typeof prefix === 'string' && prefix !== '')) return;
  const expectation = 'prefix to be a string that is not empty';
  throw new InvalidArgumentError(call, expectation, prefix, 'Leave it out for stasis.message.');
}

function counterOf(subscription: Subscription): MessageCounter {
  return {
    unsubscribe: () => subscription.unsubscribe(),
    join: () => subscription.join(),
    [Symbol.dispose]: () => subscription.unsubscribe(),
    [Symbol.asyncDispose]: () => subscription[Symbol.asyncDispose](),
  };
}

/** The name of each type's meter, put together once. */
class TypeNames {
  readonly #prefix: string;
  readonly #names = new Map<unknown, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  of(type: AnyMessageType): string {
    const known = this.#names.get(type.identity);
    if (known !== undefined) return known;
    const name = `${this.#prefix}.${type.name}`;
    this.#names.set(type.identity, name);
    return name;
  }
}
