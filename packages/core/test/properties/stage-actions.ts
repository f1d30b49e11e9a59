import type { Stage } from './stage.js';

/** A line that any kind of program may have. */
interface StageAction {
  readonly code: string;
  run(world: Stage): unknown;
}

/** Gives the mailboxes a chance. */
export function tick(): StageAction {
  return { code: 'await tick()', run: () => Promise.resolve() };
}

/** Drains a mailbox by hand, also where another one is being drained. */
export function drain(): StageAction {
  return {
    code: 'drainOne()',
    run(world) {
      world.driver.step();
    },
  };
}

/** Z1: counts are exact at any moment. */
export function readStatistics(): StageAction {
  return {
    code: 'bus.statistics()',
    run(world) {
      world.checkStatistics();
    },
  };
}
