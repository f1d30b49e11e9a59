import type { Clock } from '../ground/clock.js';

/** How long a recording is played on before it gives way to timers and I/O, in milliseconds. */
const LONGEST_RUN_MS = 8;

/** Timers take no more milliseconds: a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** When what was recorded is due: in the recording's own time, faster or slower by a factor. */
export class PlayClock {
  readonly #clock: Clock;
  readonly #speed: number;
  readonly #signal: AbortSignal | undefined;
  readonly #beganAt: number;
  #firstAt: number | undefined;
  #runningSince: number;

  /** @param speed 0 does not wait */
  constructor(clock: Clock, speed: number, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#speed = speed;
    this.#signal = signal;
    this.#beganAt = this.#runningSince = clock.now();
  }

  /** Resolves when it is due: the first at once, and so is what is late. Rejects when the signal aborts. */
  async due(at: number): Promise<void> {
    this.#firstAt ??= at;
    const position = at - this.#firstAt;
    const dueAt = this.#speed === 0 ? 0 : this.#beganAt + position / this.#speed;
    for (let waitMs = this.#waitMs(dueAt); waitMs !== undefined; waitMs = this.#waitMs(dueAt)) await this.#rest(waitMs);
  }

  /** Resolves when the promise does; rejects as it does, or when the signal aborts. */
  orAborted<Result>(promise: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const stop = this.#whenAborted(reject);
      promise.then(resolve, reject).finally(stop);
    });
  }

  /** `undefined` when there is nothing to wait for. */
  #waitMs(dueAt: number): number | undefined {
    const now = this.#clock.now();
    if (dueAt > now) return Math.min(dueAt - now, LONGEST_TIMER_MS);
    return now - this.#runningSince < LONGEST_RUN_MS ? undefined : 0;
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopTimer = this.#clock.after(ms, () => {
        stop();
        this.#runningSince = this.#clock.now();
        resolve();
      });
      const stop = this.#whenAborted((reason) => {
        stopTimer();
        reject(reason);
      });
    });
  }

  #whenAborted(fail: (reason: Error) => void): () => void {
    const signal = this.#signal;
    if (signal === undefined) return () => undefined;
    const abort = () => fail(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    return () => signal.removeEventListener('abort', abort);
  }
}
