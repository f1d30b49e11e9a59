import type { Outcome, Stage } from './stage.js';
import type { Witness } from './witness.js';
import type { World } from './world.js';

/** One line of a program. */
export interface Action<Place = World, Self = Witness> {
  /** As it stands in the program. */
  readonly code: string;
  /** @param self in whose handler the line stands */
  run(world: Place, self?: Self): unknown;
}

/** What a handler does in one of its calls. */
export interface Step<Place = World, Self = Witness> {
  readonly code: string;
  /**
   * @param fail gives what to throw
   * @returns what the handler returns
   */
  run(world: Place, fail: () => Error, self?: Self): unknown;
}

/** A random program. Its lines run one after the other, and those of its handlers whenever they are called. */
export class Program<Place extends Stage = World, Self = Witness> {
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

/** Moves all lines but the first to the right. */
export function indented(code: string): string {
  return code.replaceAll('\n', '\n  ');
}

/** A handler that does one step after the other, one each time it is called, and then nothing. */
export function handlerCode(script: readonly { readonly code: string }[]): string {
  if (script.length === 0) return 'handler()';
  return `handler(${indented(script.map(({ code }) => `\n${code},`).join(''))}\n)`;
}
