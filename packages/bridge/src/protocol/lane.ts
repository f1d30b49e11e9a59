import type { AnyMessageType, Bus, Cache, Message, Topic, TopicPool } from '@stasis-rx/core';

/** A topic, as far as a bridge asks for it: it takes topics of any message type. */
export interface NamedTopic {
  /** Its name on the bus. */
  readonly name: string;
}

/** A topic pool, as far as a bridge asks for it. */
export interface PoolOfTopics {
  /** The topic to which its topics are forwarded. */
  readonly parent: NamedTopic;
  /** Whether it has made a topic of that name. */
  has(name: string): boolean;
  /** The topic of that name, made when there is none. */
  topic(name: string): NamedTopic;
  /** Ends the topic of that name, if there is one. */
  delete(name: string): boolean;
}

/** A topic that may cross, or all topics of a pool: a name, a topic, or a pool. */
export type BridgedTopic = string | NamedTopic | PoolOfTopics;

/** A cache whose snapshots are exchanged. */
export interface BridgedCache {
  /** The topic that it watches, or one that is forwarded there: snapshots are published and cleared on it. */
  readonly topic: NamedTopic;
  /** The cache. */
  readonly cache: Cache;
}

/**
 * One bridged topic, or one pool with its parent: what has one order for each bus that publishes there. Only what was
 * first published there crosses; what is forwarded there has its own topic to cross by.
 */
export class Lane {
  readonly name: string;
  readonly caches: readonly Cache[];
  readonly #bus: Bus;
  readonly #pool: TopicPool | undefined;
  /** What messages are numbered by, for each type. */
  readonly #numberKeys = new Map<string, string>();

  constructor(bus: Bus, topic: BridgedTopic, caches: readonly BridgedCache[]) {
    this.#bus = bus;
    this.#pool = isPool(topic) ? (topic as unknown as TopicPool) : undefined;
    this.name = laneName(topic);
    this.caches = caches.filter((cached) => cached.topic.name === this.name).map(({ cache }) => cache);
  }

  /** Where to listen: pooled topics are forwarded to their parent. @throws StasisError `BUS_CLOSED` */
  get topic(): Topic {
    return this.#bus.topic(this.name);
  }

  /** The pooled topic's name, null for the lane's own topic, nothing for a topic that is not of this lane. */
  childOf(origin: Topic): string | null | undefined {
    if (origin.name === this.name) return null;
    if (this.#pool === undefined || !origin.name.startsWith(`${this.name}/`)) return undefined;
    const child = origin.name.slice(this.name.length + 1);
    return this.#pool.has(child) ? child : undefined;
  }

  /** What messages of a type that may cross are numbered by. Both names are as JSON, so no two pairs look the same. */
  numberKey(type: string): string {
    const known = this.#numberKeys.get(type);
    if (known !== undefined) return known;
    const key = JSON.stringify([this.name, type]);
    this.#numberKeys.set(type, key);
    return key;
  }

  /** Whether there is a pooled topic of this name. */
  hasChild(child: string): boolean {
    return this.#pool?.has(child) === true;
  }

  /** Ends a pooled topic. */
  endChild(child: string): void {
    this.#pool?.delete(child);
  }

  /** Whether a record can be published here: a pooled topic's needs a pool. */
  hasPlaceFor(child: string | null): boolean {
    return child === null || this.#pool !== undefined;
  }

  /** Where a record is to be published: a pooled topic is made when there is none. */
  topicOf(child: string | null): Topic {
    return child === null || this.#pool === undefined ? this.topic : this.#pool.topic(child);
  }

  /** The snapshots of an entity that the lane's caches hold, of the types that may cross. */
  snapshots(eid: string, types: readonly AnyMessageType[]): Message[] {
    return this.caches.flatMap((cache) => types.flatMap((type) => cache.dump(type, eid)));
  }
}

/** The name of the topic, or of the pool's parent. */
export function laneName(topic: BridgedTopic): string {
  if (typeof topic === 'string') return topic;
  return isPool(topic) ? topic.parent.name : topic.name;
}

function isPool(topic: BridgedTopic): topic is PoolOfTopics {
  return typeof topic === 'object' && 'parent' in topic;
}
