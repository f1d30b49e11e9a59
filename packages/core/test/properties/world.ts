import { createBus, createTopicPool } from '@stasis-rx/core';
import type { Bus, BusEvent, Message, Topic, TopicPool } from '@stasis-rx/core';
import type { Action, Step } from './action.js';
import { Broadcast } from './broadcast.js';
import { CachePair } from './caches/cache-pair.js';
import type { Driver } from './drivers.js';
import { describeMessage } from './failures.js';
import * as model from './model.js';
import { Onlooker, type OnlookerOptions } from './onlooker.js';
import { Stage, type Outcome } from './stage.js';
import { statisticsFault } from './statistics.js';
import { isCaching, isPooled } from './topics.js';
import type { CachingTopicName, CachingTopicPair, TopicName, TopicPair } from './topics.js';
import type { Witness } from './witness.js';

/** One line of a program about a bus. */
export type BusAction = Action<World, Witness>;

/** What a handler of such a program does in one of its calls. */
export type BusStep = Step<World, Witness>;

/** Where a program runs: what it does is done to the model and to a bus, and in the end the two are compared. */
export class World extends Stage {
  readonly bus: Bus;
  readonly pool: TopicPool;
  readonly cache = new CachePair();

  // The variables of the program.
  readonly topics: Record<TopicName, TopicPair>;
  readonly cachingTopics = new Map<CachingTopicName, CachingTopicPair>();
  readonly subscriptions = new Map<string, Witness>();
  readonly observers = new Map<string, { leave(): void }>();
  readonly forwards = new Map<string, () => void>();

  // Everything that there ever was.
  readonly everySubscription: model.ModelSubscription[] = [];
  readonly witnesses: Witness[] = [];
  readonly onlookers: Onlooker[] = [];
  readonly origins = new Map<Message, Topic>();
  readonly #everyTopic: model.ModelTopic[];
  readonly #parent: model.ModelTopic;
  #number = 0;
  #events: Broadcast<BusEvent> | undefined;

  constructor(driver: Driver) {
    super(driver);
    const onError = (error: unknown): void => this.failures.report(error, 'the bus');
    this.bus = createBus({ dispatcher: driver.dispatcher, onError, declinedMessageTypes: ['Declined'] });
    const a = { real: this.bus.topic('a'), model: model.modelTopic('a') };
    this.pool = createTopicPool(a.real);
    this.#parent = a.model;
    this.topics = { a, b: this.#made('b'), c: this.#made('c'), x: this.#made('x'), y: this.#made('y') };
    this.#everyTopic = Object.values(this.topics).map((topic) => topic.model);
  }

  /** The topic of a variable, or that of the updates of a caching topic; nothing where there is none yet. */
  topicOf(name: TopicName | CachingTopicName): TopicPair | undefined {
    return isCaching(name) ? this.cachingTopics.get(name)?.updates : this.topics[name];
  }

  addCachingTopic(name: CachingTopicName, pair: CachingTopicPair): void {
    this.cachingTopics.set(name, pair);
    this.addTopic(pair.updates.model);
  }

  /** One more topic, of which there are statistics. */
  protected readonly addTopic = (topic: model.ModelTopic): void => {
    this.#everyTopic.push(topic);
  };

  /** The bus's events: while nobody observes them, they are not told. */
  get events(): Broadcast<BusEvent> {
    return (this.#events ??= new Broadcast('bus.events$', this.bus.events$));
  }

  get liveTopics(): model.ModelTopic[] {
    return this.#everyTopic.filter(({ ended }) => ended === 'no');
  }

  /** Makes the next subscription on the model. */
  subscribeOnModel(topic: model.ModelTopic, filter: model.ModelFilter): model.ModelSubscription {
    const id = `${topic.name}#${this.everySubscription.length + 1}`;
    const subscription = model.subscribe(topic, id, filter);
    this.everySubscription.push(subscription);
    return subscription;
  }

  /** Somebody observes; what it has seen is compared in the end. */
  addOnlooker<Value>(observer: model.ModelObserver, options: OnlookerOptions<Value>): Onlooker<Value> {
    const onlooker = new Onlooker(this, observer, options);
    this.onlookers.push(onlooker);
    return onlooker;
  }

  nextNumber(): number {
    return ++this.#number;
  }

  /** Asks for a topic by its name: the same one, or a new one where that has ended. */
  open(name: TopicName): void {
    const known = this.topics[name];
    const made = this.#made(name);
    const isNew = known.model.ended !== 'no';
    if ((made.real !== known.real) !== isNew) this.fault(`asking for the topic '${name}' gives a new one: ${!isNew}`);
    if (!isNew) return;
    this.topics[name] = made;
    this.addTopic(made.model);
  }

  #made(name: TopicName): TopicPair {
    return isPooled(name)
      ? { real: this.pool.topic(name), model: model.pooledTopic(this.#parent, name) }
      : { real: this.bus.topic(name), model: model.modelTopic(name) };
  }

  /** A message as the model writes it. */
  describe(message: Message, topic: Topic): string {
    const origin = this.origins.get(message);
    const isOrigin = origin === undefined || origin === topic;
    return `${describeMessage(message)} from ${topic.name}${isOrigin ? '' : ', a different topic of that name'}`;
  }

  /** What can be asked of a bus between two lines. */
  checkState(): void {
    for (const witness of this.witnesses) witness.checkState();
    this.fault(this.cache.faultOf());
    const updates = [...this.cachingTopics.values()].map((one) => one.updates);
    for (const { real, model: expected } of [...Object.values(this.topics), ...updates]) {
      const isFound = this.bus.find(real.name) === real;
      if (isFound !== (expected.ended === 'no')) this.fault(`bus.find('${real.name}') finds it: ${isFound}`);
    }
    const pooled = [this.topics.x, this.topics.y].filter((topic) => topic.model.ended === 'no').length;
    if (this.pool.size !== pooled) this.fault(`pool.size is ${this.pool.size}`);
  }

  checkStatistics(): void {
    const topics = this.liveTopics;
    const subscriptions = this.everySubscription.filter(({ isSubscribed }) => isSubscribed);
    const tallies = this.#everyTopic.map(({ tally }) => tally);
    this.fault(statisticsFault(this.bus, { topics, subscriptions, tallies }));
  }

  async end(): Promise<Outcome> {
    await this.windUp(
      this.bus,
      () => this.isQuiet(),
      () => {
        for (const { real, model: topic } of Object.values(this.topics)) {
          model.end(topic, 'completed');
          real.complete();
        }
      },
    );
    return this.#outcome();
  }

  /** Whether every subscription that does not hang has handled what it has to. */
  protected isQuiet(): boolean {
    return this.witnesses.every((one) => one.isHanging || one.isUpToDate);
  }

  #outcome(): Outcome {
    const byId = (entries: [string, readonly string[]][]): object => Object.fromEntries(entries);
    return {
      actual: {
        faults: this.faults,
        handled: byId(this.witnesses.map(({ model: { id }, handled }) => [id, handled])),
        observed: this.onlookers.map(({ seen }) => seen),
        failures: this.failures.reported,
      },
      expected: {
        faults: [],
        handled: byId(this.witnesses.map(({ model: { id, due } }) => [id, due])),
        observed: this.onlookers.map(({ due }) => due),
        failures: this.failures.happened,
      },
    };
  }
}
