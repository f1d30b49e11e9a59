import { CacheClear, createBus, createTopicPool, SubscriptionChange } from '@stasis-rx/core';
import type {
  Bus,
  Handler,
  Message,
  SubscribeOptions,
  Subscription,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { Bag } from './bag.js';
import { Failures } from './failures.js';
import type { Figures } from './figures.js';
import type { Leftovers } from './leftovers.js';
import type { Onlooker } from './onlooker.js';
import { Party } from './party.js';
import { changeToken, Declined, Formatted, Plain, State, tokenOf, type Parcel } from './messages.js';
import { Place, type ForwardHandle, type Guest, type Pooling } from './place.js';
import { lottery, type Random } from './random.js';
import { concernsCaches, Store } from './store.js';
import type { Violations } from './violations.js';

/** How the soak subscribes: as core does it, or in a test some broken way. */
export type Subscribe = (topic: Topic, handler: Handler, options: SubscribeOptions) => Subscription;

/** Does with a message what a handler may come up with. What it gives is what the handler returns. */
export type React = (world: World, witness: Guest, message: Message) => unknown;

/** What a world is made of. */
export interface Surroundings {
  readonly subscribe: Subscribe;
  readonly react: React;
  readonly random: Random;
  readonly figures: Figures;
  readonly violations: Violations;
  readonly leftovers: Leftovers;
}

// A thousand topics: hubs, each the parent of a pool, half of them with a caching topic behind; the rest by themselves.
const HUBS = 10;
const POOLED_EACH = 48;
const STORES = 5;
const ALONE = 505;

/** So many ids share the caches. */
const IDS = 200;

type Composer = (parcel: Parcel, random: Random) => Message;

const drawMessage = lottery<Composer>([
  [70, (parcel) => Plain(parcel)],
  [15, (parcel) => Formatted(parcel)],
  [10, (parcel, random) => State({ ...parcel, id: random.below(IDS) })],
  [3, (parcel, random) => CacheClear(State({ ...parcel, id: random.below(IDS) }))],
  [2, (parcel) => Declined(parcel)],
]);

/** A bus, and what the model knows of it. Whatever is done is done to the model first: handlers may run before it returns. */
export class World {
  readonly subscribe: Subscribe;
  readonly random: Random;
  readonly figures: Figures;
  readonly violations: Violations;
  readonly leftovers: Leftovers;
  readonly failures: Failures;
  readonly bus: Bus;
  /** Where messages are published and what can be forwarded: all topics but those of cache updates. */
  readonly places = new Bag<Place>();
  /** The parents of the pools. Nothing is forwarded from them, and they never end before the bus does. */
  readonly hubs: readonly Place[];
  readonly stores: readonly Store[];
  /** The subscriptions that nobody has ended. */
  readonly crowd = new Bag<Guest>();
  readonly forwards = new Bag<ForwardHandle>();
  readonly onlookers = new Bag<Onlooker>();
  /** Whoever comes may join it. */
  party = new Party<Guest>();
  /** Handlers change nothing now. */
  isQuiet = false;
  /** Promises of `join`, `publishSync` and `drained` that are to come. */
  waiting = 0;
  readonly #react: React;

  constructor({ subscribe, react, random, figures, violations, leftovers }: Surroundings) {
    this.subscribe = subscribe;
    this.#react = react;
    this.random = random;
    this.figures = figures;
    this.violations = violations;
    this.leftovers = leftovers;
    this.failures = new Failures(figures, violations);
    this.bus = createSoakBus(this.failures);
    this.hubs = Array.from({ length: HUBS }, (_, n) => this.open(`hub:${n}`));
    for (const hub of this.hubs) {
      const pool = createTopicPool(hub.topic);
      for (let n = 0; n < POOLED_EACH; n++) this.openPooled({ pool, hub, name: String(n) });
    }
    for (let n = 0; n < ALONE; n++) this.open(`alone:${n}`);
    this.stores = this.hubs.slice(0, STORES).map((hub) => (hub.store = new Store(hub, figures, violations)));
    figures.topics += STORES;
  }

  /** Every topic that there is, those of cache updates too. */
  get allPlaces(): readonly Place[] {
    return [...this.places.members, ...this.stores.map(({ updates }) => updates)];
  }

  /** Opens a topic by itself. */
  open(name: string): Place {
    return this.#opened(new Place(this.bus.topic(name)));
  }

  /** Opens a topic of a pool (F5). */
  openPooled(pooling: Pooling): Place {
    const place = this.#opened(new Place(pooling.pool.topic(pooling.name), pooling));
    place.forwardTo(pooling.hub);
    return place;
  }

  /** Plays the part of a handler that is given a message. */
  react(witness: Guest, message: Message): unknown {
    return this.#react(this, witness, message);
  }

  /** Publishes a message of any type. Returns what the bus does: whether there is room for more. */
  publish(place: Place, hops = 0): boolean {
    return this.send(place, this.compose(place, hops), (message) => place.topic.publish(message));
  }

  compose(place: Place, hops = 0): Message {
    const parcel = { number: ++this.figures.messages, from: place.name, hops };
    return drawMessage(this.random)(parcel, this.random);
  }

  /** Publishes a message the given way, after the model knows whom it reaches. */
  send<Result>(place: Place, message: Message, publish: (message: Message) => Result): Result {
    if (message.type === Declined) place.published++;
    else place.expect(message.type, tokenOf(message));
    const stores = concernsCaches(message) ? place.stores : [];
    for (const store of stores) store.take(message);
    const result = publish(message);
    for (const store of stores) store.compare(message);
    return result;
  }

  /** Does something in several steps, between which handlers change nothing. */
  quietly<Result>(work: () => Result): Result {
    const wasQuiet = this.isQuiet;
    this.isQuiet = true;
    try {
      return work();
    } finally {
      this.isQuiet = wasQuiet;
    }
  }

  /** The model's: everyone within reach is to see a subscription come or go (S3, S5). */
  announce(place: Place, subscription: number, description: SubscriptionChangeData['description']): void {
    place.expect(SubscriptionChange, changeToken(subscription, description));
  }

  #opened(place: Place): Place {
    this.figures.topics++;
    this.leftovers.watch(place.topic);
    this.places.add(place);
    return place;
  }
}

/** Knows nothing of the world: whoever holds on to the bus must not hold on to all of it. */
function createSoakBus(failures: Failures): Bus {
  return createBus({
    name: 'soak',
    declinedMessageTypes: [Declined.name],
    onError: (error) => {
      failures.report(error, 'bus');
    },
  });
}
