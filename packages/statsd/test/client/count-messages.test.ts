import { createBus, forwardAll, messageType, subscribe, type Topic } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { createStatsDClient } from '../../src/client/client.js';
import { countMessages } from '../../src/client/count-messages.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';

const Answered = messageType<{ id: string }>('call_answered');
const Hangup = messageType('call_hangup');

function setUp() {
  const recording = recordingTransport();
  const statsd = createStatsDClient({ transport: recording });
  const bus = createBus();
  const lines = async () => {
    await bus.settled();
    await statsd.flush();
    return recording.lines;
  };
  return { bus, statsd, lines, calls: bus.topic('calls') };
}

describe('countMessages', () => {
  it('D3: counts every message as <prefix>.<type name>:1|m, in the order of publishing', async () => {
    const { calls, statsd, lines } = setUp();
    countMessages(calls, statsd, { prefix: 'pbx.message' });
    calls.publish(Answered({ id: '1' }));
    calls.publish(Hangup());
    calls.publish(Answered({ id: '2' }));
    expect(await lines()).toEqual([
      'pbx.message.call_answered:1|m',
      'pbx.message.call_hangup:1|m',
      'pbx.message.call_answered:1|m',
    ]);
  });

  it('D4: sends one line a type and flush interval, with how many messages there were, when the client aggregates', () => {
    jest.useFakeTimers();
    const recording = recordingTransport();
    const dispatcher = createManualDispatcher();
    const statsd = createStatsDClient({ transport: recording, aggregate: true, flushIntervalMs: 1000 });
    const calls = createBus({ dispatcher }).topic('calls');
    countMessages(calls, statsd);
    for (let second = 1; second <= 2; second++) {
      for (let n = 0; n < 1000 * second; n++) calls.publish(Answered({ id: String(n) }));
      calls.publish(Hangup());
      dispatcher.flush();
      expect(recording.lines).toHaveLength(2 * (second - 1));
      jest.advanceTimersByTime(1000);
    }
    expect(recording.lines).toEqual([
      'stasis.message.call_answered:1000|m',
      'stasis.message.call_hangup:1|m',
      'stasis.message.call_answered:2000|m',
      'stasis.message.call_hangup:1|m',
    ]);
    jest.useRealTimers();
  });

  it('D3: names them stasis.message unless told otherwise', async () => {
    const { calls, statsd, lines } = setUp();
    countMessages(calls, statsd);
    calls.publish(Hangup());
    expect(await lines()).toEqual(['stasis.message.call_hangup:1|m']);
  });

  it('does not count the comings and goings of subscriptions', async () => {
    const { calls, statsd, lines } = setUp();
    const counter = countMessages(calls, statsd);
    subscribe(calls, () => undefined).unsubscribe();
    counter.unsubscribe();
    await counter.join();
    expect(await lines()).toEqual([]);
  });

  it('counts what is forwarded to the topic', async () => {
    const { bus, calls, statsd, lines } = setUp();
    const all = bus.topic('all');
    forwardAll(calls, all);
    countMessages(all, statsd);
    calls.publish(Hangup());
    expect(await lines()).toEqual(['stasis.message.call_hangup:1|m']);
  });

  it('keeps types of one name together, and a name from adding a line', async () => {
    const { calls, statsd, lines } = setUp();
    countMessages(calls, statsd);
    for (const name of ['call', 'call', 'constructor', 'a:1|c\nb']) calls.publish(messageType(name)());
    expect(await lines()).toEqual([
      'stasis.message.call:1|m',
      'stasis.message.call:1|m',
      'stasis.message.constructor:1|m',
      'stasis.message.a_1_c_b:1|m',
    ]);
  });

  it('still counts what was published before it was unsubscribed, and nothing after it', async () => {
    const { calls, statsd, lines } = setUp();
    const counter = countMessages(calls, statsd);
    calls.publish(Hangup());
    counter.unsubscribe();
    calls.publish(Hangup());
    await counter.join();
    expect(await lines()).toEqual(['stasis.message.call_hangup:1|m']);
  });

  it('ends with its topic', async () => {
    const { calls, statsd, lines } = setUp();
    const counter = countMessages(calls, statsd);
    calls.publish(Hangup());
    calls.complete();
    await counter.join();
    expect(await lines()).toEqual(['stasis.message.call_hangup:1|m']);
  });

  it('can be disposed of', async () => {
    const { calls, statsd, lines } = setUp();
    countMessages(calls, statsd)[Symbol.dispose]();
    const counter = countMessages(calls, statsd);
    calls.publish(Hangup());
    await counter[Symbol.asyncDispose]();
    calls.publish(Hangup());
    expect(await lines()).toEqual(['stasis.message.call_hangup:1|m']);
  });

  it.each<[string, (topic: Topic) => unknown, string]>([
    [
      'no client',
      (topic) => countMessages(topic, null as never),
      '[statsd] countMessages(): expected a StatsD client, got null.',
    ],
    [
      'a prefix that is no string',
      (topic) => countMessages(topic, createStatsDClient(), { prefix: 5 as never }),
      '[statsd] countMessages(): expected prefix to be a string that is not empty, got 5 (number). Leave it out for stasis.message.',
    ],
    [
      'no topic',
      () => countMessages(null as never, createStatsDClient()),
      'expected topic to be a topic of a bus, got null.',
    ],
  ])('refuses %s', (_what, count, message) => {
    const { calls } = setUp();
    expect(() => count(calls)).toThrow(message);
  });
});
