/** Counts what happens, in steps of time; what is older than the last steps is forgotten. */
export interface SteppedCounter {
  /** @param at in milliseconds since any moment; a step that has been forgotten is counted again */
  add(at: number): void;
  /** How many there were in the steps that begin from `from` on and before `until`. O(steps). */
  between(from: number, until: number): number;
  reset(): void;
}

export function createSteppedCounter(stepMs: number, keptSteps: number): SteppedCounter {
  const steps = new Map<number, number>();
  const forgetBefore = (first: number) => {
    for (const step of steps.keys()) if (step < first) steps.delete(step);
  };

  return {
    add: (at) => {
      const step = Math.floor(at / stepMs);
      const counted = steps.get(step);
      if (counted === undefined) forgetBefore(step - keptSteps);
      steps.set(step, (counted ?? 0) + 1);
    },
    between: (from, until) => {
      let count = 0;
      for (let step = Math.ceil(from / stepMs); step * stepMs < until; step++) count += steps.get(step) ?? 0;
      return count;
    },
    reset: () => steps.clear(),
  };
}
