import type { Message } from '@stasis-rx/core';
import type { Observer, Subscription } from 'rxjs';
import { describeMessage } from './failures.js';
import type { ModelObserver } from './model.js';
import type { Step } from './program.js';
import type { World } from './world.js';

/** One plain RxJS observer of a program: of a topic, or of an entry of the cache. */
export class Onlooker implements Observer<Message | undefined> {
  readonly seen: string[] = [];
  subscription: Subscription | undefined;
  readonly #world: World;
  readonly #model: ModelObserver;
  readonly #script: readonly Step[];
  #left: number | undefined;

  constructor(world: World, model: ModelObserver, script: readonly Step[]) {
    this.#world = world;
    this.#model = model;
    this.#script = script;
  }

  /** What it should have seen: who leaves sees nothing more, not even what was published before. */
  get due(): readonly string[] {
    return this.#model.due.slice(0, this.#left);
  }

  leave(): void {
    if (this.subscription === undefined || this.#left !== undefined) return;
    this.#left = this.seen.length;
    this.#model.leave();
    this.subscription.unsubscribe();
  }

  readonly next = (message: Message | undefined): void => {
    const step = this.#script[this.seen.length];
    this.seen.push(message === undefined ? 'nothing' : describeMessage(message));
    step?.run(this.#world, () => this.#world.failures.happen('', 'RxJS'));
  };

  readonly error = (): void => {
    this.seen.push('failed');
  };

  readonly complete = (): void => {
    this.seen.push('completed');
  };
}
