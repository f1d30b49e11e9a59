import { describeCause, InvalidArgumentError } from '../errors/errors.js';

/** The abort signals that a bus listens to: one listener a signal, however many subscriptions it ends. */
export class AbortSignals {
  readonly #listening = new WeakMap<AbortSignal, Listening>();

  /**
   * Calls back once the signal aborts; of one that has aborted, never. Returns what stops that.
   * @throws InvalidArgumentError when the signal cannot be listened to
   */
  listen(call: string, signal: AbortSignal, callback: () => void): () => void {
    const { callbacks, stop } = this.#listening.get(signal) ?? this.#startListening(call, signal);
    callbacks.add(callback);
    return () => {
      if (callbacks.delete(callback) && callbacks.size === 0) stop();
    };
  }

  #startListening(call: string, signal: AbortSignal): Listening {
    const callbacks = new Set<() => void>();
    const stop = (): void => {
      this.#listening.delete(signal);
      try {
        signal.removeEventListener('abort', onAbort);
      } catch {
        // Nobody is called back any more in any case.
      }
    };
    const onAbort = (): void => {
      stop();
      for (const callback of callbacks) callback();
    };
    try {
      signal.addEventListener('abort', onAbort);
    } catch (cause) {
      const expectation = 'signal to be an AbortSignal that can be listened to';
      throw new InvalidArgumentError(`[core] ${call}()`, expectation, signal, `${describeCause(cause)}.`);
    }
    const listening = { callbacks, stop };
    this.#listening.set(signal, listening);
    return listening;
  }
}

/** Who is called back, and what takes the listener from the signal. */
interface Listening {
  readonly callbacks: Set<() => void>;
  readonly stop: () => void;
}
