/** Those who wait for a number to be passed, in the order in which they came: their numbers never fall. */
export class Waiters {
  readonly #waiting: {
    readonly number: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  #error: Error | undefined;

  /** Resolves when everything up to this number has been passed. */
  wait(number: number): Promise<void> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => this.#waiting.push({ number, resolve, reject }));
  }

  /** Everything before this number has been passed. */
  passed(base: number): void {
    while ((this.#waiting[0]?.number ?? Infinity) < base) this.#waiting.shift()?.resolve();
  }

  /** Nothing will be passed any more. */
  end(error: Error): void {
    this.#error = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
