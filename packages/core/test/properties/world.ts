import { createBus, createTopicPool } from '@stasis-rx/core';
import type { Bus, Message, Topic, TopicPool } from '@stasis-rx/core';
import { config } from 'rxjs';
import type { Driver } from './drivers.js';
import { describeMessage, Failures } from './failures.js';
import * as model from './model.js';
import type { Onlooker } from './onlooker.js';
import type { Action } from './program.js';
import type { Witness } from './witness.js';

/** Topics of programs: `x` and `y` are pooled under `a`. */
export type TopicName = 'a' | 'b' | 'c' | 'x' | 'y';

/** What came of a program, and what should have come of it. */
export interface Outcome {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Where a program runs: what it does is done to the model and to a bus, and in the end the two are compared. */
export class World {
  readonly driver: Driver;
  readonly bus: Bus;
  readonly pool: TopicPool;
  readonly failures = new Failures();

  // The variables of the program.
  readonly topics: Record<TopicName, { readonly real: Topic; readonly model: model.ModelTopic }>;
  readonly subscriptions = new Map<string, Witness>();
  readonly observers = new Map<string, Onlooker>();
  readonly forwards = new Map<string, () => void>();

  // Everything that there ever was.
  readonly witnesses: Witness[] = [];
  readonly onlookers: Onlooker[] = [];
  readonly origins = new Map<Message, Topic>();
  readonly promises: Promise<void>[] = [];

  /** Handlers that hang do so until the program has ended. */
  readonly released: Promise<void>;
  readonly #parent: model.ModelTopic;
  #release: () => void = () => undefined;
  readonly #faults: string[] = [];

  constructor(driver: Driver) {
    this.driver = driver;
    this.released = new Promise((resolve) => (this.#release = resolve));
    const onError = (error: unknown): void => this.failures.report(error, 'the bus');
    config.onUnhandledError = (error) => this.failures.report(error, 'RxJS');
    this.bus = createBus({ dispatcher: driver.dispatcher, onError, declinedMessageTypes: ['Declined'] });
    const a = { real: this.bus.topic('a'), model: model.modelTopic('a') };
    this.pool = createTopicPool(a.real);
    this.#parent = a.model;
    this.topics = { a, b: this.#made('b'), c: this.#made('c'), x: this.#made('x'), y: this.#made('y') };
  }

  /** Asks for a topic by its name: the same one, or a new one where that has ended. */
  open(name: TopicName): void {
    const known = this.topics[name];
    const made = this.#made(name);
    const isNew = known.model.ended !== 'no';
    if ((made.real !== known.real) !== isNew) this.fault(`asking for the topic '${name}' gives a new one: ${!isNew}`);
    if (isNew) this.topics[name] = made;
  }

  #made(name: TopicName): World['topics'][TopicName] {
    const isPooled = name === 'x' || name === 'y';
    return isPooled
      ? { real: this.pool.topic(name), model: model.pooledTopic(this.#parent, name) }
      : { real: this.bus.topic(name), model: model.modelTopic(name) };
  }

  /** Does one line of a program; nothing that it does may throw. */
  perform(action: Action, self?: Witness): unknown {
    try {
      return action.run(this, self);
    } catch (error) {
      this.fault(`${action.code} threw ${String(error)}`);
      return undefined;
    }
  }

  fault(text: string): void {
    this.#faults.push(text);
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
    for (const { real, model: expected } of Object.values(this.topics)) {
      const isFound = this.bus.find(real.name) === real;
      if (isFound !== (expected.ended === 'no')) this.fault(`bus.find('${real.name}') finds it: ${isFound}`);
    }
    const pooled = [this.topics.x, this.topics.y].filter((topic) => topic.model.ended === 'no').length;
    if (this.pool.size !== pooled) this.fault(`pool.size is ${this.pool.size}`);
  }

  /** Waits for everything, closes the bus, and tells how it went. */
  async end(): Promise<Outcome> {
    // T6: a handler that hangs holds up no other subscription.
    await this.#until('the subscriptions that do not hang', () =>
      this.witnesses.every((one) => one.isHanging || one.isUpToDate),
    );
    this.#release();
    await this.#settle('bus.settled()', this.bus.settled());
    while (this.bus.topics().length > 0) await this.#completeTopics();
    await this.#settle('bus.close()', this.bus.close());
    await this.#settle('every join and publishSync', Promise.all(this.promises));
    await this.#until('every report of a failure', () => this.failures.areAllReported);
    this.checkState();
    return this.#outcome();
  }

  /** Completes what there is. Handlers of final messages may ask for new topics meanwhile. */
  async #completeTopics(): Promise<void> {
    for (const { real, model: topic } of Object.values(this.topics)) {
      model.end(topic, 'completed');
      real.complete();
    }
    await this.#settle('bus.settled()', this.bus.settled());
  }

  async #settle(what: string, promise: Promise<unknown>): Promise<void> {
    const state = { isSettled: false };
    void promise.then(() => (state.isSettled = true));
    await this.#until(what, () => state.isSettled);
  }

  /** Lets macrotasks pass until it is so, then timers; not for ever. */
  async #until(what: string, isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 120; turn++) {
      if (isSo()) return;
      this.driver.flush();
      await new Promise((resolve) => (turn < 100 ? setImmediate(resolve) : setTimeout(resolve, 1)));
    }
    this.fault(`waited in vain for ${what}`);
  }

  #outcome(): Outcome {
    const byId = (entries: [string, readonly string[]][]): object => Object.fromEntries(entries);
    return {
      actual: {
        faults: this.#faults,
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
