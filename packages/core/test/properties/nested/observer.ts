import type { Message } from '@stasis-rx/core';
import { Subscription, type Observer } from 'rxjs';
import type { Channel } from './ground.js';
import type { Line, NestedStage } from './stage.js';

/** What an observer does at one of its calls. */
export interface NestedStep {
  readonly lines: readonly Line[];
  readonly isThrowing: boolean;
}

/** A plain observer of a program. Does a step at each thing that happens to it: a value, an end, being torn down. */
export class NestedObserver implements Observer<Message<number>> {
  /** Can be left from the beginning, also while it is still being subscribed. */
  readonly subscription = new Subscription();
  readonly #stage: NestedStage;
  readonly #id: number;
  readonly #script: readonly NestedStep[];
  #steps = 0;

  constructor(stage: NestedStage, script: readonly NestedStep[]) {
    this.#stage = stage;
    this.#id = stage.nextObserver();
    this.#script = script;
  }

  observe(channel: Channel): void {
    const inner = channel.subscribe(this);
    inner.add(() => this.#happen('is torn down'));
    this.subscription.add(inner);
  }

  readonly next = ({ type, data }: Message<number>): void => {
    this.#throwIf(this.#happen(`${type.name}(${data})`));
  };

  readonly error = (error: unknown): void => {
    this.#throwIf(this.#happen(`error ${String(error)}`));
  };

  readonly complete = (): void => {
    this.#throwIf(this.#happen('complete'));
  };

  /** What a teardown throws is another matter (T6): a topic contains it, a Subject does not. */
  #happen(what: string): NestedStep | undefined {
    this.#stage.log.push(`observer ${this.#id}: ${what}`);
    const step = this.#script[this.#steps++];
    for (const line of step?.lines ?? []) this.#stage.perform(line, this);
    return step;
  }

  #throwIf(step: NestedStep | undefined): void {
    if (step?.isThrowing === true) throw `failure of observer ${this.#id}`;
  }
}
