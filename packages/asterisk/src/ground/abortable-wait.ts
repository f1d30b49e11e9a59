/** Waits for one promise at a time, and no longer than until a signal aborts. Costs one listener, however often it waits. */
export class AbortableWait {
  readonly #signal: AbortSignal | undefined;
  #fail: (reason: unknown) => void = () => undefined;
  readonly #abort = (): void => this.#fail(this.#signal?.reason);

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  /** @returns what the promise gives; rejects with the signal's reason when that comes first, or was there before */
  for<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      if (this.#signal?.aborted === true) this.#abort();
      // Also then: a promise that rejects later, and is nobody's, would end the process.
      promise.then(resolve, reject);
    });
  }

  stop(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
