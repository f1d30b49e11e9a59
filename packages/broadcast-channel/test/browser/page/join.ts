// What pages and workers have in common: a bus with a topic and a cache, bridged.
import { bridge } from '@stasis-rx/broadcast-channel';
import { createBus, createCache, createCachingTopic, messageType, subscribe } from '@stasis-rx/core';

interface Item {
  readonly id: string;
  readonly n: number;
}

const Note = messageType<Item>('note');
const State = messageType<Item>('state');

/** A page's or worker's part in the group, as far as the test asks for it. */
export interface Member {
  /** Publishes notes 1 to this number, and a state with it. */
  publish(count: number): void;
  /** The numbers of the notes that came from an entity. */
  numbers(eid: string): number[];
  /** The state of an entity that the cache holds. */
  state(eid: string): number | undefined;
  leave(): Promise<void>;
}

/** Joins, and is ready. */
export async function join(eid: string): Promise<Member> {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) });
  createCachingTopic(topic, cache);
  const notes: { readonly eid: unknown; readonly n: number }[] = [];
  subscribe(topic, ({ eid: from, data }) => notes.push({ eid: from, n: data.n }), { accept: [Note] });
  const link = bridge(bus, 'test', {
    topics: [topic],
    types: [Note, State],
    caches: [{ topic, cache }],
    heartbeatMs: 100,
  });
  await link.ready;
  return {
    publish: (count) => {
      for (let n = 1; n <= count; n++) topic.publish(Note({ id: 'x', n }));
      topic.publish(State({ id: 'y', n: count }));
    },
    numbers: (from) => notes.flatMap((note) => (note.eid === from ? note.n : [])),
    state: (from) => cache.get(State, 'y', from)?.data.n,
    leave: () => link.close(),
  };
}
