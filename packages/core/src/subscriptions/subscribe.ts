import {
  assertFunction,
  assertName,
  assertOneOf,
  assertOptions,
  assertSignal,
  assertStrings,
} from '../errors/assert.js';
import { assertTopic } from '../topics/assert-topic.js';
import type { EachCarried } from '../messages/carried.js';
import type { StasisError } from '../errors/errors.js';
import { Filter } from './filter.js';
import type { Message } from '../messages/message.js';
import { assertMessageTypes, type MessageOf } from '../messages/message-type.js';
import type { AnyMessageType } from '../messages/message.js';
import { boundedBy, type CapacityOptions } from '../mailbox/limits.js';
import type { SubscriptionChangeData } from '../messages/subscription-change.js';
import { LiveSubscription } from './live-subscription.js';
import type { SubscriptionHooks } from './subscription-hooks.js';
import type { SubscriptionSettings } from './subscription-settings.js';
import { busOf } from './subscriptions-context.js';
import type { Handler, Subscription } from './subscription.js';
import type { Topic } from '../topics/topic.js';
import type { Dispatcher } from '../mailbox/turn.js';
import { waterMarks, type WaterMarkOptions } from '../mailbox/water-marks.js';

/** How a subscription gets its messages. */
export interface SubscribeOptions extends WaterMarkOptions, CapacityOptions {
  /**
   * Only messages of these types (S8); an empty array accepts none. A type whose messages the topic cannot carry does not
   * compile. Where you know better: `accept: [CallAnswered as AnyMessageType]`, or `topic as Topic`. Default: all.
   */
  readonly accept?: readonly AnyMessageType[] | undefined;
  /** Only messages whose type has one of these formatters; together with `accept`, either suffices (S8). Default: all. */
  readonly acceptFormats?: readonly string[] | undefined;
  /**
   * `queued`: through a mailbox, in a later microtask. `synchronous`: on the publisher's stack, and behind the mailbox
   * only while an asynchronous handler is being waited for (S9). Default: `queued`.
   */
  readonly delivery?: 'queued' | 'synchronous' | undefined;
  /** When the mailbox is drained. Default: the bus's. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Takes the handler's failures, as `DispatchError`s. Default: the bus's. */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /** Called once, after the final message has been handled or kept back by the filter. */
  readonly onFinal?: ((message: Message<SubscriptionChangeData>) => unknown) | undefined;
  /** Unsubscribes when it aborts; when it has, the subscription gets its own announcement and its final message. */
  readonly signal?: AbortSignal | undefined;
  /** For people and for statistics. Default: the handler's name, else the subscription's id. */
  readonly name?: string | undefined;
}

/** What a handler without a filter gets: the topic's messages, and the comings and goings of its subscriptions. */
export type Received<M extends Message> = M | Message<SubscriptionChangeData>;

/**
 * What a handler gets under these filters: with a filter by type alone the messages of its types; else what it gets
 * without a filter, since where there is a filter by formats too, either suffices (S8).
 */
export type Accepted<M extends Message, Accept extends readonly AnyMessageType[] | undefined, Formats> = {
  /** Of the types of the filter. */
  readonly some: MessageOf<NonNullable<Accept>[number]>;
  /** As without a filter. */
  readonly all: Received<M>;
}[[Accept, Formats] extends [readonly unknown[], undefined] ? 'some' : 'all'];

/**
 * The filters among {@link SubscribeOptions}, as `subscribe` infers them. Two shapes, so that `undefined` in place of an
 * array is seen under every setting of the compiler.
 */
export type FilterOptions<M extends Message, Accept, Formats> = (
  | {
      /** As in {@link SubscribeOptions}. */
      readonly accept: Accept & EachCarried<M, Accept>;
    }
  | {
      /** As in {@link SubscribeOptions}. */
      readonly accept?: EachCarried<M, Accept>;
    }
) & {
  /** As in {@link SubscribeOptions}. */
  readonly acceptFormats?: Formats;
};

/**
 * Subscribes a handler to a topic. The first message that it gets is the announcement of its own subscription (S3), the
 * last one its final message (S4); in between come, one at a time and in the order of publishing (S1, T3), what is
 * published on the topic and what is forwarded to it. Models `stasis_subscribe`.
 *
 * @param topic where to subscribe; when it has ended, the subscription gets its announcement and its final message
 * @param handler called with the message, the topic to which it was first published, and the subscription (S2). Typed by
 * `accept`; without it, or with `acceptFormats`, as {@link Received}
 * @param options filters, way of delivery, hooks; read once
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * const subscription = subscribe(calls, async (message) => save(message.data), { accept: [CallAnswered] });
 * subscription.unsubscribe();
 * await subscription.join();
 */
export function subscribe<
  M extends Message,
  const Accept extends readonly AnyMessageType[] | undefined = undefined,
  Formats extends readonly string[] | undefined = undefined,
>(
  topic: Topic<M>,
  handler: Handler<Accepted<M, Accept, Formats>>,
  options?: SubscribeOptions & FilterOptions<M, Accept, Formats>,
): Subscription;
export function subscribe(topic: Topic, handler: Handler<never>, options: SubscribeOptions = {}): Subscription {
  return startSubscription(topic, handler as Handler, options);
}

/** Subscribes, for those that pass on how it ends, too: by which error, if the topic has ended by one. */
export function startSubscription(
  topic: Topic,
  handler: Handler,
  options: SubscribeOptions,
  onEnd?: SubscriptionHooks['onEnd'],
): Subscription {
  const call = 'subscribe';
  assertTopic(call, 'topic', topic);
  assertFunction(call, 'handler', handler);
  return new LiveSubscription(topic, handler, { ...settings(call, topic, options), onEnd }).start(options.signal);
}

function settings(call: string, topic: Topic, options: SubscribeOptions): SubscriptionSettings {
  assertOptions(call, options, {
    accept: assertMessageTypes,
    acceptFormats: assertStrings,
    delivery: assertOneOf('queued', 'synchronous'),
    dispatcher: assertFunction,
    name: assertName,
    onError: assertFunction,
    onFinal: assertFunction,
    overflow: assertOneOf('drop-oldest', 'drop-newest', 'refuse'),
    signal: assertSignal,
  });
  const { accept, acceptFormats, delivery, dispatcher, name, onError, onFinal } = options;
  const bus = busOf(topic);
  return {
    name,
    onError,
    onFinal,
    filter: new Filter(accept, acceptFormats),
    isSynchronous: delivery === 'synchronous',
    turn: dispatcher === undefined ? bus.turn : bus.turnOf(dispatcher),
    limits: boundedBy(call, options, waterMarks(call, options, bus.marks)),
  };
}
