import { firstValueFrom, timer, type SchedulerLike } from 'rxjs';

/** How long work goes on before it gives way to timers and I/O, in milliseconds. */
const LONGEST_MS = 8;

/** Long work in slices, between which timers and I/O get their turn. */
export class TimeSlice {
  readonly #scheduler: SchedulerLike;
  #beganAt: number;

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
    this.#beganAt = scheduler.now();
  }

  /** @returns what to wait for before going on; `undefined` while the slice lasts */
  over(): Promise<void> | undefined {
    if (this.#scheduler.now() - this.#beganAt < LONGEST_MS) return undefined;
    return this.#next();
  }

  /** What one waits for anyway ends a slice, too. */
  renew(): void {
    this.#beganAt = this.#scheduler.now();
  }

  async #next(): Promise<void> {
    await firstValueFrom(timer(0, this.#scheduler));
    this.renew();
  }
}
