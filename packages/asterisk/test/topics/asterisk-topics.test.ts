import { createBus, subscribe, SubscriptionChange, type Bus, type Message, type Topic } from '@stasis-rx/core';
import { ChannelSnapshot, createAsteriskTopics, publishAriEvent } from '../../src/index.js';
import { LASTING_TOPICS, observedAsterisk } from '../support/asterisk.js';
import { created, destroyed, stateChanged, varset } from '../support/events.js';

/** What a subscription got: types, and for subscription changes whether they are its own final message. */
function received<M extends Message>(topic: Topic<M>): string[] {
  const log: string[] = [];
  subscribe(topic, (message, _, subscription) => {
    if (!SubscriptionChange.is(message)) log.push(message.type.name);
    else if (subscription.isFinal(message)) log.push('final');
  });
  return log;
}

describe('createAsteriskTopics', () => {
  test('makes the topics by which Asterisk goes', () => {
    const { asterisk } = observedAsterisk();
    const { channels, bridges, endpoints, devices } = asterisk;
    expect([channels.name, bridges.name, endpoints.name, devices.name]).toEqual([
      'channel:all',
      'bridge:all',
      'endpoint:all',
      'devicestate:all',
    ]);
  });

  test.each([undefined, null, {}, 'bus'])('refuses what is not a bus: %p', (bus) => {
    expect(() => createAsteriskTopics(bus as Bus)).toThrow(
      '[asterisk] createAsteriskTopics(): expected a bus, as createBus() makes it, got',
    );
  });

  test('refuses a bus that is closed', async () => {
    const bus = createBus();
    await bus.close();
    expect(() => createAsteriskTopics(bus)).toThrow(expect.objectContaining({ code: 'BUS_CLOSED' }));
  });
});

describe("a channel's topic", () => {
  test('F5: is made on demand, under the topic of all channels, and is the same for the same id', () => {
    const { asterisk } = observedAsterisk();
    const topic = asterisk.channel('1.1');
    expect(topic.name).toBe('channel:all/1.1');
    expect(asterisk.channel('1.1')).toBe(topic);
  });

  test('refuses an empty id', () => {
    const { asterisk } = observedAsterisk();
    expect(() => asterisk.channel('')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  test('F2: has the messages of its channel alone; channels has those of all, in the order of publishing', async () => {
    const { asterisk, bus } = observedAsterisk();
    const one = received(asterisk.channel('1.1'));
    const all = received(asterisk.channels);
    for (const event of [created('1.1'), created('1.2'), varset('1.1'), varset('1.2')]) {
      publishAriEvent(asterisk, event);
    }
    await bus.settled();
    expect(one).toEqual(['ast_channel_snapshot_type', 'ast_channel_varset_type']);
    expect(all).toEqual([
      'ast_channel_snapshot_type',
      'ast_channel_snapshot_type',
      'ast_channel_varset_type',
      'ast_channel_varset_type',
    ]);
  });

  test('S2: is what a subscriber of channels is told a message was published to', async () => {
    const { asterisk, bus } = observedAsterisk();
    const origins: string[] = [];
    subscribe(asterisk.channels, (_, topic) => origins.push(topic.name), { accept: [ChannelSnapshot] });
    publishAriEvent(asterisk, created('1.2'));
    publishAriEvent(asterisk, destroyed('1.2'));
    await bus.settled();
    expect(origins).toEqual(['channel:all/1.2', 'channel:all/1.2']);
  });

  test('S4: ends with its channel: what is queued, the dead snapshot, then one final message', async () => {
    const { asterisk, bus } = observedAsterisk();
    const topic = asterisk.channel('1.1');
    const log = received(topic);
    for (const event of [created(), varset(), destroyed()]) publishAriEvent(asterisk, event);
    expect(topic.isCompleted).toBe(true);
    await bus.settled();
    expect(log).toEqual(['ast_channel_snapshot_type', 'ast_channel_varset_type', 'ast_channel_snapshot_type', 'final']);
  });

  test('ends for plain observers and async iteration as well', async () => {
    const { asterisk } = observedAsterisk();
    const states: string[] = [];
    const reading = (async () => {
      for await (const message of asterisk.channel('1.1')) {
        if (ChannelSnapshot.is(message)) states.push(message.data.new.state);
      }
    })();
    let isCompleted = false;
    asterisk.channel('1.1').subscribe({ complete: () => (isCompleted = true) });
    for (const event of [created(), stateChanged(), destroyed()]) publishAriEvent(asterisk, event);
    await reading;
    expect(states).toEqual(['Down', 'Up', 'Down']);
    expect(isCompleted).toBe(true);
  });

  test('F5: asked for after the end is a new one, which forwards', () => {
    const { asterisk, log } = observedAsterisk();
    const first = asterisk.channel('1.1');
    publishAriEvent(asterisk, created());
    publishAriEvent(asterisk, destroyed());
    expect(asterisk.channel('1.1')).not.toBe(first);
    publishAriEvent(asterisk, varset());
    expect(log.at(-1)).toBe('channel:all: ast_channel_varset_type');
  });

  test('leaves nothing behind, however many channels come and go', () => {
    const { asterisk, bus } = observedAsterisk();
    for (let n = 0; n < 1000; n++) {
      for (const event of [created(`1.${n}`), varset(`1.${n}`), destroyed(`1.${n}`), varset(`1.${n}`)]) {
        publishAriEvent(asterisk, event);
      }
    }
    expect(bus.topics().map(({ name }) => name)).toEqual(LASTING_TOPICS);
    expect(asterisk.channelCache.size).toBe(0);
  });

  test('T3: messages of an event published inside a handler of another come after it, for every subscriber', async () => {
    const { asterisk, bus } = observedAsterisk();
    const states: string[] = [];
    const note = (message: Message) => states.push(ChannelSnapshot.is(message) ? message.data.new.state : '?');
    asterisk.channels.subscribe((message) => {
      if (ChannelSnapshot.is(message) && message.data.old === null) publishAriEvent(asterisk, stateChanged());
    });
    asterisk.channels.subscribe(note);
    publishAriEvent(asterisk, created());
    await bus.settled();
    expect(states).toEqual(['Down', 'Up']);
  });
});
