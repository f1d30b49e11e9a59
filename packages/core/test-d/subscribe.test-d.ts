import { createBus, messages, messageType, ofType, serialize, subscribe, SubscriptionChange } from '@stasis-rx/core';
import type { Message, Subscription, SubscriptionChangeData } from '@stasis-rx/core';
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
