import { CacheUpdate, SubscriptionChange } from '@stasis-rx/core';
import type { AnyMessageType, Message, Topic, TopicPool } from '@stasis-rx/core';
import type { Witness } from './witness.js';

/** Where a pooled topic comes from. */
export interface Pooling {
  readonly pool: TopicPool;
  readonly hub: Place;
  readonly name: string;
}

/** Who has subscribed at a place. */
export type Guest = Witness<Place>;

/** A forward that can be cancelled. */
export interface ForwardHandle {
  slot: number | undefined;
  readonly from: Place;
  readonly to: Place;
  readonly cancel: () => void;
}

/** A plain observer, as the model has it. */
export interface Observing {
  /** It is to be given this. */
  expect(token: number): void;
  /** What it observes ends. */
  expectEnd(): void;
}

/** What a message is written to that is published within reach. */
export interface Storing {
  /** The message is published. */
  take(message: Message): void;
  /** The publish has returned. */
  compare(message: Message): void;
}

/**
 * A topic, as the model has it: who subscribed here, and what forwards where. It answers what a publish must do, and
 * finds the answer in another way than the bus: by looking, and by telling whoever forwards here of each change.
 */
export class Place {
  slot: number | undefined;
  readonly topic: Topic;
  readonly witnesses: Guest[] = [];
  /** Plain observers. */
  readonly onlookers = new Set<Observing>();
  /** Where it forwards to: one entry for each forward. */
  readonly targets: Place[] = [];
  /** What forwards here: one entry for each forward. */
  readonly sources: Place[] = [];
  /** The caching topic that watches it. */
  store: Storing | undefined;
  /** How many messages were published here, subscription changes among them. */
  published = 0;
  #reach: readonly Place[] | undefined;
  #stores: readonly Storing[] | undefined;
  #onlookersReached: readonly Observing[] | undefined;
  readonly #receivers = new Map<AnyMessageType, readonly Guest[]>();

  /** The pool that made it, if one did. */
  readonly pooling: Pooling | undefined;
  isOpen = true;

  constructor(topic: Topic, pooling?: Pooling) {
    this.topic = topic;
    this.pooling = pooling;
  }

  get name(): string {
    return this.topic.name;
  }

  /** Has everyone within reach who accepts the type expect a message, once (F1, F2, F4). */
  expect(type: AnyMessageType, token: number): void {
    this.published++;
    for (const witness of this.#receiversOf(type)) witness.expect(token);
    if (type === SubscriptionChange) return;
    this.#onlookersReached ??= this.reach.flatMap(({ onlookers }) => [...onlookers]);
    for (const onlooker of this.#onlookersReached) onlooker.expect(token);
  }

  /** Has everyone here who accepts cache updates expect one: what the cache holds from now on, then what it held (C2). */
  expectUpdate(token: number, oldToken: number): void {
    this.published++;
    for (const witness of this.#receiversOf(CacheUpdate)) witness.expect(token, oldToken);
  }

  /** The caches that a message published here is written to. */
  get stores(): readonly Storing[] {
    return (this.#stores ??= this.reach.flatMap(({ store }) => store ?? []));
  }

  /** This place and all that it forwards to, directly or not, each once. */
  get reach(): readonly Place[] {
    return (this.#reach ??= [...reachOf(this)]);
  }

  forwardTo(target: Place): void {
    this.targets.push(target);
    target.sources.push(this);
    this.changed();
  }

  cancelForwardTo(target: Place): void {
    removeOne(this.targets, target);
    removeOne(target.sources, this);
    this.changed();
  }

  add(witness: Guest): void {
    this.witnesses.push(witness);
    this.changed();
  }

  remove(witness: Guest): void {
    removeOne(this.witnesses, witness);
    this.changed();
  }

  addOnlooker(onlooker: Observing): void {
    this.onlookers.add(onlooker);
    this.changed();
  }

  removeOnlooker(onlooker: Observing): void {
    this.onlookers.delete(onlooker);
    this.changed();
  }

  /** It has ended: nothing forwards from here or to here any more. */
  detach(): void {
    this.isOpen = false;
    this.onlookers.clear();
    for (const target of [...this.targets]) this.cancelForwardTo(target);
    for (const source of [...this.sources]) source.cancelForwardTo(this);
  }

  /** Forgets what was found, here and wherever a publish reaches this place. */
  changed(): void {
    const told = new Set<Place>([this]);
    for (const place of told) {
      place.#reach = place.#stores = place.#onlookersReached = undefined;
      place.#receivers.clear();
      for (const source of place.sources) told.add(source);
    }
  }

  #receiversOf(type: AnyMessageType): readonly Guest[] {
    let receivers = this.#receivers.get(type);
    if (receivers === undefined) {
      receivers = this.reach.flatMap((place) => place.witnesses.filter(({ taste }) => taste.accepts(type)));
      this.#receivers.set(type, receivers);
    }
    return receivers;
  }
}

function reachOf(place: Place): Set<Place> {
  const reached = new Set([place]);
  for (const { targets } of reached) for (const target of targets) reached.add(target);
  return reached;
}

function removeOne<T>(list: T[], element: T): void {
  const index = list.indexOf(element);
  if (index >= 0) list.splice(index, 1);
}
