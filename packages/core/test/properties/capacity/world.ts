import { createBus, forwardAll, type Bus, type BusEvent, type Message, type Topic } from '@stasis-rx/core';
import { Broadcast } from '../broadcast.js';
import type { Driver } from '../drivers.js';
import { published } from '../published.js';
import { Stage, type Outcome } from '../stage.js';
import { statisticsFault } from '../statistics.js';
import * as model from './model.js';
import type { Witness } from './witness.js';

/** `a` is forwarded to `b`. */
export type TopicName = 'a' | 'b';

/** Where programs about bounded mailboxes run. */
export class CapacityWorld extends Stage {
  readonly bus: Bus;
  readonly topics: Readonly<Record<TopicName, { readonly real: Topic; readonly model: model.ModelTopic }>>;
  readonly subscriptions = new Map<string, Witness>();
  readonly witnesses: Witness[] = [];
  readonly events: Broadcast<BusEvent>;
  #published = 0;

  constructor(driver: Driver) {
    super(driver);
    const onError = (error: unknown): void => this.failures.report(error, 'the bus');
    this.bus = createBus({ dispatcher: driver.dispatcher, onError });
    this.events = new Broadcast('bus.events$', this.bus.events$);
    const b = { real: this.bus.topic('b'), model: model.modelTopic('b') };
    const a = { real: this.bus.topic('a'), model: model.modelTopic('a', b.model) };
    forwardAll(a.real, b.real);
    this.topics = { a, b };
  }

  /** Makes the next message, and tells the model of it. */
  publishOnModel(topic: model.ModelTopic, type: 'A' | 'B'): { readonly message: Message; readonly answer: boolean } {
    const number = ++this.#published;
    return { message: published[type](number), answer: model.publish(topic, type, `${type}(${number})`) };
  }

  /** The alerts of one subscription that the bus has told. */
  alertsOf(id: string): string[] {
    return this.events.told.flatMap((event) =>
      event.type === 'congestion' && event.subscription === id ? `${event.state} at ${event.depth}` : [],
    );
  }

  checkState(): void {
    for (const witness of this.witnesses) witness.checkDepth();
  }

  checkStatistics(): void {
    const topics = Object.values(this.topics).map((topic) => topic.model);
    const subscriptions = this.witnesses.map((witness) => witness.model).filter(({ isSubscribed }) => isSubscribed);
    const live = topics.filter(({ isEnded }) => !isEnded);
    this.fault(statisticsFault(this.bus, { topics: live, subscriptions, tallies: topics.map(({ tally }) => tally) }));
  }

  async end(): Promise<Outcome> {
    const isQuiet = (): boolean => this.witnesses.every((one) => one.isQuiet);
    await this.windUp(this.bus, isQuiet, () => {
      for (const { real, model: topic } of Object.values(this.topics)) {
        model.complete(topic);
        real.complete();
      }
    });
    return {
      actual: {
        faults: this.faults,
        subscriptions: this.witnesses.map((one) => this.#told(one)),
        failures: this.failures.reported,
      },
      expected: {
        faults: [],
        subscriptions: this.witnesses.map(expectedOf),
        failures: this.failures.happened,
      },
    };
  }

  #told({ model: { id, waiting }, alerts, overflows }: Witness): unknown {
    return { id, waiting, congestion: alerts, alerts: this.alertsOf(id), drops: this.#dropsOf(id), overflows };
  }

  /** Types of the messages whose drop the bus has told. */
  #dropsOf(id: string): string[] {
    return this.events.told.flatMap((event) =>
      event.type === 'dropped' && event.subscription === id ? event.messageType : [],
    );
  }
}

function expectedOf({ model: { id, alerts, drops, overflows }, dueAlerts }: Witness): unknown {
  return { id, waiting: [], congestion: dueAlerts, alerts, drops, overflows };
}
