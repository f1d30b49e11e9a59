import {
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  subscribe,
  SubscriptionChange,
  type Bus,
  type Cache,
  type CacheUpdateData,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import type { Bridge, BridgeEvent, BridgeOptions, Clock } from '@stasis-rx/bridge';

interface Item {
  readonly id: string;
  readonly n: number;
}

export const Note = messageType<Item>('note');
export const State = messageType<Item>('state');

/** A bridged bus and all that came. */
export interface Side {
  readonly bus: Bus;
  readonly topic: Topic;
  readonly cache: Cache;
  readonly updates: Topic<Message<CacheUpdateData>>;
  readonly bridge: Bridge;
  readonly got: Message[];
  readonly events: BridgeEvent[];
  numbers(eid: string): number[];
  eventsOf<Type extends BridgeEvent['type']>(type: Type): Extract<BridgeEvent, { type: Type }>[];
}

/** Timers fifty times as quick. */
export const hastyClock: Clock = {
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs / 50).unref();
    return () => clearTimeout(timer);
  },
};

/** Bridges a bus with the topic `calls` and a cache of it. */
export function side(
  eid: string,
  connect: (bus: Bus, options: BridgeOptions) => Bridge,
  options: Partial<BridgeOptions> = {},
): Side {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) });
  const { topic: updates } = createCachingTopic(topic, cache);
  const got: Message[] = [];
  const events: BridgeEvent[] = [];
  subscribe(topic, (message) => {
    if (!SubscriptionChange.is(message)) got.push(message);
  });
  const bridge = connect(bus, {
    topics: [topic],
    types: [Note, State],
    caches: [{ topic, cache }],
    clock: hastyClock,
    readyTimeoutMs: 250_000, // five seconds: on a busy machine a bridge is to be ready, and not to have given up on it
    ...options,
  });
  bridge.events$.subscribe((event) => events.push(event));
  return {
    bus,
    topic,
    cache,
    updates,
    bridge,
    got,
    events,
    numbers: (from) => got.flatMap((message) => (message.eid === from ? (message.data as Item).n : [])),
    eventsOf: (type) => events.filter((event) => event.type === type) as never,
  };
}

/** Waits until a condition holds. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 3000; !holds();) {
    if (Date.now() > deadline) throw new Error(`not within three seconds: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** 1 to count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
