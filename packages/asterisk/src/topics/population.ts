import {
  createCache,
  createCachingTopic,
  type AnyMessageType,
  type Cache,
  type CacheUpdateData,
  type CachingTopic,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { deliver, NOTHING_DELIVERED, type Delivery, type Outlet } from './delivery.js';
import { EndedLives } from './ended-lives.js';

/** Everything of one kind that is alive in Asterisk, all channels for example: by id, the last snapshot of each. */
export interface Population<Thing extends object> {
  readonly cache: Cache;
  /** Where each change of the cache is published. */
  readonly updates: Topic<Message<CacheUpdateData>>;
  idOf(thing: Thing): string;
  /**
   * Whether it has ended: also when it is told of as alive, by who is late.
   * @param timestamp when it was like this, in milliseconds since the Unix epoch
   */
  hasEnded(thing: Thing, timestamp: number): boolean;
  /** Whether one thing is not the other, but came later under the same id. */
  isLater(thing: Thing, than: Thing): boolean;
  /** All that are alive, each as its last snapshot shows it; a list of its own. */
  alive(): Thing[];
  /**
   * Whether all that are alive are known, and each new one is told of by an event of its own. Then what changes and is not
   * known has ended unheard, and is told of late.
   */
  isComplete: boolean;
  /** Publishes what a new thing is, whatever has ended under its id. */
  begin(now: Thing, told: Told): Delivery;
  /** Publishes what a thing is now; nothing when it has ended, or it would come back (A1). Of one not known it is the first. */
  change(now: Thing, told: Told): Delivery;
  /** Publishes a thing's last snapshot, then takes it out of the cache; does nothing when it has ended before. */
  end(last: Thing, told: Told): Delivery;
}

/** How something became known. */
export interface Told {
  /** When it happened, in milliseconds since the Unix epoch; `undefined`: now. */
  readonly timestamp: number | undefined;
  /** Set when it was found by listing what there is, so that nobody knows when it happened. */
  readonly reconciled?: true;
}

/** What a snapshot tells. */
export interface Change<Thing extends object> {
  readonly old: Thing | null;
  readonly now: Thing;
  readonly dead: boolean;
  /** What else is in the snapshot's data. */
  readonly marks: { readonly reconciled?: true };
}

/** What things of one kind are, and where they are published. */
export interface PopulationOptions<Thing extends object> {
  /** Of the snapshots. Their data is `{ old, new }`; the last one's `new` is `dead`. */
  readonly type: AnyMessageType;
  readonly toSnapshot: (change: Change<Thing>, options: { readonly timestamp: number | undefined }) => Message;
  readonly idOf: (thing: Thing) => string;
  /** Tells apart what had the same id, one after the other: the later, the greater. */
  readonly lifeOf: (thing: Thing, timestamp: number) => number;
  /** Where the snapshots of a thing are published. */
  readonly topicOf: (thing: Thing) => Outlet;
  /** Called when a thing has ended and has left the cache. */
  readonly onEnd?: (thing: Thing) => void;
  /**
   * What the cache watches; the topics of the things are forwarded to it. An entry is taken away by a message on the
   * watched topic: on one that is used for nothing else, nobody but the cache is told of it, and nobody counts it.
   */
  readonly feed: Topic;
}

/** Makes a population, which is empty. */
export function createPopulation<Thing extends object>(options: PopulationOptions<Thing>): Population<Thing> {
  return new LivePopulation(options);
}

class LivePopulation<Thing extends object> implements Population<Thing> {
  readonly cache: Cache;
  isComplete = false;
  readonly #options: PopulationOptions<Thing>;
  readonly #cached: CachingTopic;
  readonly #ended = new EndedLives();

  constructor(options: PopulationOptions<Thing>) {
    const { type, idOf, feed } = options;
    this.#options = options;
    this.cache = createCache({
      id: (message) => (message.type === type ? idOf(shownIn(message) as Thing) : undefined),
    });
    this.#cached = createCachingTopic(feed, this.cache);
  }

  get updates(): Topic<Message<CacheUpdateData>> {
    return this.#cached.topic;
  }

  idOf(thing: Thing): string {
    return this.#options.idOf(thing);
  }

  alive(): Thing[] {
    return this.cache.dump(this.#options.type).map((snapshot) => thingIn(snapshot) as Thing);
  }

  hasEnded(thing: Thing, timestamp: number): boolean {
    const ended = this.#ended.last(this.idOf(thing));
    return ended !== undefined && this.#options.lifeOf(thing, timestamp) <= ended;
  }

  isLater(thing: Thing, than: Thing): boolean {
    return this.#options.lifeOf(thing, 0) > this.#options.lifeOf(than, 0);
  }

  begin(now: Thing, told: Told): Delivery {
    // What is newer than what has ended is known to be another; the late events of the old one still are late.
    if (this.hasEnded(now, told.timestamp ?? 0)) this.#ended.forget(this.idOf(now));
    return deliver(this.#options.topicOf(now), this.#snapshot(now, told, false));
  }

  change(now: Thing, told: Told): Delivery {
    const snapshot = this.#snapshot(now, told, false);
    if (this.hasEnded(now, snapshot.timestamp)) return NOTHING_DELIVERED;
    if (this.isComplete && this.#last(now) === undefined) return NOTHING_DELIVERED;
    return deliver(this.#options.topicOf(now), snapshot);
  }

  end(last: Thing, told: Told): Delivery {
    const snapshot = this.#snapshot(last, told, true);
    // By Asterisk's clock, where it was an event. What comes of the same millisecond may be later.
    const lastHeardAt = (this.#last(last) ?? snapshot).timestamp - 1;
    if (this.hasEnded(last, snapshot.timestamp)) return NOTHING_DELIVERED;
    const delivery = deliver(this.#options.topicOf(last), snapshot);
    this.#ended.add(this.idOf(last), this.#options.lifeOf(last, lastHeardAt));
    this.#cached.clear(snapshot);
    this.#options.onEnd?.(last);
    return delivery;
  }

  #last(thing: Thing): Message | undefined {
    return this.cache.get(this.#options.type, this.idOf(thing));
  }

  #snapshot(now: Thing, { timestamp, ...marks }: Told, dead: boolean): Message {
    const last = this.#last(now);
    const old = last === undefined ? null : (thingIn(last) as Thing);
    return this.#options.toSnapshot({ old, now, dead, marks }, { timestamp });
  }
}

/** What a snapshot shows, as it stands there. */
function shownIn(snapshot: Message): object {
  return (snapshot.data as { readonly new: object }).new;
}

/** The same as a thing: whether it is dead says nothing about what it was. */
function thingIn(snapshot: Message): object {
  const { dead: _, ...thing } = shownIn(snapshot) as { readonly dead?: boolean };
  return thing;
}
