import type { Clock } from '../ground/clock.js';

/** Resolves once a bridge takes part and has what the others had. */
export class Readiness {
  readonly promise: Promise<void>;
  /** Whether it has resolved. */
  isReady = false;
  readonly #clock: Clock;
  readonly #discoveryMs: number;
  readonly #timeoutMs: number;
  readonly #isComplete: () => boolean;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  #isGreeted = false;
  #isDiscovered = false;
  #stopWaiting: (() => void)[] = [];

  /** @param isComplete whether all snapshots are in */
  constructor(clock: Clock, discoveryMs: number, timeoutMs: number, isComplete: () => boolean) {
    this.#clock = clock;
    this.#isComplete = isComplete;
    this.#discoveryMs = discoveryMs;
    this.#timeoutMs = timeoutMs;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined); // Whoever waits for it is told.
  }

  /** The own greeting has come back: so it has reached the others. */
  greeted(): void {
    if (this.#isGreeted) return;
    this.#isGreeted = true;
    this.#stopWaiting = [
      this.#clock.after(this.#discoveryMs, () => {
        this.#isDiscovered = true;
        this.look();
      }),
      this.#clock.after(this.#discoveryMs + this.#timeoutMs, () => this.#complete()),
    ];
  }

  /** Something has happened after which all snapshots may be in. */
  look(): void {
    if (this.isReady || !this.#isDiscovered || !this.#isComplete()) return;
    this.#complete();
    this.#stop();
  }

  fail(error: unknown): void {
    this.#isGreeted = true;
    this.#reject(error);
    this.#stop();
  }

  #complete(): void {
    this.isReady = true;
    this.#resolve();
  }

  /** A timer that nobody waits for is a leak to whoever looks for them, as Deno's tests do. */
  #stop(): void {
    for (const stop of this.#stopWaiting) stop();
    this.#stopWaiting = [];
  }
}
