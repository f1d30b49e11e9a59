import {
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  subscribe,
  type Message,
} from '@stasis-rx/core';
import { Subject } from 'rxjs';
import type { Contender, Load } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { OURS } from './ours.js';

interface Entity {
  readonly id: number;
  readonly n: number;
}

type Snapshot = Message<Entity>;

const Snapshot = messageType<Entity>('snapshot');

/** Two snapshots for each of so many ids: all the first ones in turn, then all the second ones, and again. */
export function snapshots(ids: number, burst: number): Load<Snapshot> {
  const bursts: Snapshot[][] = [];
  for (let made = 0; made < 2 * ids; made += burst) {
    bursts.push(Array.from({ length: burst }, (_, index) => Snapshot({ id: (made + index) % ids, n: made + index })));
  }
  return { bursts, proof: bursts[0] ?? [], numberOf: ({ data }) => data.n };
}

/** A caching topic with one subscriber to its updates. */
export function cached(): Contender<Snapshot> {
  const bus = createBus();
  const topic = bus.topic<Snapshot>('entities');
  const cache = createCache({ id: (message) => (Snapshot.is(message) ? message.data.id : undefined) });
  const updates = createCachingTopic(topic, cache).topic;
  const tally = new Tally();
  const count = ({ data }: Message<{ readonly newSnapshot: Message | null }>): void => {
    tally.add((data.newSnapshot as Snapshot).data.n);
  };
  subscribe(updates, count, { accept: [CacheUpdate] });
  return {
    name: OURS,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}

/** A Map of snapshots, and a Subject of what has changed. */
export function mapAndSubject(): Contender<Snapshot> {
  const entries = new Map<number, Snapshot>();
  const updates = new Subject<{ readonly old: Snapshot | null; readonly new: Snapshot | null }>();
  const tally = new Tally();
  updates.subscribe((update) => {
    if (update.new !== null) tally.add(update.new.data.n);
  });
  return {
    name: 'Map + Subject',
    tallies: [tally],
    deliver(messages) {
      for (const message of messages) {
        const { id } = message.data;
        const old = entries.get(id) ?? null;
        entries.set(id, message);
        updates.next({ old, new: message });
      }
      return undefined;
    },
  };
}
