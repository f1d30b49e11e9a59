import { createBus, type Message } from '@stasis-rx/core';
import { countMessages, createStatsDClient, recordingTransport } from '@stasis-rx/statsd';
import type { MessageCounter, StatsDClient, StatsDStatistics, StatsDTransport } from '@stasis-rx/statsd';
import { expectTypeOf } from 'expect-type';

// Options are optional, and what may be undefined elsewhere may be passed on as it is.
declare const host: string | undefined;
const statsd = createStatsDClient({ host, protocol: 'tcp', tags: { site: 'north', node: 3, spare: false } });
expectTypeOf(createStatsDClient()).toEqualTypeOf<StatsDClient>();
createStatsDClient({ tags: ['site:north', 'spare'] });
// @ts-expect-error there is no such protocol
createStatsDClient({ protocol: 'http' });
// @ts-expect-error a tag is a string, a number or a boolean
createStatsDClient({ tags: { site: { name: 'north' } } });

// A transport is anything that sends and closes, whatever it returns.
createStatsDClient({ transport: { send: (packet) => [packet].push(packet), close: () => undefined } });
createStatsDClient({ transport: { send: async () => Promise.resolve(), close: async () => Promise.resolve() } });
expectTypeOf(recordingTransport()).toExtend<StatsDTransport>();
expectTypeOf(recordingTransport().lines).toEqualTypeOf<string[]>();
// @ts-expect-error a transport has to be closed
createStatsDClient({ transport: { send: () => undefined } });

// A metric has a name and a value; a call for one gives nothing back to wait for.
expectTypeOf<ReturnType<StatsDClient['increment']>>().toEqualTypeOf<void>();
statsd.increment('a');
statsd.timing('a', 5, { sampleRate: 0.1, tags: { b: 'c' } });
statsd.set('a', 'ann');
statsd.log('a', 'g', '+1');
statsd.log('a', 'd', 5);
// @ts-expect-error a gauge is a number
statsd.gauge('a', '5');
// @ts-expect-error a timing needs a value
statsd.timing('a');

expectTypeOf(statsd.flush()).toEqualTypeOf<Promise<void>>();
expectTypeOf(statsd.statistics()).toEqualTypeOf<StatsDStatistics>();
// @ts-expect-error figures are read, not written
statsd.statistics().lines = 0;

// Any topic can be counted, by anything that takes meters.
const calls = createBus().topic<Message<{ id: string }>>('calls');
expectTypeOf(countMessages(calls, statsd)).toEqualTypeOf<MessageCounter>();
countMessages(calls, { meter: () => undefined }, { prefix: 'pbx' });
// @ts-expect-error a bus is no topic
countMessages(createBus(), statsd);
