import { firstValueFrom, map, raceWith, timer, type Observable, type SchedulerLike } from 'rxjs';
import { LONGEST_TIMER_MS } from './longest-timer.js';

/** How long a replay runs on before it gives way to timers and I/O, in milliseconds. */
const LONGEST_RUN_MS = 8;

/** When what was recorded is due: the recording's own time, faster or slower by a factor. */
export class ReplayClock {
  readonly #speed: number;
  readonly #scheduler: SchedulerLike;
  readonly #aborted$: Observable<never>;
  readonly #startedAt: number;
  #firstAt: number | undefined;
  #runningSince: number;

  /** @param speed 2 is twice as fast; 0 does not wait */
  constructor(speed: number, scheduler: SchedulerLike, aborted$: Observable<never>) {
    this.#speed = speed;
    this.#scheduler = scheduler;
    this.#aborted$ = aborted$;
    this.#startedAt = this.#runningSince = scheduler.now();
  }

  /**
   * Waits until what was recorded at this time is due; the first is due at once, and what is late is not waited for.
   * @param at milliseconds since the Unix epoch
   */
  async due(at: number): Promise<void> {
    this.#firstAt ??= at;
    const sinceFirstMs = this.#speed === 0 ? 0 : (at - this.#firstAt) / this.#speed;
    await this.#pauseUntil(this.#startedAt + sinceFirstMs);
    if (this.#scheduler.now() - this.#runningSince >= LONGEST_RUN_MS) await this.#pause(0);
  }

  async #pauseUntil(dueAt: number): Promise<void> {
    for (;;) {
      const waitMs = dueAt - this.#scheduler.now();
      if (waitMs <= 0) return;
      await this.#pause(Math.min(waitMs, LONGEST_TIMER_MS));
    }
  }

  async #pause(ms: number): Promise<void> {
    await firstValueFrom(
      timer(ms, this.#scheduler).pipe(
        map(() => undefined),
        raceWith(this.#aborted$),
      ),
    );
    this.#runningSince = this.#scheduler.now();
  }
}
