import { fromEvent, share, take, type Observable } from 'rxjs';

/** The abort signals that subscriptions of a bus listen to: one listener a signal, however many subscriptions it ends. */
export class AbortSignals {
  readonly #aborts = new WeakMap<AbortSignal, Observable<unknown>>();

  /**
   * Calls back once the signal aborts; at once when it has.
   * @returns stops listening
   */
  onAbort(signal: AbortSignal, callback: () => void): () => void {
    if (signal.aborted) {
      callback();
      return () => undefined;
    }
    const listening = this.#abort$(signal).subscribe(callback);
    return () => {
      listening.unsubscribe();
    };
  }

  #abort$(signal: AbortSignal): Observable<unknown> {
    const abort$ = this.#aborts.get(signal) ?? fromEvent(signal, 'abort').pipe(take(1), share());
    this.#aborts.set(signal, abort$);
    return abort$;
  }
}
