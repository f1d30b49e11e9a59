import {
  createAnimationFrameDispatcher,
  createBus,
  createCache,
  messageType,
  SubscriptionChange,
} from '@stasis-rx/core';
import type { Bus, BusStatistics, Message, MessageOf, SubscriptionChangeData, Topic } from '@stasis-rx/core';
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

  // State from topics.
  expectTypeOf(useLatest(calls, Answered)).toEqualTypeOf<Message<Call> | undefined>();
  useLatest(calls, Answered, { dispatcher });
  // @ts-expect-error the type is the filter
  useLatest(calls, Answered, { accept: [Ended] });
  expectTypeOf(useMessages(calls, { accept: [Answered] })).toEqualTypeOf<readonly Message<Call>[]>();
  expectTypeOf(useMessages(calls, { accept: [SubscriptionChange], limit: 5 })).toEqualTypeOf<
    readonly Message<SubscriptionChangeData>[]
  >();
  expectTypeOf(useMessages(calls)).toEqualTypeOf<readonly (MessageOf<typeof Answered> | MessageOf<typeof Ended>)[]>();
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
