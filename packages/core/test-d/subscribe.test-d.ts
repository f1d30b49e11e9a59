import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messages,
  messageType,
  ofType,
  serialize,
  subscribe,
  SubscriptionChange,
} from '@stasis-rx/core';
import type {
  AnyMessageType,
  CacheUpdateData,
  Handler,
  Message,
  MessageOf,
  MessageType,
  Received,
  SubscribeOptions,
  Subscription,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';
import { share, type Observable, type OperatorFunction } from 'rxjs';

interface Answered {
  id: string;
  agent: string;
}

interface Ended {
  id: string;
  durationMs: number;
}

const CallAnswered = messageType<Answered>('call_answered');
const CallEnded = messageType<Ended>('call_ended');
const calls = createBus().topic<Message<Answered> | Message<Ended>>('calls');

// S3: without a filter a handler gets the topic's union and subscription changes, told apart by the types' guards.
const subscription = subscribe(calls, (message, topic, self) => {
  expectTypeOf(message).toEqualTypeOf<Message<Answered> | Message<Ended> | Message<SubscriptionChangeData>>();
  expectTypeOf(topic.name).toEqualTypeOf<string>();
  expectTypeOf(self).toEqualTypeOf<Subscription>();
  if (CallAnswered.is(message)) expectTypeOf(message.data.agent).toEqualTypeOf<string>();
  if (SubscriptionChange.is(message)) {
    expectTypeOf(message.data.description).toEqualTypeOf<'Subscribe' | 'Unsubscribe'>();
  }
});
expectTypeOf(subscription).toEqualTypeOf<Subscription>();

// S8: a filter by type narrows what the handler gets.
subscribe(calls, (message) => expectTypeOf(message.data.agent).toEqualTypeOf<string>(), { accept: [CallAnswered] });
subscribe(calls, (message) => expectTypeOf(message.data.id).toEqualTypeOf<string>(), {
  accept: [CallAnswered, CallEnded],
});
subscribe(
  calls,
  // @ts-expect-error an answered call has no duration yet
  (message) => message.data.durationMs,
  { accept: [CallAnswered] },
);

// Options are checked.
// @ts-expect-error there are two ways of delivery
subscribe(calls, () => undefined, { delivery: 'sometimes' });
// @ts-expect-error a filter is made of message types, not of their names
subscribe(calls, () => undefined, { accept: ['call_answered'] });
// @ts-expect-error a subscription is a topic's, not an Observable's
subscribe(calls.asObservable(), () => undefined);

// Operators infer like subscriptions do.
expectTypeOf(calls.pipe(ofType(CallAnswered))).toEqualTypeOf<Observable<Message<Answered>>>();
expectTypeOf(calls.pipe(ofType(CallAnswered, CallEnded))).toEqualTypeOf<
  Observable<Message<Answered> | Message<Ended>>
>();
expectTypeOf(messages(calls, { accept: [CallEnded] })).toEqualTypeOf<Observable<Message<Ended>>>();
expectTypeOf(messages(calls)).toEqualTypeOf<
  Observable<Message<Answered> | Message<Ended> | Message<SubscriptionChangeData>>
>();

// ... and serialize emits what its handler promises.
expectTypeOf(calls.pipe(serialize((message) => Promise.resolve(message.data.id)))).toEqualTypeOf<Observable<string>>();
expectTypeOf(calls.pipe(serialize((message) => message.data.id.length))).toEqualTypeOf<Observable<number>>();
expectTypeOf(calls.pipe(serialize(() => messages(calls, { accept: [CallEnded] })))).toEqualTypeOf<
  Observable<Message<Ended>>
>();

// S8: subscription changes can be accepted beside messages, and are told apart by their guard.
subscribe(
  calls,
  (message) => {
    expectTypeOf(message).toEqualTypeOf<Message<Answered> | Message<SubscriptionChangeData>>();
    if (SubscriptionChange.is(message)) expectTypeOf(message.data.uniqueId).toEqualTypeOf<string>();
  },
  { accept: [CallAnswered, SubscriptionChange] },
);

// S8: filters that are put together elsewhere work without a type argument too.
const accepted = [CallAnswered, CallEnded] as const;
subscribe(calls, (message) => expectTypeOf(message.data.id).toEqualTypeOf<string>(), { accept: accepted });
subscribe(calls, (message) => expectTypeOf(message.type.name).toEqualTypeOf<string>(), { acceptFormats: ['json'] });
subscription.accept(CallAnswered, SubscriptionChange);
// @ts-expect-error a filter is made of message types, not of their names
subscription.accept('call_answered');

// M3: a handler cannot write to what it is given.
subscribe(
  calls,
  (message) => {
    // @ts-expect-error data stays
    message.data.agent = 'bob';
  },
  { accept: [CallAnswered] },
);

// S2: a handler needs to take no more than it uses, and may return anything.
function logMessage(message: Message): void {
  expectTypeOf(message.data).toEqualTypeOf<unknown>();
}
subscribe(calls, logMessage);
subscribe(calls, async () => Promise.resolve(5));
// @ts-expect-error a handler of other messages is not for this topic
subscribe(calls, (message: Message<{ queue: string }>) => message);

// S6: how a subscription stands can be read, and not written.
expectTypeOf(subscription.isDone).toEqualTypeOf<boolean>();
// @ts-expect-error what a subscription is stays
subscription.isDone = true;

// T5: publishing in step takes messages.
expectTypeOf(subscription.publishSync(CallAnswered({ id: '1', agent: 'ann' }))).toEqualTypeOf<Promise<void>>();
// @ts-expect-error data alone is no message
void subscription.publishSync({ id: '1' });

// A subscription is disposable, either way.
expectTypeOf(subscription).toExtend<Disposable & AsyncDisposable>();

// T6: hooks know what they are given.
subscribe(calls, () => undefined, {
  onError: (error) => expectTypeOf(error.code).toEqualTypeOf<string>(),
  onFinal: (message) => expectTypeOf(message.data.uniqueId).toEqualTypeOf<string>(),
  signal: AbortSignal.abort(),
});

// Options that are left undefined are options left out.
subscribe(calls, () => undefined, { accept: undefined, signal: undefined, highWater: undefined });

type Call = Message<Answered> | Message<Ended>;

// S8: with both filters either suffices, so that everything may come.
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), {
  accept: [CallAnswered],
  acceptFormats: ['json'],
});
expectTypeOf(messages(calls, { accept: [CallAnswered], acceptFormats: ['json'] })).toEqualTypeOf<
  Observable<Received<Call>>
>();
declare const answeredOnly: Handler<Message<Answered>>;
subscribe(calls, answeredOnly, { accept: [CallAnswered] });
// @ts-expect-error an ended call that has the form comes too
subscribe(calls, answeredOnly, { accept: [CallAnswered], acceptFormats: ['json'] });
// @ts-expect-error without a filter everything comes
subscribe(calls, answeredOnly);
subscribe(calls, answeredOnly, { accept: [CallAnswered], acceptFormats: undefined });

// S8: so too with filters that are not known to be there, or not to be there.
declare const options: SubscribeOptions;
declare const isSure: boolean;
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), options);
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), {});
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), {
  ...options,
  accept: [CallAnswered],
});
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), {
  accept: isSure ? [CallAnswered] : undefined,
});
subscribe(calls, (message) => expectTypeOf(message).toEqualTypeOf<Message<Answered>>(), {
  ...options,
  accept: [CallAnswered],
  acceptFormats: undefined,
  onError: (error) => error.code,
});
export function subscribeTo<M extends Message>(topic: Topic<M>, handler: Handler<Received<M>>): Subscription {
  return subscribe(topic, handler, options);
}

// S8: a type whose messages the topic cannot carry is no filter.
const QueueFull = messageType<{ queue: string }>('queue_full');
const answered = createBus().topic<Message<Answered>>('answered');
// @ts-expect-error a topic of calls carries nothing about queues
subscribe(calls, () => undefined, { accept: [QueueFull] });
subscribe(calls, () => undefined, {
  accept: [
    CallAnswered,
    // @ts-expect-error it is the type that cannot come which is wrong
    QueueFull,
  ],
  onError: (error) => error.code,
});
// @ts-expect-error nor does it become one beside a filter by formats
subscribe(calls, () => undefined, { accept: [QueueFull], acceptFormats: ['json'] });
// @ts-expect-error nor when it is not sure
subscribe(calls, () => undefined, { accept: isSure ? [QueueFull] : undefined });
// @ts-expect-error nor in an array of such types
subscribe(calls, () => undefined, { accept: [QueueFull, QueueFull] as (typeof QueueFull)[] });
// @ts-expect-error the same for the operator
messages(calls, { accept: [QueueFull] });
// @ts-expect-error an ended call is no answered one
subscribe(answered, () => undefined, { accept: [CallEnded] });
// @ts-expect-error updates of a cache are published by its caching topic
subscribe(answered, () => undefined, { accept: [CacheUpdate] });

// @ts-expect-error nor has an operator anything to let through
calls.pipe(ofType(QueueFull));
calls.pipe(
  share(),
  // @ts-expect-error also behind another one, and as one of several
  ofType(CallAnswered, QueueFull),
);

// S8: what every topic carries is always accepted, and cache updates where they are published.
const { topic: cached } = createCachingTopic(answered, createCache({ id: () => undefined }));
subscribe(cached, (message) => expectTypeOf(message).toEqualTypeOf<Message<CacheUpdateData>>(), {
  accept: [CacheUpdate],
});
subscribe(
  answered,
  (message) => expectTypeOf(message).toEqualTypeOf<Message<Message> | Message<SubscriptionChangeData>>(),
  { accept: [CacheClear, SubscriptionChange] },
);

// S8: a type is accepted when it may match: one that tells less or more than the topic's, or one of several.
const Identified = messageType<{ id: string }>('identified');
const Transferred = messageType<Answered & { from: string }>('transferred');
declare const someTypes: (typeof CallAnswered | typeof QueueFull)[];
declare const whatever: MessageType<unknown>;
subscribe(calls, (message) => expectTypeOf(message.data.id).toEqualTypeOf<string>(), { accept: [Identified] });
subscribe(answered, (message) => expectTypeOf(message.data.from).toEqualTypeOf<string>(), { accept: [Transferred] });
subscribe(answered, () => undefined, { accept: someTypes });
subscribe(answered, () => undefined, { accept: [whatever] });
export function subscribeToOne<T>(topic: Topic<Message<T>>, type: MessageType<T>): Subscription {
  return subscribe(topic, (message) => expectTypeOf(message).toEqualTypeOf<Message<T>>(), { accept: [type] });
}

// S8: where nothing is known, nothing is refused: of a topic of any message, and of a type of any data.
declare const types: readonly AnyMessageType[];
subscribe(createBus().topic('everything'), ({ data }) => expectTypeOf(data.queue).toEqualTypeOf<string>(), {
  accept: [QueueFull],
});
subscribe(answered, (message) => expectTypeOf(message).toEqualTypeOf<Message>(), { accept: types });
export function subscribeToType<Type extends AnyMessageType>(
  topic: Topic,
  type: Type,
  handler: Handler<MessageOf<Type>>,
): Subscription {
  return subscribe(topic, handler, { accept: [type] });
}
export function subscribeToAny<M extends Message>(topic: Topic<M>): Subscription {
  return subscribe(topic, () => undefined, { accept: [SubscriptionChange, ...types] });
}

// S8: an operator that is made for itself, or for a topic of any message, lets any type through.
declare const everything: Topic;
const queueFull = ofType(QueueFull);
expectTypeOf(queueFull).toEqualTypeOf<OperatorFunction<Message, Message<{ queue: string }>>>();
expectTypeOf(everything.pipe(ofType(QueueFull))).toEqualTypeOf<Observable<Message<{ queue: string }>>>();
expectTypeOf(everything.pipe(ofType(...types))).toEqualTypeOf<Observable<Message>>();
expectTypeOf(messages(calls).pipe(share(), ofType(SubscriptionChange))).toEqualTypeOf<
  Observable<Message<SubscriptionChangeData>>
>();
export function onlyOf<Type extends AnyMessageType>(type: Type): Observable<MessageOf<Type>> {
  return everything.pipe(ofType(type));
}

// S8: who knows better says so, of the type or of the topic.
subscribe(answered, (message) => QueueFull.is(message) && message.data.queue, {
  accept: [QueueFull as AnyMessageType],
});
answered.pipe(ofType(QueueFull as AnyMessageType));
subscribe(answered as Topic, ({ data }) => expectTypeOf(data.queue).toEqualTypeOf<string>(), {
  accept: [QueueFull],
});
