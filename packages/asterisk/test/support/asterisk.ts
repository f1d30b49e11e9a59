import { createBus, type Bus, type BusOptions, type Message, type StasisError, type Topic } from '@stasis-rx/core';
import { createAsteriskTopics, type AsteriskTopics } from '../../src/index.js';

/** The topics of an Asterisk that last as long as its bus. */
export const LASTING_TOPICS = [
  'channel:all',
  'bridge:all',
  'endpoint:all',
  'devicestate:all',
  'application:all',
  ...['channel', 'bridge', 'endpoint', 'playback', 'recording'].flatMap((kind) => [
    `${kind}:snapshots`,
    `${kind}:snapshots-cached`,
  ]),
];

/** Topics on a bus of their own, and everything that was published on them, topic by topic. */
export interface ObservedAsterisk {
  readonly bus: Bus;
  readonly asterisk: AsteriskTopics;
  /** `topic: message type`, in the order of publishing. */
  readonly log: string[];
  readonly messages: Message[];
}

export function observedAsterisk(options: BusOptions = {}): ObservedAsterisk {
  const bus = createBus({ onError: failLoudly, ...options });
  const asterisk = createAsteriskTopics(bus);
  const log: string[] = [];
  const messages: Message[] = [];
  const observe = (topic: Topic) =>
    topic.subscribe((message) => {
      log.push(`${topic.name}: ${message.type.name}`);
      messages.push(message);
    });
  for (const { name } of bus.topics()) if (name.endsWith(':all')) observe(bus.topic(name));
  return { bus, asterisk, log, messages };
}

/** A handler of a test that fails without the test expecting it. */
function failLoudly(error: StasisError): never {
  throw error;
}
