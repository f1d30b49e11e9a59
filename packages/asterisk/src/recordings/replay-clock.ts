import {
  firstValueFrom,
  map,
  NEVER,
  raceWith,
  skip,
  timer,
  type Observable,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import { LONGEST_TIMER_MS } from '../ground/longest-timer.js';
import type { ReplayControls } from './replay-controls.js';

/** How long a replay runs on before it gives way to timers and I/O, in milliseconds. */
const LONGEST_RUN_MS = 8;

/**
 * When what was recorded is due: the recording's own time, faster or slower by a factor. Subscribed to its controls from
 * the moment it is made until `stop`.
 */
export class ReplayClock {
  readonly #controls: ReplayControls;
  readonly #scheduler: SchedulerLike;
  readonly #aborted$: Observable<never>;
  readonly #following: Subscription;
  #firstAt: number | undefined;
  /** A point of the recording, in milliseconds since its first event, and when it was passed. */
  #position = 0;
  #passedAt: number;
  /** What the recording's time goes by from that point on; 0 stands still, Infinity does not wait. */
  #rate = 0;
  #runningSince: number;

  constructor(controls: ReplayControls, scheduler: SchedulerLike, aborted$: Observable<never>) {
    this.#controls = controls;
    this.#scheduler = scheduler;
    this.#aborted$ = aborted$;
    this.#passedAt = this.#runningSince = scheduler.now();
    this.#following = controls.state$.subscribe(({ speed, isPaused }) => {
      this.#standAt(this.#presentPosition());
      this.#rate = isPaused ? 0 : speed || Infinity;
    });
  }

  /**
   * The first is due at once, and what is late is not waited for.
   * @param at when it was recorded, in milliseconds since the Unix epoch
   * @returns what to wait for until it is due; `undefined` when it is due now
   */
  due(at: number): Promise<void> | undefined {
    this.#firstAt ??= at;
    const position = at - this.#firstAt;
    const now = this.#scheduler.now();
    if (this.#dueAt(position) > now || this.#hasRunLong(now)) return this.#becomeDue(position);
    this.#pass(position);
    return undefined;
  }

  stop(): void {
    this.#following.unsubscribe();
  }

  async #becomeDue(position: number): Promise<void> {
    await this.#waitFor(position);
    if (this.#hasRunLong(this.#scheduler.now())) {
      await this.#rest(0);
      // It may have been paused meanwhile.
      await this.#waitFor(position);
    }
    this.#pass(position);
  }

  #hasRunLong(now: number): boolean {
    return now - this.#runningSince >= LONGEST_RUN_MS;
  }

  #pass(position: number): void {
    if (this.#rate === Infinity && position > this.#position) this.#standAt(position);
  }

  async #waitFor(position: number): Promise<void> {
    for (;;) {
      const waitMs = this.#dueAt(position) - this.#scheduler.now();
      if (waitMs <= 0) return;
      await this.#rest(waitMs);
    }
  }

  #dueAt(position: number): number {
    // Also what is late: a recording that stands still publishes nothing.
    if (this.#rate === 0) return Infinity;
    return this.#passedAt + (position - this.#position) / this.#rate;
  }

  #presentPosition(): number {
    const hasOwnTime = this.#rate !== Infinity;
    return hasOwnTime ? this.#position + (this.#scheduler.now() - this.#passedAt) * this.#rate : this.#position;
  }

  #standAt(position: number): void {
    this.#position = position;
    this.#passedAt = this.#scheduler.now();
  }

  /** Waits for so long, or until the controls change. */
  async #rest(ms: number): Promise<void> {
    const timer$ = ms === Infinity ? NEVER : timer(Math.min(ms, LONGEST_TIMER_MS), this.#scheduler);
    const change$ = this.#controls.state$.pipe(skip(1));
    await firstValueFrom(
      timer$.pipe(
        map(() => undefined),
        raceWith(change$, this.#aborted$),
      ),
    );
    this.#runningSince = this.#scheduler.now();
  }
}
