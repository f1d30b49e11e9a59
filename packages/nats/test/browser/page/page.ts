// A page that joins as the tests' processes do, over WebSocket.
import { wsconnect } from '@nats-io/nats-core';
import { bridge } from '@stasis-rx/nats';
import { createBus, createCache, createCachingTopic, subscribe } from '@stasis-rx/core';
import { Note, State } from '../../support/items.js';

/** What the test may ask of the page. */
export interface TestPage {
  join(eid: string, servers: string): Promise<void>;
  /** Publishes notes with these numbers, and a state with the last. */
  publish(first: number, last: number): Promise<void>;
  /** The numbers of the notes that came from an entity. */
  numbers(eid: string): number[];
  /** The state of an entity that the cache holds. */
  state(eid: string): number | undefined;
  isConnected(): boolean;
  leave(): Promise<void>;
}

let page: Omit<TestPage, 'join'> | undefined;

async function join(eid: string, servers: string): Promise<void> {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) });
  createCachingTopic(topic, cache);
  const notes: { readonly eid: unknown; readonly n: number }[] = [];
  subscribe(topic, ({ eid: from, data }) => notes.push({ eid: from, n: data.n }), { accept: [Note] });
  const connection = await wsconnect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const link = bridge(bus, connection, {
    topics: [topic],
    types: [Note, State],
    caches: [{ topic, cache }],
    stream: 'TEST',
    heartbeatMs: 100,
  });
  await link.ready;
  page = {
    publish: async (first, last) => {
      for (let n = first; n <= last; n++) topic.publish(Note({ id: 'x', n }));
      topic.publish(State({ id: 'y', n: last }));
      await link.flushed();
    },
    numbers: (from) => notes.flatMap((note) => (note.eid === from ? note.n : [])),
    state: (from) => cache.get(State, 'y', from)?.data.n,
    isConnected: () => link.statistics().isConnected,
    leave: async () => {
      await link.close();
      await connection.close();
    },
  };
  Object.assign(globalThis, { testPage: page });
}

Object.assign(globalThis, { testPage: { join } });
