import type { Violations } from './violations.js';

/** Waits for promises of the bus, but not for ever: one that never resolves is a broken promise like any other. */
export class Patience {
  readonly #violations: Violations;
  readonly #limitMs: number;

  constructor(violations: Violations, limitMs: number) {
    this.#violations = violations;
    this.#limitMs = limitMs;
  }

  /**
   * @param rule the rule that promises it
   * @param what such as `bus.settled()`
   */
  async wait(rule: string, what: string, promise: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#violations.report(rule, `${what} did not resolve within ${this.#limitMs / 1000} seconds`);
        resolve();
      }, this.#limitMs);
    });
    await Promise.race([promise, tooLate]);
    clearTimeout(timer);
  }
}

/** Lets timers and I/O have their turn. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
