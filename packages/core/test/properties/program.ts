import type { Driver } from './drivers.js';
import type { Witness } from './witness.js';
import { World, type Outcome } from './world.js';

/** One line of a program. */
export interface Action {
  /** As it stands in the program. */
  readonly code: string;
  /** @param self in whose handler the line stands */
  run(world: World, self?: Witness): unknown;
}

/** What a handler does in one of its calls. */
export interface Step {
  readonly code: string;
  /**
   * @param fail gives what to throw
   * @returns what the handler returns
   */
  run(world: World, fail: () => Error, self?: Witness): unknown;
}

/** A random program. Its lines run one after the other, and those of its handlers whenever they are called. */
export class Program {
  readonly #actions: readonly Action[];

  constructor(actions: readonly Action[]) {
    this.#actions = actions;
  }

  /** Runs the program on a bus and on the model, to the end of both. */
  async run(driver: Driver): Promise<Outcome> {
    const world = new World(driver);
    for (const action of this.#actions) {
      const waiting = world.perform(action);
      // Awaiting every line would drain the mailboxes after each.
      if (waiting instanceof Promise) await waiting;
      world.checkState();
    }
    return world.end();
  }

  /** How fast-check prints it. */
  toString(): string {
    return this.#actions.map(({ code }) => `${code};`).join('\n');
  }
}

/** Moves all lines but the first to the right. */
export function indented(code: string): string {
  return code.replaceAll('\n', '\n  ');
}

/** A handler that does one step after the other, one each time it is called, and then nothing. */
export function handlerCode(script: readonly Step[]): string {
  if (script.length === 0) return 'handler()';
  return `handler(${indented(script.map(({ code }) => `\n${code},`).join(''))}\n)`;
}
