import type { Congestion, Handler, StasisError, Subscription } from '@stasis-rx/core';
import { Broadcast } from '../broadcast.js';
import { describeMessage } from '../failures.js';
import { play, type Script } from '../play.js';
import type { Stage } from '../stage.js';
import { take, type ModelMailbox, type ModelMessage } from './model.js';

/** What a witness needs to know of where it is. */
export interface Surroundings extends Pick<Stage, 'failures' | 'fault' | 'promises'> {
  /** The alerts of one subscription that the bus has told. */
  alertsOf(id: string): readonly string[];
}

/** One subscription of a program: plays the script of its handler, and has the model say what it must be handed. */
export class Witness {
  readonly model: ModelMailbox;
  isHanging = false;
  /** What is being handled. */
  current: ModelMessage | undefined;
  /** What `congestion$` told, from when on it could be observed. */
  congestion: Broadcast<Congestion> | undefined;
  overflows = 0;
  subscription: Subscription | undefined;
  readonly #world: Surroundings;
  readonly #script: Script<Witness>;
  /** How many alerts of its own the bus had told when it began to listen to `congestion$`. */
  #alertsBefore = 0;
  #handled = 0;

  constructor(world: Surroundings, model: ModelMailbox, script: Script<Witness>) {
    this.#world = world;
    this.model = model;
    this.#script = script;
  }

  get isQuiet(): boolean {
    return this.isHanging || (this.model.waiting.length === 0 && this.current === undefined);
  }

  /** The alerts that `congestion$` told. */
  get alerts(): readonly string[] {
    return this.congestion?.told.map(({ state, depth }) => `${state} at ${depth}`) ?? [];
  }

  /** Those that it had to tell. */
  get dueAlerts(): readonly string[] {
    return this.model.alerts.slice(this.#alertsBefore);
  }

  attach(subscription: Subscription): void {
    if (this.subscription !== undefined) return;
    this.subscription = subscription;
    this.#alertsBefore = this.#world.alertsOf(this.model.id).length;
    this.congestion = new Broadcast(`congestion$ of ${this.model.id}`, subscription.congestion$);
    this.#world.promises.push(this.congestion.completed);
  }

  readonly onError = (error: StasisError): void => {
    if (error.code === 'OVERFLOW') this.overflows++;
    else this.#world.failures.report(error, this.model.id);
  };

  readonly onFinal = (): void => {
    if (this.model.isFinalHidden) take(this.model);
  };

  readonly handler: Handler = (message, topic, subscription) => {
    this.attach(subscription);
    const { id } = this.model;
    const text = `${describeMessage(message)} from ${topic.name}`;
    if (this.current !== undefined) this.#world.fault(`${id} was called with ${text} while it was running`);
    this.current = take(this.model);
    if (this.current?.text !== text) this.#world.fault(`${id} was called with ${text}, not ${this.current?.text}`);
    this.checkDepth();
    const call = this.#handled++;
    const fail = (): Error => this.#world.failures.happen(`${id} on ${text}`, id);
    return play(() => this.#script(call, fail, this), this.#finish);
  };

  checkDepth(): void {
    const { subscription, model } = this;
    if (subscription === undefined || subscription.depth === model.waiting.length) return;
    this.#world.fault(`${model.id}.depth is ${subscription.depth}, and should be ${model.waiting.length}`);
  }

  readonly #finish = (): void => {
    this.current = undefined;
    this.isHanging = false;
  };
}
