import type { Clock } from '../ground/clock.js';

const RETRY_MS = [50, 100, 200, 400, 800, 1600, 3200] as const;

/** The pause before another attempt: longer with each that fails, until one succeeds. */
export class RetryPause {
  readonly #clock: Clock;
  #failures = 0;
  #stop: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it lasts. */
  get isOn(): boolean {
    return this.#stop !== undefined;
  }

  /** An attempt has failed. */
  begin(whenOver: () => void): void {
    const delayMs = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] as number;
    this.#stop = this.#clock.after(delayMs, () => {
      this.#stop = undefined;
      whenOver();
    });
  }

  /** One has succeeded: the next pause is short again. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Cuts it short; nothing is called. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
