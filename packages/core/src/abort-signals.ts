import { fromEvent, of, share, take, type Observable } from 'rxjs';

/** The abort signals that subscriptions of a bus listen to: one listener a signal, however many subscriptions it ends. */
export class AbortSignals {
  readonly #aborts = new WeakMap<AbortSignal, Observable<unknown>>();

  /** Emits once the signal aborts: at once when it has. */
  abort$(signal: AbortSignal): Observable<unknown> {
    if (signal.aborted) return of(signal);
    const abort$ = this.#aborts.get(signal) ?? fromEvent(signal, 'abort').pipe(take(1), share());
    this.#aborts.set(signal, abort$);
    return abort$;
  }
}
