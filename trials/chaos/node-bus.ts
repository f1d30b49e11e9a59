import {
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  LOCAL_EID,
  messageType,
  subscribe,
  type Bus,
  type Cache,
  type CacheId,
  type Message,
  type Topic,
  type TopicPool,
} from '@stasis-rx/core';
import { Ledger, type Hole, type Numbered } from './ledger.js';

/** What a cache keeps of each id. */
export interface State {
  readonly id: string;
  readonly life: number;
  readonly n: number;
}

export const Note = messageType<Numbered>('note');
export const Snapshot = messageType<State>('snapshot');
const Total = messageType<{ id: CacheId; sum: number }>('total');
/** Stands among what has arrived where something is gone. It does not cross. */
const Missing = messageType<Hole>('missing');

/** So small that a reader which is slow for a second stands above it. */
const HIGH_WATER = 64;

/** A bus with what is published on it: notes on a topic and on a pool, and snapshots, which a cache keeps and aggregates. */
export class NodeBus {
  readonly bus: Bus;
  readonly calls: Topic;
  readonly pool: TopicPool;
  readonly cache: Cache = createCache({
    id: (message) => (Snapshot.is(message) ? message.data.id : undefined),
    aggregate: {
      compute: ({ local, remotes }) => {
        const all = (local === undefined ? remotes : [local, ...remotes]) as Message<State>[];
        return Total({ id: all[0]?.data.id ?? '', sum: all.reduce((sum, { data }) => sum + data.n, 0) }, { eid: null });
      },
    },
  });

  readonly ledger: Ledger;
  /** What each handler takes. */
  handlerMs = 0;

  constructor(eid: string, violation: (text: string) => void) {
    this.ledger = new Ledger(violation);
    this.bus = createBus({ eid });
    this.calls = this.bus.topic('calls');
    this.pool = createTopicPool<Message>(this.bus.topic('queues'));
    createCachingTopic(this.calls, this.cache);
    for (const topic of [this.calls, this.bus.topic('queues')]) this.#listen(topic);
  }

  /** So many messages of a node are gone, as it was told: it is written down when what came before has been handled. */
  miss(hole: Hole): void {
    this.bus.topic(hole.lane).publish(Missing(hole));
  }

  /** What the cache holds, the same on every bus when they agree. */
  entries(): readonly string[] {
    const { eid } = this.bus;
    const entries = this.cache.dumpAll(Snapshot).map(({ eid: of, data: { id, life, n } }) => {
      return `${id} ${of === LOCAL_EID ? eid : of} ${life}.${n}`;
    });
    const totals = (this.cache.dump(undefined, null) as Message<{ id: CacheId; sum: number }>[]).map(
      ({ data }) => `${data.id} = ${data.sum}`,
    );
    return [...entries.sort(), ...totals.sort()];
  }

  /** Every thousandth message takes its time: mailboxes fill, and the bridge has to wait for them. */
  #listen(topic: Topic): void {
    let handled = 0;
    subscribe(
      topic,
      (message) => {
        if (Missing.is(message)) this.ledger.miss(message.data);
        else if (Note.is(message) && message.eid !== LOCAL_EID && message.eid !== null) {
          this.ledger.take(message.eid, message.data);
        }
        const takesMs = this.handlerMs || (++handled % 1000 === 0 ? 20 : 0);
        return takesMs === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, takesMs));
      },
      { accept: [Note, Missing], highWater: HIGH_WATER },
    );
  }
}
