import type { Congestion, Handler, Message, Subscription, Topic } from '@stasis-rx/core';
import { getEventListeners } from 'node:events';
import { Broadcast } from './broadcast.js';
import { finalText, type ModelSubscription } from './model.js';
import { play, type Script } from './play.js';
import type { Stage } from './stage.js';

/** What a witness needs to know of where it is. */
export interface Surroundings extends Pick<Stage, 'failures' | 'fault'> {
  /** A message as the model writes it. */
  describe(message: Message, topic: Topic): string;
}

/** One subscription of a program: plays the script of its handler, and writes down what it handled. */
export class Witness {
  readonly model: ModelSubscription;
  readonly handled: string[] = [];
  /** How many messages it has handled to the end. */
  finished = 0;
  isHanging = false;
  subscription: Subscription | undefined;
  controller: AbortController | undefined;
  #congestion: Broadcast<Congestion> | undefined;
  readonly #world: Surroundings;
  readonly #script: Script<Witness>;
  readonly errorsGoTo: string;
  #isRunning = false;

  constructor(world: Surroundings, model: ModelSubscription, script: Script<Witness>, errorsGoTo: string) {
    this.#world = world;
    this.model = model;
    this.#script = script;
    this.errorsGoTo = errorsGoTo;
  }

  /** Whether it has handled everything that the model has for it. */
  get isUpToDate(): boolean {
    return this.finished >= this.model.due.length;
  }

  congestionOf({ congestion$ }: Subscription): Broadcast<Congestion> {
    return (this.#congestion ??= new Broadcast(`congestion$ of ${this.model.id}`, congestion$));
  }

  /** Tells the world what is wrong when nothing is being delivered. */
  checkState(): void {
    const { subscription, model } = this;
    if (subscription === undefined) return;
    const { isSubscribed, isDone, depth } = subscription;
    // A final message that the filter keeps from the handler waits in the mailbox like any other.
    const hiddenFinals = model.isSubscribed || model.isFinalDue || isDone ? 0 : 1;
    const waiting = model.due.length - this.handled.length + hiddenFinals;
    if (isSubscribed !== model.isSubscribed) this.#world.fault(`${model.id}.isSubscribed is ${isSubscribed}`);
    if (depth !== waiting) this.#world.fault(`${model.id}.depth is ${depth}, and should be ${waiting}`);
    if (!isSubscribed && this.#listeners > 0) this.#world.fault(`${model.id} still listens to its signal`);
  }

  get #listeners(): number {
    return this.controller === undefined ? 0 : getEventListeners(this.controller.signal, 'abort').length;
  }

  readonly handler: Handler = (message, topic, subscription) => {
    this.subscription = subscription;
    const text = this.#world.describe(message, topic);
    if (this.#isRunning) this.#world.fault(`${this.model.id} was called with ${text} while it was running`);
    if (subscription.isFinal(message) !== (text === finalText(this.model))) {
      this.#world.fault(`${this.model.id}.isFinal(${text}) is ${subscription.isFinal(message)}`);
    }
    this.#isRunning = true;
    const call = this.handled.length;
    this.handled.push(text);
    const fail = (): Error => this.#world.failures.happen(`${this.model.id} on ${text}`, this.errorsGoTo);
    return play(() => this.#script(call, fail, this), this.#finish);
  };

  readonly #finish = (): void => {
    this.#isRunning = this.isHanging = false;
    this.finished++;
  };
}
