import { createBus, type Message } from '@stasis-rx/core';
import { countMessages, createStatsDClient, dogStatsDOptions, recordingTransport } from '@stasis-rx/statsd';
import type {
  DogStatsDOptions,
  MessageCounter,
  StatsDClient,
  StatsDProtocol,
  StatsDStatistics,
  StatsDTransport,
} from '@stasis-rx/statsd';
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

expectTypeOf<'udp' | 'tcp' | 'unix' | 'unixgram' | 'unixstream'>().toEqualTypeOf<StatsDProtocol>();
createStatsDClient({ protocol: 'unixgram', path: '/run/statsd.sock', aggregate: true, maxPendingSeries: 100 });
// @ts-expect-error to aggregate or not: there is no more to say
createStatsDClient({ aggregate: ['c'] });

// The environment gives options that can be spread with others; its tags are always there.
const datadog = dogStatsDOptions();
expectTypeOf(datadog).toEqualTypeOf<DogStatsDOptions>();
createStatsDClient({ prefix: 'pbx', ...datadog, tags: { ...datadog.tags, node: 3 } });
createStatsDClient(dogStatsDOptions({ DD_AGENT_HOST: undefined, PATH: '/bin' }));
// @ts-expect-error a variable is a string
dogStatsDOptions({ DD_DOGSTATSD_PORT: 8125 });
// @ts-expect-error it is read, not written
datadog.tags.env = 'test';

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
