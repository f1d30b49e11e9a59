import { createBus, subscribe, type Bus, type Subscription, type Topic } from '@stasis-rx/core';
import type { Trial } from '../../harness/time-ratio.js';
import { Tally } from '../../harness/tally.js';
import { counting, Sample } from '../../scenarios/samples.js';
import { expectAll, fromBothEnds } from './operation.js';

/** Subscribes to one topic. */
export function subscribing(count: number): Trial {
  const crowd = new Crowd();
  return {
    run() {
      for (let made = 0; made < count; made++) crowd.add();
    },
    check: () => crowd.expectSubscribed(count),
  };
}

/** Unsubscribes from one topic, and waits until each has had its final message. */
export function unsubscribing(count: number): Trial {
  const crowd = new Crowd();
  for (let made = 0; made < count; made++) crowd.add();
  const leaving = fromBothEnds(crowd.subscriptions);
  return {
    run() {
      for (const subscription of leaving) subscription.unsubscribe();
      return Promise.all(leaving.map((subscription) => subscription.join()));
    },
    check: () => crowd.expectGone(count),
  };
}

/** Subscribes to one topic, each with a signal of its own, and aborts these: rows of a list that appear and disappear. */
export function mounting(count: number): Trial {
  const crowd = new Crowd();
  return {
    run() {
      const rows = Array.from({ length: count }, () => new AbortController());
      for (const { signal } of rows) crowd.add(signal);
      for (const row of fromBothEnds(rows)) row.abort();
      return crowd.bus.settled();
    },
    check: () => crowd.expectGone(count),
  };
}

/** Aborts one signal that many subscriptions have, each on a topic of its own. */
export function aborting(count: number): Trial {
  const crowd = new Crowd();
  const controller = new AbortController();
  for (let made = 0; made < count; made++) crowd.add(controller.signal, crowd.bus.topic(`samples-${made}`));
  return {
    run() {
      controller.abort();
      return crowd.bus.settled();
    },
    check: () => crowd.expectDone(count),
  };
}

/** Subscriptions of one bus, most often to one topic. */
class Crowd {
  readonly bus: Bus = createBus();
  readonly subscriptions: Subscription[] = [];
  readonly #topic = this.bus.topic<Sample>('samples');
  readonly #tally = new Tally();
  readonly #handler = counting(this.#tally);

  add(signal?: AbortSignal, topic: Topic<Sample> = this.#topic): void {
    this.subscriptions.push(subscribe(topic, this.#handler, { accept: [Sample], signal }));
  }

  async expectSubscribed(count: number): Promise<void> {
    expectAll(count, 'subscriptions to have a message', await this.#countDeliveries());
  }

  expectDone(count: number): void {
    const done = this.subscriptions.filter(({ isDone }) => isDone);
    expectAll(count, 'subscriptions to be done', done.length);
  }

  async expectGone(count: number): Promise<void> {
    this.expectDone(count);
    expectAll(0, 'of them to have a message', await this.#countDeliveries());
  }

  async #countDeliveries(): Promise<number> {
    this.#topic.publish(Sample({ n: 1 }));
    await this.bus.settled();
    return this.#tally.count;
  }
}
