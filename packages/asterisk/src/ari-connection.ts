import type { StasisError } from '@stasis-rx/core';
import { defer, NEVER, ReplaySubject, retry, Subscription, tap, throwError, timer, type Observable } from 'rxjs';
import { aborted } from './aborted.js';
import {
  ariConnectionSettings,
  type AriConnectionOptions,
  type AriConnectionSettings,
} from './ari-connection-options.js';
import { isApplicationReplaced, parseAriFrame } from './ari-frame.js';
import { ariSocket, type AriSocketEvent } from './ari-socket.js';
import { assertAsteriskTopics, type AsteriskTopics, type LiveAsteriskTopics } from './asterisk-topics.js';
import { backoffDelayMs } from './backoff.js';
import { callHook } from './call-hook.js';
import { AriConnectionError, BrokenAriEventError, UnknownAriEventError } from './errors.js';
import { deliverAriEvent } from './publish-ari-event.js';

/** What a connection is doing. */
export type AriConnectionState =
  /** An attempt is under way. */
  | { readonly state: 'connecting' }
  /** The connection stands. */
  | { readonly state: 'open' }
  /** Not connected; the next attempt follows. */
  | {
      readonly state: 'waiting';
      /** How many attempts have failed since the last event came. */
      readonly attempt: number;
      /** How long it waits before the next one, in milliseconds. */
      readonly delayMs: number;
      /** Why the last one failed. */
      readonly error: AriConnectionError;
    }
  /** Closed by `close()` or the signal. */
  | { readonly state: 'closed' }
  /** Over, because connecting again would not help. */
  | { readonly state: 'failed'; readonly error: StasisError };

/** A connection to a live Asterisk. */
export interface AriConnection {
  /** The present state and every later one; completes after `closed` or `failed`. */
  readonly state$: Observable<AriConnectionState>;
  /** What came of the events so far; a snapshot. */
  statistics(): {
    /** Events that became messages. */
    readonly published: number;
    /** Events that were unknown or broken. */
    readonly skipped: number;
  };
  /** Closes the connection, also while it connects or waits. Nothing is published after it. Legal twice. */
  close(): void;
  /** Same as `close`. */
  [Symbol.dispose](): void;
}

/**
 * Connects to a live Asterisk and publishes its events, all of them (`subscribeAll`). A connection that fails or is lost
 * is made again after a wait: exponential back-off with full jitter, which begins anew when an event has come. What
 * happened in Asterisk meanwhile is not told: a channel that ended then keeps its topic and its snapshot in the cache.
 *
 * It is over when Asterisk refuses the login (`ARI_LOGIN_REFUSED`) and when another connection takes over the application
 * (`ARI_APPLICATION_REPLACED`; coming back would throw that one out). Browsers, and Node's own WebSocket, do not tell why
 * a connection was refused: there a refused login looks like an unreachable Asterisk, and is tried again.
 *
 * @param asterisk made by `createAsteriskTopics`
 * @throws InvalidArgumentError when an option cannot work, or the platform has no WebSocket and none is given
 * @example
 * import { WebSocket } from 'ws';
 *
 * const connection = connectAri(asterisk, { url: 'http://localhost:8088', app: 'statistics', apiKey: 'user:password', WebSocket });
 * connection.state$.subscribe(({ state }) => console.log(state));
 */
export function connectAri(asterisk: AsteriskTopics, options: AriConnectionOptions): AriConnection {
  const call = '[asterisk] connectAri()';
  assertAsteriskTopics(call, asterisk);
  return new LiveAriConnection(asterisk, ariConnectionSettings(call, options)).start();
}

/** Connecting again would not help, or would do harm. */
const FINAL_CODES: ReadonlySet<string> = new Set(['ARI_LOGIN_REFUSED', 'ARI_APPLICATION_REPLACED']);

class LiveAriConnection implements AriConnection {
  readonly #asterisk: LiveAsteriskTopics;
  readonly #settings: AriConnectionSettings;
  /** Replays also its end: whoever comes late learns how it ended. */
  readonly #state = new ReplaySubject<AriConnectionState>(1);
  readonly state$: Observable<AriConnectionState> = this.#state.asObservable();
  readonly #running = new Subscription();
  #failures = 0;
  #published = 0;
  #skipped = 0;

  constructor(asterisk: LiveAsteriskTopics, settings: AriConnectionSettings) {
    this.#asterisk = asterisk;
    this.#settings = settings;
  }

  start(): this {
    this.#running.add(aborted(this.#settings.signal).subscribe({ error: () => this.close() }));
    if (this.#running.closed) return this;

    const session$ = defer(() => {
      this.#state.next({ state: 'connecting' });
      if (this.#running.closed) return NEVER; // by who was told
      return ariSocket(this.#settings.address, this.#settings);
    });
    const events$ = session$.pipe(
      tap((event) => this.#handle(event)),
      retry({ delay: (error: unknown) => this.#waitAfter(error) }),
    );
    this.#running.add(events$.subscribe({ error: (error: unknown) => this.#fail(error) }));
    return this;
  }

  statistics(): { readonly published: number; readonly skipped: number } {
    return { published: this.#published, skipped: this.#skipped };
  }

  close(): void {
    this.#end({ state: 'closed' });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #handle(event: AriSocketEvent): void {
    if (event.type === 'opened') this.#state.next({ state: 'open' });
    else this.#take(event.data);
  }

  #take(frame: unknown): void {
    try {
      this.#publish(parseAriFrame(frame));
    } catch (error) {
      if (!(error instanceof UnknownAriEventError || error instanceof BrokenAriEventError)) throw error;
      this.#skipped++;
      callHook(this.#settings.onError, error);
    }
  }

  #publish(event: unknown): void {
    // An Asterisk that closes right after it was reached is not back yet: only an event shows that it is.
    this.#failures = 0;
    if (isApplicationReplaced(event)) {
      throw new AriConnectionError('ARI_APPLICATION_REPLACED', 'another connection has taken over the application.');
    }
    deliverAriEvent(this.#asterisk, event);
    this.#published++;
  }

  /** Emits when it is time to connect again; fails when there is no use in it. */
  #waitAfter(error: unknown): Observable<unknown> {
    if (!(error instanceof AriConnectionError) || FINAL_CODES.has(error.code)) return throwError(() => error);
    const { backoff, random, scheduler } = this.#settings;
    const attempt = ++this.#failures;
    const delayMs = backoffDelayMs(attempt, backoff, random);
    this.#state.next({ state: 'waiting', attempt, delayMs, error });
    return timer(delayMs, scheduler);
  }

  /** Besides refusals this is a bus that was closed: what is published there would go nowhere. */
  #fail(error: unknown): void {
    const reason = error as StasisError;
    this.#end({ state: 'failed', error: reason });
    callHook(this.#settings.onError, reason);
  }

  #end(state: AriConnectionState): void {
    if (this.#running.closed) return;
    this.#running.unsubscribe();
    this.#state.next(state);
    this.#state.complete();
  }
}
