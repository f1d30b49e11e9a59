import { createBus, messageType, SubscriptionChange } from '@stasis-rx/core';
import type { Message, Subscription, SubscriptionChangeData } from '@stasis-rx/core';
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
