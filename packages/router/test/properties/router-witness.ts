import type { Handler, Message, Subscription, Topic } from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter } from '@stasis-rx/router';
import { finalText } from '../../../core/test/properties/model.js';
import { play, type Script } from '../../../core/test/properties/play.js';
import type { Surroundings } from '../../../core/test/properties/witness.js';
import type { ModelRouter } from './router-model.js';

/** One router of a program: plays the scripts of its handlers, and has the model say which of them it must be. */
export class RouterWitness {
  readonly model: ModelRouter;
  readonly real: MessageRouter;
  isHanging = false;
  readonly #world: Surroundings;
  /** How many messages have been taken: by handlers, or by nobody. */
  #taken = 0;
  #isRunning = false;
  #labels = 0;

  constructor(world: Surroundings, model: ModelRouter, topic: Topic) {
    this.#world = world;
    this.model = model;
    this.real = createMessageRouter(topic);
  }

  get isQuiet(): boolean {
    return this.isHanging || (this.#taken === this.model.subscription.due.length && !this.#isRunning);
  }

  /** A handler, and the label by which the model knows it. */
  handler(script: Script<RouterWitness>): { readonly label: string; readonly handle: Handler } {
    const label = `handler ${++this.#labels}`;
    let calls = 0;
    const handle: Handler = (...given) => {
      const call = calls++;
      return this.#called(label, (fail) => script(call, fail, this), ...given);
    };
    return { label, handle };
  }

  /** Before a route changes: what has been taken without a handler must have had none. */
  catchUp(subscription: Subscription = this.real.subscription, current = 0): void {
    const { due } = this.model.subscription;
    const taken = due.length - subscription.depth - current;
    for (; this.#taken < taken; this.#taken++) {
      const label = this.model.find(this.#taken);
      if (label !== undefined) this.#world.fault(`${label} did not get ${due[this.#taken]}`);
    }
  }

  /** Tells the world what is wrong when nothing is being delivered. */
  checkState(): void {
    this.catchUp();
    const { id, isSubscribed } = this.model.subscription;
    if (this.real.subscription.isSubscribed !== isSubscribed) {
      this.#world.fault(`${id}.isSubscribed is ${!isSubscribed}`);
    }
    if (this.real.isDone && this.#taken !== this.model.subscription.due.length) {
      this.#world.fault(`${id}.isDone too early`);
    }
  }

  #called(
    label: string,
    step: (fail: () => Error) => unknown,
    message: Message,
    topic: Topic,
    subscription: Subscription,
  ): unknown {
    const { due, id } = this.model.subscription;
    const text = this.#world.describe(message, topic);
    if (this.#isRunning) this.#world.fault(`${label} was called with ${text} while ${id} was running`);
    this.catchUp(subscription, 1);
    const expected = `${this.model.find(this.#taken)} gets ${due[this.#taken]}`;
    if (`${label} gets ${text}` !== expected) this.#world.fault(`${label} gets ${text}, but ${expected}`);
    const isFinal = text === finalText(this.model.subscription);
    if (subscription.isFinal(message) !== isFinal) this.#world.fault(`${id}.isFinal(${text}) is ${!isFinal}`);
    this.#taken++;
    this.#isRunning = true;
    const fail = (): Error => this.#world.failures.happen(`${id} on ${text}`, 'the bus');
    return play(() => step(fail), this.#finish);
  }

  readonly #finish = (): void => {
    this.#isRunning = this.isHanging = false;
  };
}
