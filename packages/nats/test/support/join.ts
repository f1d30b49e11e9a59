import type { NatsConnection } from '@nats-io/nats-core';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import {
  createBus,
  createCache,
  createCachingTopic,
  LOCAL_EID,
  subscribe,
  type Bus,
  type Cache,
  type Topic,
} from '@stasis-rx/core';
import { bridge, type Bridge, type BridgeEvent, type NatsBridgeOptions } from '@stasis-rx/nats';
import { Note, State } from './items.js';

export { Note, State };

/** A bridged bus with a connection of its own. */
export interface Member {
  readonly bus: Bus;
  readonly topic: Topic;
  readonly cache: Cache;
  readonly connection: NatsConnection;
  readonly bridge: Bridge;
  readonly events: BridgeEvent[];
  /** The numbers of the notes that came from others. */
  readonly numbers: number[];
  count(type: BridgeEvent['type']): number;
  leave(): Promise<void>;
}

/** Those that a failing test has left behind would keep the tests from ending. */
const members = new Set<Member>();

afterAll(() => Promise.all([...members].map((member) => member.leave())));

/** Connects and bridges; it need not be ready. */
export async function join(
  eid: string,
  servers: string,
  options: Partial<NatsBridgeOptions> = {},
  how: NodeConnectionOptions = {},
): Promise<Member> {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) });
  createCachingTopic(topic, cache);
  const numbers: number[] = [];
  subscribe(
    topic,
    ({ eid: from, data }) => {
      if (from !== LOCAL_EID) numbers.push(data.n);
    },
    { accept: [Note] },
  );
  const connection = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 50, ...how });
  const events: BridgeEvent[] = [];
  const link = bridge(bus, connection, {
    topics: [topic],
    types: [Note, State],
    caches: [{ topic, cache }],
    heartbeatMs: 100,
    ...(options.mode === 'core' ? {} : { stream: { name: 'TEST' } }),
    ...options,
  });
  link.events$.subscribe((event) => events.push(event));
  const member: Member = {
    bus,
    topic,
    cache,
    connection,
    bridge: link,
    events,
    numbers,
    count: (type) => events.filter((event) => event.type === type).length,
    leave: async () => {
      members.delete(member);
      await link.close({ signal: AbortSignal.timeout(3000) });
      await connection.close();
    },
  };
  members.add(member);
  return member;
}

/** Waits until a condition holds. */
export async function eventually(holds: () => boolean, withinMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !holds();) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** 1 to count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
