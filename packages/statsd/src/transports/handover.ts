/** Counts packets from the outbox to their outcome, and tells those who wait when the ones before them have had theirs. */
export class Handover {
  #accepted = 0;
  #settled = 0;
  #waiters: { readonly position: number; readonly resolve: () => void }[] = [];

  /** A packet was taken. */
  accept(): void {
    this.#accepted++;
  }

  /** Packets were handed over, or lost. */
  settle(packets = 1): void {
    this.#settled += packets;
    while (this.#waiters[0] !== undefined && this.#waiters[0].position <= this.#settled) {
      this.#waiters.shift()?.resolve();
    }
  }

  /** Resolves when every packet taken so far has been settled, or at {@link Handover.release}. */
  whenSettled(): Promise<void> {
    if (this.#settled === this.#accepted) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ position: this.#accepted, resolve }));
  }

  /** Lets everybody go who waits, because there is nothing to wait for at present. */
  release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { resolve } of waiters) resolve();
  }
}
