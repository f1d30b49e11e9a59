import type { Pace } from './play.js';

/** Something that is done once, and timed. */
export interface Trial {
  /** What is timed: until it returns or, when it returns a promise, until that resolves. */
  run(): Promise<unknown> | void;
  /** Throws when not all of it has been done. Not timed. */
  check(): Promise<void> | void;
}

/** Makes a trial, with all that it needs and nothing that was used before. Not timed. */
export type NewTrial = () => Trial;

/** What node needs, so that the processor's time of the whole process is that of its trials. */
export const TRIAL_NODE_OPTIONS: readonly string[] = ['--single-threaded', '--expose-gc'];

/** How often and how long trials are made. */
export interface TrialPace extends Pick<Pace, 'rounds' | 'turnMs'> {
  /** How long trials are made before the first round, so that everything is compiled. */
  readonly warmUpMs: number;
  /** How often a figure measures what it is in doubt about. */
  readonly passes: number;
}

/** Whatever takes that long has shown what it costs: no other round begins. */
const ENOUGH_MS = 150;
const FEWEST_ROUNDS = 2;

/**
 * What one thing costs, against another one. They take turns; in a turn a trial is made again and again for about so
 * long, once at least. The least time of each is what counts: the compiler, and others on the machine, only ever add.
 */
export class TimeRatio {
  readonly #ones: Times;
  readonly #others: Times;

  /** @param now a clock, in milliseconds */
  constructor(one: NewTrial, other: NewTrial, now: () => number = processorMs) {
    this.#ones = new Times(one, now);
    this.#others = new Times(other, now);
  }

  /** How many times as long the first one takes, as far as it has been measured. */
  get value(): number {
    return this.#ones.leastMs / this.#others.leastMs;
  }

  /**
   * Measures. Doing it again later makes the ratio a better one: what slows the machine down for a while slows one of
   * these times. Warms up once.
   *
   * @throws Error when a trial's check does
   */
  async measure({ rounds, turnMs, warmUpMs }: TrialPace): Promise<void> {
    await this.#others.takeUntil(warmUpMs);
    const enoughMs = this.#spentMs + ENOUGH_MS;
    for (let round = 0; round < rounds && (round < FEWEST_ROUNDS || this.#spentMs < enoughMs); round++) {
      await this.#others.takeUntil(this.#others.spentMs + turnMs);
      await this.#ones.takeUntil(this.#ones.spentMs + turnMs);
    }
  }

  get #spentMs(): number {
    return this.#ones.spentMs + this.#others.spentMs;
  }
}

/** The times of a trial. */
class Times {
  leastMs = Infinity;
  /** All of them together. */
  spentMs = 0;
  readonly #newTrial: NewTrial;
  readonly #now: () => number;

  constructor(newTrial: NewTrial, now: () => number) {
    this.#newTrial = newTrial;
    this.#now = now;
  }

  /** Once at least. */
  async takeUntil(spentMs: number): Promise<void> {
    const first = this.#newTrial();
    collectYoung();
    await this.#take(first);
    while (this.spentMs < spentMs) await this.#take(this.#newTrial());
  }

  async #take(trial: Trial): Promise<void> {
    const startedAt = this.#now();
    const running = trial.run();
    if (running !== undefined) await running;
    const ms = this.#now() - startedAt;
    this.spentMs += ms;
    this.leastMs = Math.min(this.leastMs, ms);
    await trial.check();
  }
}

/**
 * What the trial was made of would else be copied while it is timed, and more of it in the larger one. The old generation
 * stays as it is: collecting that would throw optimised code away.
 */
function collectYoung(): void {
  globalThis.gc?.({ type: 'minor' });
}

/** The time that this process has had of a processor: whoever else wants one is not counted, but its other threads are. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
