import { input, type EnvironmentProviders, type Signal } from '@angular/core';
import {
  createCache,
  messageType,
  type AnyMessageType,
  type Bus,
  type Message,
  type Received,
  type Subscription,
  type Topic,
} from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';
import {
  injectBus,
  injectTopic,
  provideBus,
  subscribeUntilDestroyed,
  toCacheEntriesSignal,
  toCacheSignal,
  toLatestSignal,
} from '../src/index.js';

const Answered = messageType<{ agent: string }>('call_answered');
const Ended = messageType<{ seconds: number }>('call_ended');
const cache = createCache({ id: () => undefined });

expectTypeOf(provideBus()).toEqualTypeOf<EnvironmentProviders>();
expectTypeOf(injectBus()).toEqualTypeOf<Bus>();
expectTypeOf(injectTopic('calls')).toEqualTypeOf<Topic>();
provideBus({ name: 'calls', zone: 'outside' });
provideBus(() => ({ onError: (error) => error.code }));
provideBus({ held: true, context: 'publisher' });
// @ts-expect-error -- the zone decides what is around handlers
provideBus({ around: (drain: () => void) => drain() });
// @ts-expect-error -- no such zone
provideBus({ zone: 'angular' });

const calls = injectTopic<Message<{ agent: string }> | Message<{ seconds: number }>>('calls');

// Signals are of what the message type says, and can only be read.
const latest = toLatestSignal(calls, Answered);
expectTypeOf(latest).toEqualTypeOf<Signal<Message<{ agent: string }> | undefined>>();
// @ts-expect-error -- read only
latest.set(undefined);
expectTypeOf(toCacheSignal(cache, Ended, '1')).toEqualTypeOf<Signal<Message<{ seconds: number }> | undefined>>();
expectTypeOf(toCacheEntriesSignal(cache, Ended)).toEqualTypeOf<Signal<readonly Message<{ seconds: number }>[]>>();

// An id is one, nothing, or a signal or function of either.
toCacheSignal(cache, Ended, 1);
toCacheSignal(cache, Ended, undefined);
toCacheSignal(cache, Ended, input.required<string>());
toCacheSignal(cache, Ended, input<number>());
toCacheSignal(cache, Ended, () => null);
// @ts-expect-error -- an object is no id
toCacheSignal(cache, Ended, { id: '1' });
// @ts-expect-error -- no message type
toCacheSignal(cache, 'call_ended', '1');

// The handler's message is narrowed by what is accepted.
const subscription = subscribeUntilDestroyed(calls, ({ data }) => data.agent, { accept: [Answered] });
expectTypeOf(subscription).toEqualTypeOf<Subscription>();
subscribeUntilDestroyed(calls, (message) => {
  if (Ended.is(message)) expectTypeOf(message.data).toEqualTypeOf<{ readonly seconds: number }>();
});
// @ts-expect-error -- a message that is not accepted
subscribeUntilDestroyed(calls, ({ data }) => data.seconds, { accept: [Answered] });

// S8: with both filters either suffices, so that everything may come.
type Call = Message<{ agent: string }> | Message<{ seconds: number }>;
subscribeUntilDestroyed(calls, (message) => expectTypeOf(message).toEqualTypeOf<Received<Call>>(), {
  accept: [Answered],
  acceptFormats: ['json'],
});

// S8: what the topic cannot carry is no filter; who knows better says so.
const QueueFull = messageType<{ queue: string }>('queue_full');
// @ts-expect-error -- a topic of calls carries nothing about queues
subscribeUntilDestroyed(calls, () => undefined, { accept: [QueueFull] });
// @ts-expect-error -- nor as a signal
toLatestSignal(calls, QueueFull);
subscribeUntilDestroyed(calls, () => undefined, { accept: [QueueFull as AnyMessageType] });
toLatestSignal(calls as Topic, QueueFull);
toLatestSignal(injectTopic('queues'), QueueFull);
