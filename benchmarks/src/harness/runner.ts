import type { Entry } from './contender.js';
import { Tally } from './tally.js';
import type { TimeRuns } from './time-runs.js';

/** Runs one contender's rounds, and sees to it that everything arrives. */
export class Runner {
  readonly #entry: Entry;
  readonly #timeRuns: TimeRuns;
  readonly #perRun: number;
  readonly #expected = new Tally();
  #runs = 0;
  #accounted = 0;

  constructor(entry: Entry, timeRuns: TimeRuns) {
    this.#entry = entry;
    this.#timeRuns = timeRuns;
    this.#perRun = (entry.load.bursts[0]?.length ?? 0) * entry.contender.tallies.length;
  }

  get name(): string {
    return this.#entry.contender.name;
  }

  /** Delivers for about so long. Returns deliveries per second. */
  async round(milliseconds: number): Promise<number> {
    const { contender, load } = this.#entry;
    const { bursts } = load;
    const nanoseconds = await this.#timeRuns(() => {
      const burst = bursts[this.#runs++ % bursts.length];
      return contender.deliver(burst ?? []);
    }, milliseconds);
    return (this.#perRun / nanoseconds) * 1e9;
  }

  /**
   * Delivers the numbered proof.
   *
   * @throws Error when a message is missing on a subscription, there twice, or out of order; those of the rounds before
   * included
   */
  async prove(): Promise<void> {
    const { contender, load } = this.#entry;
    for (; this.#accounted < this.#runs; this.#accounted++) {
      this.#expect(load.bursts[this.#accounted % load.bursts.length] ?? []);
    }
    await contender.deliver(load.proof);
    this.#expect(load.proof);
    contender.collect?.();
    contender.tallies.forEach((tally, index) => {
      if (!tally.equals(this.#expected)) this.#fail(tally, index);
    });
  }

  #expect(items: readonly unknown[]): void {
    for (const item of items) this.#expected.add(this.#entry.load.numberOf(item));
  }

  #fail(tally: Tally, index: number): never {
    const { count } = this.#expected;
    const fault = tally.count === count ? 'has them out of order' : `has seen ${tally.count}`;
    throw new Error(`${this.name}: of ${count} messages, subscription ${index + 1} ${fault}`);
  }
}
