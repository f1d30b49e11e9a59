import { createStateManager, type StateManager } from '@stasis-rx/core';
import { isDeepStrictEqual } from 'node:util';
import type { Driver } from '../drivers.js';
import { describeMessage } from '../failures.js';
import type { Outcome } from '../stage.js';
import { World } from '../world.js';
import { ModelStates } from './model.js';

/** Something of a program that holds a state, and can let go of it. */
export interface Holder {
  publish?(type: 'A' | 'B'): void;
  letGo(): void;
}

/** Where programs about states run. All states are forwarded to the topic `c`. */
export class StatesWorld extends World {
  readonly real: StateManager;
  readonly model: ModelStates;
  readonly holders = new Map<string, Holder>();
  readonly #everyHolder: Holder[] = [];

  constructor(driver: Driver) {
    super(driver);
    this.real = createStateManager(this.bus, 'c');
    this.model = new ModelStates(this.topics.c.model, this.addTopic);
  }

  addHolder(slot: string, holder: Holder): void {
    this.holders.set(slot, holder);
    this.#everyHolder.push(holder);
  }

  /** X1: ids and last messages, in the order in which they came. */
  override checkState(): void {
    super.checkState();
    const actual = this.real.entries().map(([id, data]) => [id, data && describeMessage(data)]);
    const expected = Array.from(this.model.states, ([id, { data }]) => [id, data]);
    if (isDeepStrictEqual(actual, expected)) return;
    this.fault(`the states are ${JSON.stringify(actual)}, and should be ${JSON.stringify(expected)}`);
  }

  override end(): Promise<Outcome> {
    for (const onlooker of this.onlookers) onlooker.leave();
    for (const holder of this.#everyHolder) holder.letGo();
    for (const id of this.model.states.keys()) {
      this.model.release(id, 'local');
      this.real.remove(id);
    }
    return super.end();
  }
}
