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
  readonly id: string;
  readonly n: number;
}

type Snapshot = Message<Entity>;

const Snapshot = messageType<Entity>('snapshot');

/**
 * Two snapshots for each of so many ids: all the first ones in turn, then all the second ones, and again. Ids look like
 * Asterisk's, and as from a socket each message has a text of its own.
 */
export function snapshots(ids: number, burst: number): Load<Snapshot> {
  const bursts: Snapshot[][] = [];
  for (let made = 0; made < 2 * ids; made += burst) {
    bursts.push(Array.from({ length: burst }, (_, index) => Snapshot(entity((made + index) % ids, made + index))));
  }
  return { bursts, proof: bursts[0] ?? [], numberOf: ({ data }) => data.n };
}

function entity(id: number, n: number): Entity {
  return JSON.parse(JSON.stringify({ id: `${String(1_795_372_726 + (id % 90))}.${String(id)}`, n })) as Entity;
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
  const entries = new Map<string, Snapshot>();
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
