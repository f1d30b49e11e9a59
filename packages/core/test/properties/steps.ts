import { concat, of, throwError } from 'rxjs';
import { indented, type Action, type Step } from './action.js';
import type { Stage } from './stage.js';

/** Whose handler it is. */
export interface Hanging {
  isHanging: boolean;
}

interface EndingKind {
  readonly code: string;
  /** @returns what the handler returns */
  end(fail: () => Error, world: Stage, self: Hanging | undefined): unknown;
}

const endingKinds = {
  returns: { code: '', end: () => undefined },
  throws: {
    code: 'throw failure;',
    end: (fail) => {
      throw fail();
    },
  },
  resolves: { code: 'return tick();', end: () => Promise.resolve() },
  rejects: {
    code: 'return tick().then(() => { throw failure; });',
    end: (fail) =>
      Promise.resolve().then(() => {
        throw fail();
      }),
  },
  emits: { code: 'return concat(of(1), tick());', end: () => concat(of(1), Promise.resolve()) },
  'emits at once': { code: 'return of(1);', end: () => of(1) },
  'emits an error': { code: 'return throwError(() => failure);', end: (fail) => throwError(fail) },
  hangs: {
    code: 'return hanging;',
    end: (_, world, self) => {
      if (self !== undefined) self.isHanging = true;
      return world.released.then(() => undefined);
    },
  },
} satisfies Record<string, EndingKind>;

/** How a handler may end one of its calls. */
export type Ending = keyof typeof endingKinds;

/** What comes first is what failing programs are shrunk to. */
export const endings = Object.keys(endingKinds) as readonly Ending[];

/** One call of a handler: some lines of the program, and an ending. */
export function step<Place extends Stage, Self extends Hanging>(
  actions: readonly Action<Place, Self>[],
  ending: Ending,
  isLater = false,
): Step<Place, Self> {
  const { code, end }: EndingKind = endingKinds[ending];
  const lines = actions.map((action) => `${action.code};`);
  const run: Step<Place, Self>['run'] = (world, fail, self) => {
    for (const action of actions) world.perform<Self>(action, self);
    return end(fail, world, self);
  };
  if (!isLater) return { code: arrow([...lines, code]), run };
  return {
    code: `async ${arrow(['await tick();', ...lines, code])}`,
    run: async (...given) => {
      await Promise.resolve();
      return run(...given);
    },
  };
}

function arrow(lines: readonly string[]): string {
  const written = lines.filter(Boolean);
  if (written.length === 0) return '() => {}';
  return `() => {${indented(written.map((line) => `\n${line}`).join(''))}\n}`;
}
