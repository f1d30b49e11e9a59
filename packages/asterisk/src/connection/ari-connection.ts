import { StasisError } from '@stasis-rx/core';
import {
  defer,
  finalize,
  merge,
  mergeMap,
  NEVER,
  of,
  ReplaySubject,
  retry,
  Subject,
  Subscription,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { aborted } from '../ground/aborted.js';
import type { AriConnection, AriConnectionState } from './ari-connection-handle.js';
import {
  ariConnectionSettings,
  type AriConnectionOptions,
  type AriConnectionSettings,
} from './ari-connection-options.js';
import { eventsIn, isApplicationReplaced, parseAriFrame } from '../events/ari-frame.js';
import type { AriGapData } from '../messages/ari-gap.js';
import { AriIntake } from '../ari/ari-intake.js';
import { failsWhenSilent } from '../ari/ari-liveness.js';
import { ariSocket, type AriLink, type AriSocketEvent } from '../ari/ari-socket.js';
import { assertAsteriskTopics, type AsteriskTopics, type LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { backoffDelayMs } from '../ground/backoff.js';
import { callHook } from '../ground/call-hook.js';
import { roomAfter } from '../topics/delivery.js';
import { AriConnectionError, BrokenAriEventError, type UnknownAriEventError } from '../ground/errors.js';
import { deliverAriEvent } from '../routes/publish-ari-event.js';
import { Reconciler } from '../reconcile/reconciler.js';

/**
 * Connects to a live Asterisk and publishes its events, all of them (`subscribeAll`), in the order of arrival. A connection
 * that fails, is lost or gives no sign of life (A4) is made again after a wait: exponential back-off with full jitter, which
 * begins anew when a connection has stood for a while. Each time, what Asterisk has is listed over HTTP, and what happened
 * unheard is published (A3); after an outage an `AriGap` tells of it, before the channels.
 *
 * While a mailbox that was fed stands above high water, events wait; when too many do, the connection is paused (A5).
 *
 * It is over when Asterisk refuses the login (`ARI_LOGIN_REFUSED`) and when another connection takes over the application
 * (`ARI_APPLICATION_REPLACED`; coming back would throw that one out). Browsers, and Node's own WebSocket, do not tell why
 * a connection was refused: there a refused login looks like an unreachable Asterisk, and is tried again.
 *
 * @param asterisk made by `createAsteriskTopics`
 * @throws InvalidArgumentError when an option cannot work, or the platform has no WebSocket or `fetch` and none is given
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
  readonly #intake: AriIntake;
  readonly #reconciler: Reconciler;
  #failures = 0;
  #openedAt: number | undefined;
  #published = 0;
  #skipped = 0;

  constructor(asterisk: LiveAsteriskTopics, settings: AriConnectionSettings) {
    const { scheduler, maxWaitingEvents } = settings;
    this.#asterisk = asterisk;
    this.#settings = settings;
    this.#intake = new AriIntake({
      publish: (frame) => this.#publish(frame),
      maxWaiting: maxWaitingEvents,
      scheduler,
      onDropped: () => this.#tellOfDrops(),
      onCaughtUp: () => this.#reconciler.reconcileSoon(),
      onError: (error) => this.#fail(error),
    });
    this.#reconciler = new Reconciler({
      ...settings,
      asterisk,
      intake: this.#intake,
      waitingEvents: () => eventsIn(this.#intake.waiting()),
      isOver: () => this.#running.closed,
      onProblem: (problem) => callHook(settings.onError, problem),
    });
  }

  start(): this {
    this.#running.add(aborted(this.#settings.signal).subscribe({ error: () => this.close() }));
    if (this.#running.closed) return this;

    const session$ = defer(() => {
      this.#state.next({ state: 'connecting' });
      if (this.#running.closed) return NEVER; // by who was told
      return this.#session();
    });
    const events$ = session$.pipe(retry({ delay: (error: unknown) => this.#waitAfter(error) }));
    this.#running.add(events$.subscribe({ error: (error: unknown) => this.#fail(error) }));
    return this;
  }

  reconcile(): Promise<AriGapData> {
    return this.#reconciler.reconcile();
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

  /** One connection, from its making to its loss. */
  #session(): Observable<unknown> {
    const { address, rest } = this.#settings;
    const lost$ = new Subject<void>();
    const watch = (event: AriSocketEvent): Observable<AriSocketEvent> => {
      if (event.type !== 'opened') return of(event);
      const { link } = event;
      const silence$ = failsWhenSilent(link, rest, { ...this.#settings, shown: address.shown });
      return merge(of(event), silence$.pipe(tap({ error: () => this.#miss(link.lastHeardAt) })));
    };
    return ariSocket(address, this.#settings).pipe(
      mergeMap(watch),
      tap((event) => {
        if (event.type === 'opened') this.#open(event.link, lost$);
        else this.#take(event.data);
      }),
      finalize(() => {
        lost$.next();
        this.#lose();
      }),
    );
  }

  #open(link: AriLink, lost$: Observable<unknown>): void {
    this.#openedAt = this.#settings.scheduler.now();
    this.#intake.follow(link);
    this.#state.next({ state: 'open' });
    if (!this.#running.closed) this.#reconciler.begin(lost$);
  }

  #lose(): void {
    if (this.#openedAt !== undefined) this.#miss(this.#settings.scheduler.now());
    this.#openedAt = undefined;
    this.#intake.follow(undefined);
    this.#reconciler.lose();
  }

  /** Nothing is known of what happens from then on, unless it is so for longer already. */
  #miss(since: number): void {
    this.#asterisk.unheardSince ??= since;
  }

  #take(frame: unknown): void {
    if (isApplicationReplaced(frame)) this.#giveWay(frame);
    this.#intake.take(frame);
  }

  /** At once, whatever waits: before Asterisk closes the connection, which would then be made again. */
  #giveWay(frame: unknown): never {
    void this.#publish(frame);
    throw new AriConnectionError('ARI_APPLICATION_REPLACED', 'another connection has taken over the application.');
  }

  #publish(frame: unknown): Promise<unknown> | undefined {
    try {
      const delivery = deliverAriEvent(this.#asterisk, parseAriFrame(frame));
      if (delivery.unknown === undefined) this.#published++;
      else this.#skip(delivery.unknown);
      return roomAfter(delivery, this.#asterisk.channels);
    } catch (error) {
      if (!(error instanceof BrokenAriEventError)) throw error;
      this.#skip(error);
      return undefined;
    }
  }

  #skip(error: UnknownAriEventError | BrokenAriEventError): void {
    this.#skipped++;
    callHook(this.#settings.onError, error);
  }

  #tellOfDrops(): void {
    this.#miss(this.#settings.scheduler.now());
    const what = 'events come faster than they are handled, and the connection cannot be paused: some are dropped.';
    callHook(this.#settings.onError, new AriConnectionError('ARI_EVENTS_DROPPED', what));
  }

  /** Emits when it is time to connect again; fails when there is no use in it. */
  #waitAfter(error: unknown): Observable<unknown> {
    if (!(error instanceof AriConnectionError) || FINAL_CODES.has(error.code)) return throwError(() => error);
    const { backoff, random, scheduler, stableAfterMs } = this.#settings;
    // An Asterisk that closes right after it was reached is not back yet.
    if (this.#openedAt !== undefined && scheduler.now() - this.#openedAt >= stableAfterMs) this.#failures = 0;
    const attempt = ++this.#failures;
    const delayMs = backoffDelayMs(attempt, backoff, random);
    this.#state.next({ state: 'waiting', attempt, delayMs, error });
    return timer(delayMs, scheduler);
  }

  /** Besides refusals this is a bus that was closed: what is published there would go nowhere. */
  #fail(error: unknown): void {
    if (this.#running.closed) return;
    const reason = error as StasisError;
    this.#end({ state: 'failed', error: reason });
    callHook(this.#settings.onError, reason);
  }

  /** Nobody tells of what is new any more: whoever publishes on these topics next may begin anywhere. */
  #forgetWhatIsKnown(): void {
    const { channels, bridges } = this.#asterisk.populations;
    channels.isComplete = bridges.isComplete = false;
  }

  /** What has come is not lost with the connection, unless the bus is closed. */
  #publishRest(): void {
    try {
      this.#intake.finish();
    } catch (error) {
      if (!(error instanceof StasisError)) throw error;
    }
  }

  #end(state: AriConnectionState): void {
    if (this.#running.closed) return;
    this.#running.unsubscribe();
    this.#reconciler.lose();
    this.#publishRest();
    this.#forgetWhatIsKnown();
    this.#state.next(state);
    this.#state.complete();
  }
}
