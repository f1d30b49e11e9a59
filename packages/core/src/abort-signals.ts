/** The abort signals that subscriptions of a bus listen to: one listener a signal, however many subscriptions it ends. */
export class AbortSignals {
  readonly #callbacks = new Map<AbortSignal, Set<() => void>>();

  /**
   * Calls back once the signal aborts; at once when it has.
   * @returns stops listening
   */
  onAbort(signal: AbortSignal, callback: () => void): () => void {
    if (signal.aborted) {
      callback();
      return () => undefined;
    }
    this.#callbacksOf(signal).add(callback);
    return () => {
      this.#remove(signal, callback);
    };
  }

  #callbacksOf(signal: AbortSignal): Set<() => void> {
    const known = this.#callbacks.get(signal);
    if (known !== undefined) return known;
    const callbacks = new Set<() => void>();
    this.#callbacks.set(signal, callbacks);
    signal.addEventListener('abort', this.#fire);
    return callbacks;
  }

  #remove(signal: AbortSignal, callback: () => void): void {
    const callbacks = this.#callbacks.get(signal);
    if (callbacks?.delete(callback) !== true || callbacks.size > 0) return;
    this.#callbacks.delete(signal);
    signal.removeEventListener('abort', this.#fire);
  }

  readonly #fire = (event: Event): void => {
    const signal = event.currentTarget as AbortSignal;
    const callbacks = this.#callbacks.get(signal) ?? [];
    this.#callbacks.delete(signal);
    signal.removeEventListener('abort', this.#fire);
    for (const callback of callbacks) callback();
  };
}
