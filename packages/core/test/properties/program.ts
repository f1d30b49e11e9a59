import type { Action } from './action.js';
import type { Outcome, Stage } from './stage.js';

/** A random program. Its lines run one after the other, and those of its handlers whenever they are called. */
export class Program<Place extends Stage, Self> {
  readonly #actions: readonly Action<Place, Self>[];

  constructor(actions: readonly Action<Place, Self>[]) {
    this.#actions = actions;
  }

  /** Runs the program on a bus and on the model, to the end of both. */
  async run(world: Place): Promise<Outcome> {
    for (const action of this.#actions) {
      const waiting = world.perform<Self>(action);
      // Awaiting every line would drain the mailboxes after each.
      if (waiting instanceof Promise) await waiting;
      world.checkState();
    }
    return this.#end(world);
  }

  /** What RxJS reports late must not be taken for the next program's, not even when this one breaks off. */
  async #end(world: Place): Promise<Outcome> {
    try {
      return await world.end();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      throw error;
    }
  }

  /** How fast-check prints it. */
  toString(): string {
    return this.#actions.map(({ code }) => `${code};`).join('\n');
  }
}
