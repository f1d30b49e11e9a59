import { AsyncLocalStorage } from 'node:async_hooks';
import {
  createBus,
  forwardAll,
  subscribe,
  type Message,
  type Probe,
  type Receipt,
  type Subscription,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import * as fc from 'fast-check';
import { A, B } from './support/story.js';

const storage = new AsyncLocalStorage<string>();

const STEPS = ['publish', 'publish', 'deliver', 'hold', 'release', 'attach', 'detach', 'turn', 'task'] as const;
const TO_ONE = ['pause', 'resume', 'step', 'leave'] as const;
const NEW = ['queued', 'synchronous', 'asynchronous', 'router', 'forwarded'] as const;

const step = fc.oneof(
  fc.record({
    name: fc.constantFrom(...STEPS),
    user: fc.constantFrom('ann', 'bob', 'carol'),
    isForwarded: fc.boolean(),
  }),
  fc.record({ name: fc.constantFrom(...TO_ONE), index: fc.nat(9) }),
  fc.record({ name: fc.constantFrom(...NEW) }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What one subscription has seen: numbers of publishes, and its end. */
interface Log {
  readonly seen: number[];
  readonly subscription: Subscription;
  /** The number of the first publish that is for it. */
  readonly from: number;
  /** Whether it hears only what is published on the topic that is forwarded. */
  readonly isNarrow: boolean;
  until: number | undefined;
  finals: number;
}

const fail = (): never => {
  throw new Error('boom');
};
const THROWING: Probe = { published: fail, queued: fail, began: fail, ended: fail, changed: fail };

/** A bus with everything on it, of which one thing after another is done at random. */
class Scene {
  readonly bus = createBus({ context: 'publisher', onError: () => undefined });
  readonly all = this.bus.topic<Message<number>>('all');
  readonly one = this.bus.topic<Message<number>>('one');
  readonly logs: Log[] = [];
  readonly receipts: Promise<Receipt>[] = [];
  readonly strangers: string[] = [];
  readonly publishers: string[] = [];
  readonly isOnOne: boolean[] = [];
  #attached: ReturnType<typeof this.bus.attach> | undefined;
  /** How many publishes have been delivered: those that are kept come later. */
  #delivered = 0;

  constructor() {
    forwardAll(this.one, this.all);
  }

  async do(action: Step): Promise<void> {
    if ('index' in action) this.#toOne(action.name, this.logs[action.index % (this.logs.length || 1)]);
    else if ('user' in action) await this.#step(action.name, action.user, action.isForwarded);
    else this.#join(action.name);
    if (!this.bus.isHeld) this.#delivered = this.publishers.length;
  }

  #toOne(name: (typeof TO_ONE)[number], log: Log | undefined): void {
    if (log === undefined) return;
    const { subscription } = log;
    if (name === 'pause') subscription.pause();
    if (name === 'resume') subscription.resume();
    if (name === 'step') subscription.step();
    if (name !== 'leave') return;
    log.until ??= this.#delivered;
    subscription.unsubscribe();
  }

  async #step(name: (typeof STEPS)[number], user: string, isForwarded: boolean): Promise<void> {
    if (name === 'hold') this.bus.hold();
    if (name === 'release') this.bus.release();
    if (name === 'attach') this.#attached ??= this.bus.attach(THROWING);
    if (name === 'detach') this.#attached?.detach();
    if (name === 'turn') await Promise.resolve();
    if (name === 'task') await new Promise(setImmediate);
    if (name !== 'publish' && name !== 'deliver') return;
    const topic = isForwarded ? this.one : this.all;
    const message = (this.publishers.length % 2 === 0 ? A : B)(this.publishers.length);
    this.publishers.push(user);
    this.isOnOne.push(isForwarded);
    storage.run(user, () => {
      if (name === 'publish') topic.publish(message);
      else this.receipts.push(topic.deliver(message));
    });
  }

  #join(name: (typeof NEW)[number]): void {
    const seen: number[] = [];
    const isNarrow = name === 'forwarded';
    const topic = isNarrow ? this.one : this.all;
    const see = (message: Message<number>): void => {
      seen.push(message.data);
      this.#meet(message);
    };
    const seeAgain = async (message: Message<number>): Promise<void> => {
      see(message);
      await Promise.resolve();
      this.#meet(message);
    };
    const handler = name === 'asynchronous' || name === 'forwarded' ? seeAgain : see;
    const delivery = name === 'synchronous' ? name : 'queued';
    const onFinal = (): void => {
      log.finals++;
    };
    const subscription =
      name === 'router'
        ? createMessageRouter(topic, { onFinal }).add(A, seeAgain).add(B, see).subscription
        : subscribe(topic, handler, { accept: [A, B], delivery, onFinal });
    const log: Log = { seen, subscription, from: this.#delivered, isNarrow, until: undefined, finals: 0 };
    this.logs.push(log);
  }

  /** Whoever is not alone with its publisher has met a stranger. */
  #meet({ data }: Message<number>): void {
    const here = String(storage.getStore());
    if (here !== this.publishers[data]) this.strangers.push(`${String(this.publishers[data])} met ${here}`);
  }

  /** The publishes that a subscription has to see. */
  expected({ from, until, isNarrow }: Log): number[] {
    const numbers = this.publishers.map((_, n) => n).slice(from, until);
    return isNarrow ? numbers.filter((n) => this.isOnOne[n]) : numbers;
  }
}

test('K1, H1, H2, Q1, P1: whatever is done to a bus, in any order, its promises hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (actions) => {
      const scene = new Scene();
      for (const action of actions) await scene.do(action);
      await scene.bus.close();
      const receipts = await Promise.all(scene.receipts);

      expect(scene.strangers).toEqual([]);
      for (const log of scene.logs) {
        expect(log.seen).toEqual(scene.expected(log));
        expect(log.finals).toBe(1);
      }
      for (const { deliveries } of receipts) {
        const ids = deliveries.map(({ subscription }) => subscription);
        expect(new Set(ids).size).toBe(ids.length);
        expect(deliveries.every(({ outcome }) => outcome === 'handled')).toBe(true);
      }
    }),
  );
});
