import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  SubscriptionChange,
} from '@stasis-rx/core';
import type {
  AnyMessageType,
  Handler,
  Message,
  MessageOf,
  MessageType,
  Received,
  Subscription,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import type { MessageRouter } from '@stasis-rx/router';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';

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
const router = createMessageRouter(calls);

// R1: a route's handler gets the data of its type, and routes can be chained.
const chained = router
  .add(CallAnswered, (message) => expectTypeOf(message.data.agent).toEqualTypeOf<string>())
  .add(CallEnded, (message) => expectTypeOf(message.data.durationMs).toEqualTypeOf<number>());
expectTypeOf(chained).toExtend<MessageRouter<Message<Answered> | Message<Ended>>>();
// @ts-expect-error an answered call has no duration yet
router.add(CallAnswered, (message) => message.data.durationMs);
// @ts-expect-error a route is for a message type, not for its name
router.add('call_answered', () => undefined);

// R3: the default route gets what a handler without a filter gets.
router.setDefault((message) => {
  expectTypeOf(message).toEqualTypeOf<Message<Answered> | Message<Ended> | Message<SubscriptionChangeData>>();
});

// A route as a group is typed like its handler; so is what is published through the router.
expectTypeOf(router.route(CallEnded)).toEqualTypeOf<Observable<Message<Ended>>>();
expectTypeOf(router.publishSync(CallAnswered({ id: '1', agent: 'ann' }))).toEqualTypeOf<Promise<void>>();
// @ts-expect-error the topic is not for messages of this type
void router.publishSync(messageType<{ queue: string }>('queue_full')({ queue: 'sales' }));

// R1: options are a subscription's, but for the filters, which are the router's own.
createMessageRouter(calls, { name: 'calls', delivery: 'synchronous', highWater: 10, onError: () => undefined });
// @ts-expect-error the routes are the filter
createMessageRouter(calls, { accept: [CallAnswered] });
// @ts-expect-error the routes are the filter
createMessageRouter(calls, { acceptFormats: ['json'] });
// @ts-expect-error a router is a topic's, not an Observable's
createMessageRouter(calls.asObservable());

// S2: a route's handler gets the topic and the subscription too; the router shows the subscription, read-only.
router.add(CallEnded, (_message, topic, subscription) => {
  expectTypeOf(topic.name).toEqualTypeOf<string>();
  expectTypeOf(subscription).toEqualTypeOf<Subscription>();
});
expectTypeOf(router.subscription).toEqualTypeOf<Subscription>();
expectTypeOf(router.isDone).toEqualTypeOf<boolean>();
// @ts-expect-error a router keeps its subscription
router.subscription = chained.subscription;

// R1: subscription changes can have a route of their own.
router.add(SubscriptionChange, (message) => {
  expectTypeOf(message.data.description).toEqualTypeOf<'Subscribe' | 'Unsubscribe'>();
});

// R3: formats are names.
router.setDefault(() => undefined, { formats: ['json'] });
// @ts-expect-error one format is a list of one
router.setDefault(() => undefined, { formats: 'json' });

// A removed route is named by its type; removing can be chained.
router.remove(CallAnswered).add(CallAnswered, () => undefined);
// @ts-expect-error a route is for a message type, not for its name
router.remove('call_answered');

// R1: a route for messages that the topic cannot carry is none.
const QueueFull = messageType<{ queue: string }>('queue_full');
// @ts-expect-error a topic of calls carries nothing about queues
router.add(QueueFull, () => undefined);
// @ts-expect-error nor for observers
router.route(QueueFull);
// @ts-expect-error updates of a cache are published by its caching topic
router.add(CacheUpdate, () => undefined);
// @ts-expect-error so this one is for the router of that topic
router.addCacheUpdate(CallAnswered, () => undefined);
router.add(CacheClear, ({ data }) => expectTypeOf(data.type).toExtend<AnyMessageType>());
router.route(SubscriptionChange);
router.remove(QueueFull);

// R1: cache updates have routes where they are published, and where anything may be.
const { topic: cached } = createCachingTopic(calls, createCache({ id: () => undefined }));
createMessageRouter(cached)
  .add(CacheUpdate, ({ data }) => data.newSnapshot)
  .addCacheUpdate(CallAnswered, ({ data }) => expectTypeOf(data.newSnapshot).toEqualTypeOf<Message<Answered> | null>());
createMessageRouter(createBus().topic('everything'))
  .add(QueueFull, ({ data }) => expectTypeOf(data.queue).toEqualTypeOf<string>())
  .addCacheUpdate(QueueFull, ({ data }) =>
    expectTypeOf(data.newSnapshot).toEqualTypeOf<Message<{ queue: string }> | null>(),
  )
  .route(QueueFull);

// R1: a type has a route when it may match: one that tells less than the topic's, and any where nothing is known.
declare const whatever: AnyMessageType;
createMessageRouter(calls).add(messageType<{ id: string }>('identified'), ({ data }) => data.id.length);
createMessageRouter(calls).add(whatever, (message) => expectTypeOf(message).toEqualTypeOf<Message>());
createMessageRouter(calls).addCacheUpdate(whatever, () => undefined);
export function routeOne<T>(topic: Topic<Message<T>>, type: MessageType<T>): MessageRouter<Message<T>> {
  return createMessageRouter(topic).add(type, (message) => expectTypeOf(message).toEqualTypeOf<Message<T>>());
}
export function routeType<Type extends AnyMessageType>(
  anyRouter: MessageRouter,
  type: Type,
  handler: Handler<MessageOf<Type>>,
): MessageRouter {
  anyRouter.addCacheUpdate(type, ({ data }) => data.newSnapshot?.timestamp);
  return anyRouter.add(type, handler);
}

// R1: who knows better says so, of the type or of the topic.
const known: AnyMessageType = QueueFull;
createMessageRouter(calls).add(known, (message) => QueueFull.is(message) && message.data.queue);
createMessageRouter(calls as Topic).add(QueueFull, ({ data }) => data.queue.length);

// R3: a default route for some formats gets all types that have them.
router.setDefault((message) => expectTypeOf(message).toEqualTypeOf<Received<Message<Answered> | Message<Ended>>>(), {
  formats: ['json'],
});

// A router of some messages is a router, for those who look at it.
expectTypeOf(router).toExtend<MessageRouter>();
expectTypeOf(createMessageRouter(cached)).toExtend<MessageRouter>();
