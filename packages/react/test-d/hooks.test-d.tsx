import {
  createAnimationFrameDispatcher,
  createBus,
  createCache,
  messageType,
  SubscriptionChange,
} from '@stasis-rx/core';
import type {
  AnyMessageType,
  Bus,
  BusStatistics,
  Message,
  MessageOf,
  Received,
  SubscribeOptions,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { BusProvider, useBus, useBusStatistics, useCached, useCacheEntries, useLatest } from '@stasis-rx/react';
import { useMessages, useTopic } from '@stasis-rx/react';
import { expectTypeOf } from 'expect-type';

interface Call {
  id: string;
  agent: string;
}

const Answered = messageType<Call>('answered');
const Ended = messageType<{ id: string; seconds: number }>('ended');
const calls = createBus().topic<MessageOf<typeof Answered> | MessageOf<typeof Ended>>('calls');
const QueueFull = messageType<{ queue: string }>('queue_full');
declare const subscribeOptions: SubscribeOptions;
const cache = createCache({ id: (message) => (Answered.is(message) ? message.data.id : undefined) });
const dispatcher = createAnimationFrameDispatcher();

export function Everything() {
  // The bus.
  expectTypeOf(useBus()).toEqualTypeOf<Bus>();
  expectTypeOf(useBusStatistics()).toEqualTypeOf<BusStatistics>();
  useBusStatistics(500);
  // @ts-expect-error an interval is a number
  useBusStatistics('500');

  // A handler is typed by what is accepted.
  useTopic(
    calls,
    (message, topic, subscription) => {
      expectTypeOf(message).toEqualTypeOf<Message<Call>>();
      expectTypeOf(topic).toEqualTypeOf<Topic>();
      expectTypeOf(subscription.id).toBeString();
    },
    { accept: [Answered], dispatcher, delivery: 'synchronous' },
  );
  useTopic(calls, ({ data }) => expectTypeOf(data.id).toBeString(), { accept: [Answered, Ended] });
  // Without a filter it gets subscription changes too.
  useTopic(calls, (message) => {
    expectTypeOf(message).toEqualTypeOf<
      MessageOf<typeof Answered> | MessageOf<typeof Ended> | Message<SubscriptionChangeData>
    >();
  });
  // It may return anything.
  useTopic(calls, async () => Promise.resolve(1));
  // @ts-expect-error an answered call has no seconds
  useTopic(calls, ({ data }) => data.seconds, { accept: [Answered] });
  // @ts-expect-error what it got is not for the handler to change
  useTopic(calls, ({ data }) => (data.agent = 'bob'), { accept: [Answered] });
  // @ts-expect-error there is no such way of delivery
  useTopic(calls, () => undefined, { delivery: 'later' });
  // @ts-expect-error a name is no topic
  useTopic('calls', () => undefined);

  // S8: with both filters either suffices, so that everything may come; so too with options that may hold both.
  type AnyCall = MessageOf<typeof Answered> | MessageOf<typeof Ended>;
  useTopic(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<AnyCall>>(), {
    accept: [Answered],
    acceptFormats: ['json'],
  });
  useTopic(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<AnyCall>>(), subscribeOptions);

  // S8: what the topic cannot carry is no filter; who knows better says so.
  // @ts-expect-error a topic of calls carries nothing about queues
  useTopic(calls, () => undefined, { accept: [QueueFull] });
  // @ts-expect-error nor beside a filter by formats
  useTopic(calls, () => undefined, { accept: [QueueFull], acceptFormats: ['json'] });
  // @ts-expect-error nor as a state
  useLatest(calls, QueueFull);
  // @ts-expect-error nor as a list
  useMessages(calls, { accept: [QueueFull] });
  useTopic(calls, () => undefined, { accept: [QueueFull as AnyMessageType] });
  useLatest(calls as Topic, QueueFull);
  useLatest(calls, SubscriptionChange);

  // State from topics.
  expectTypeOf(useLatest(calls, Answered)).toEqualTypeOf<Message<Call> | undefined>();
  useLatest(calls, Answered, { dispatcher });
  // @ts-expect-error the type is the filter
  useLatest(calls, Answered, { accept: [Ended] });
  expectTypeOf(useMessages(calls, { accept: [Answered] })).toEqualTypeOf<readonly Message<Call>[]>();
  expectTypeOf(useMessages(calls, { accept: [SubscriptionChange], limit: 5 })).toEqualTypeOf<
    readonly Message<SubscriptionChangeData>[]
  >();
  expectTypeOf(useMessages(calls)).toEqualTypeOf<readonly AnyCall[]>();
  expectTypeOf(useMessages(calls, { limit: 5 })).toEqualTypeOf<readonly AnyCall[]>();
  // @ts-expect-error a list has no filter by formats
  useMessages(calls, { acceptFormats: ['json'] });
  // @ts-expect-error the array is React's state
  useMessages(calls).push(Answered({ id: '1', agent: 'ann' }));

  // State from caches.
  const cached = useCached(cache, Answered, '1');
  expectTypeOf(cached).toEqualTypeOf<Message<Call> | undefined>();
  expectTypeOf(cached?.data.agent).toEqualTypeOf<string | undefined>();
  useCached(cache, Answered, 7, { dispatcher, serverSnapshot: Answered({ id: '7', agent: 'ann' }) });
  // @ts-expect-error another type's snapshot
  useCached(cache, Answered, '1', { serverSnapshot: Ended({ id: '1', seconds: 1 }) });
  // @ts-expect-error an id is needed
  useCached(cache, Answered);
  const entries = useCacheEntries(cache, Answered, { dispatcher, serverSnapshot: [] });
  expectTypeOf(entries).toEqualTypeOf<readonly Message<Call>[]>();
  // @ts-expect-error the array is shared
  entries.sort();

  return (
    <BusProvider bus={useBus()}>
      <p>text</p>
    </BusProvider>
  );
}

// @ts-expect-error a provider needs its bus
export const Busless = () => <BusProvider>text</BusProvider>;

// Or the options of one, and never both.
export const Own = () => <BusProvider options={{ name: 'calls', held: true, context: 'publisher' }}>text</BusProvider>;
// @ts-expect-error there is no such option
export const Misspelt = () => <BusProvider options={{ hold: true }}>text</BusProvider>;
// @ts-expect-error a bus has its own options
export const Both = () => <BusProvider bus={useBus()} options={{ held: true }} />;
