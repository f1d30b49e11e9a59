import { CacheClear, createCache, createCachingTopic } from '@stasis-rx/core';
import type { Cache, CachingTopic, Message, Topic } from '@stasis-rx/core';
import type { Figures } from './figures.js';
import { NO_SNAPSHOT, parcelOf, State, type StateParcel } from './messages.js';
import { Place, type Observing, type Storing } from './place.js';
import type { Violations } from './violations.js';

/** A caching topic and its cache, and what the cache must hold (C1). */
export class Store implements Storing {
  readonly cache: Cache = createCache({ id: stateId });
  /** The topic that it watches. */
  readonly hub: Place;
  /** Where the cache updates are published. */
  updates: Place;
  readonly #figures: Figures;
  readonly #violations: Violations;
  readonly #numbers = new Map<number, number>();
  /** Those who observe an id, or all of them. */
  readonly #onlookers = new Map<Observing, number | undefined>();
  #caching: CachingTopic;

  constructor(hub: Place, figures: Figures, violations: Violations) {
    this.hub = hub;
    this.#figures = figures;
    this.#violations = violations;
    this.#caching = createCachingTopic(hub.topic, this.cache);
    this.updates = updatesOf(this.#caching);
  }

  get ids(): readonly number[] {
    return [...this.#numbers.keys()];
  }

  /** The model's: a message is published within reach. A clear for what is not there changes nothing (C4). */
  take(message: Message): void {
    const isClear = CacheClear.is(message);
    const { id, number } = stateOf(message);
    const old = this.#numbers.get(id);
    if (isClear && old === undefined) return;
    if (isClear) this.#numbers.delete(id);
    else this.#numbers.set(id, number);
    this.#figures.cacheUpdates++;
    const token = isClear ? NO_SNAPSHOT : number;
    this.updates.expectUpdate(token, old ?? NO_SNAPSHOT);
    for (const [onlooker, observed] of this.#onlookers) {
      if (observed === undefined || observed === id) onlooker.expect(token);
    }
  }

  /**
   * The model's: somebody observes an id, or all of them.
   *
   * @returns what the cache holds for the id
   */
  addOnlooker(onlooker: Observing, id?: number): number {
    this.#onlookers.set(onlooker, id);
    return (id === undefined ? undefined : this.#numbers.get(id)) ?? NO_SNAPSHOT;
  }

  removeOnlooker(onlooker: Observing): void {
    this.#onlookers.delete(onlooker);
  }

  /** Once the publish has returned, a read finds what it wrote (C3). */
  compare(message: Message): void {
    const { id } = stateOf(message);
    const found = this.cache.get(State, id)?.data.number;
    const expected = this.#numbers.get(id);
    if (found !== expected) this.#violates('C3', `holds ${String(found)} for ${id}, and not ${String(expected)}`);
  }

  compareAll(): void {
    if (this.cache.size !== this.#numbers.size) {
      this.#violates('C1', `says that it holds ${this.cache.size} snapshots, and not ${this.#numbers.size}`);
    }
    const found = this.cache.dumpAll(State);
    const isEqual = found.every(({ data }) => this.#numbers.get(data.id) === data.number);
    if (found.length !== this.#numbers.size || !isEqual) this.#violates('C5', 'does not hold what was published');
  }

  /** Ends the caching topic, of which the model knows already, and makes a new one on the same cache. */
  renew(): void {
    this.#caching.unsubscribe();
    this.#caching = createCachingTopic(this.hub.topic, this.cache);
    this.updates = updatesOf(this.#caching);
  }

  clear(snapshot: Message): void {
    this.#caching.clear(snapshot);
  }

  #violates(rule: string, text: string): void {
    this.#violations.report(rule, `the cache behind ${this.hub.name} ${text}`);
  }
}

/** Whether a message may change a cache. */
export function concernsCaches({ type }: Message): boolean {
  return type === State || type === CacheClear;
}

function stateOf(message: Message): StateParcel {
  return parcelOf(message) as StateParcel;
}

/** Stands by itself: whoever holds on to a cache must not hold on to the model of it. */
function stateId(message: Message): number | undefined {
  return State.is(message) ? message.data.id : undefined;
}

function updatesOf({ topic }: CachingTopic): Place {
  return new Place(topic as unknown as Topic);
}
