import { takeUntil, timer, type Observable } from 'rxjs';
import type { AriGapData } from '../ari-gap.js';
import type { AriIntake } from '../ari-intake.js';
import type { LiveAsteriskTopics } from '../asterisk-topics.js';
import { backoffDelayMs, type Backoff } from '../backoff.js';
import { AriConnectionError, isPassing } from '../errors.js';
import type { ListingOptions } from './listing.js';
import { reconcile } from './reconcile.js';

export interface ReconcilerOptions extends Omit<ListingOptions, 'held'> {
  readonly asterisk: LiveAsteriskTopics;
  /** Where events wait while it reconciles. */
  readonly intake: AriIntake;
  /** The events that wait there, as parsed. */
  readonly waitingEvents: () => Iterable<unknown>;
  /** Of a listing that did not come. */
  readonly backoff: Backoff;
  readonly random: () => number;
  /** Whether the connection is closed or has failed. */
  readonly isOver: () => boolean;
  /** Told of what could not be listed, or is wrong otherwise. */
  readonly onProblem: (problem: AriConnectionError) => void;
}

/** A connection that stands. */
interface Session {
  readonly lost$: Observable<unknown>;
  /** How many listings have failed in a row. */
  failures: number;
}

/** Who called `reconcile()` by hand. */
interface Waiter {
  readonly resolve: (found: AriGapData) => void;
  readonly reject: (error: AriConnectionError) => void;
}

/** Reconciles when a connection stands, when events were dropped, and by hand; one at a time, in turn with the events. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #session: Session | undefined;
  #waiters: Waiter[] = [];
  /** Whether one is due that has not begun. */
  #isDue = false;
  #listedAt: number;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#listedAt = options.scheduler.now();
  }

  /** A connection stands. @param lost$ emits when it is lost, or over */
  begin(lost$: Observable<unknown>): void {
    this.#session = { lost$, failures: 0 };
    this.reconcileSoon();
  }

  /** There is no connection any more. */
  lose(): void {
    this.#session = undefined;
    this.#isDue = false;
    if (this.#options.isOver()) this.#rejectAll(this.#waiters.splice(0));
  }

  /** By hand. Rejects when Asterisk could not be listed in full, and when the connection is over first. */
  reconcile(): Promise<AriGapData> {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      if (this.#options.isOver()) {
        this.#rejectAll([waiter]);
        return;
      }
      this.#waiters.push(waiter);
      this.reconcileSoon();
    });
  }

  /** As soon as what came before has been published; without a connection, when there is one. */
  reconcileSoon(): void {
    const session = this.#session;
    if (session === undefined || this.#isDue) return;
    this.#isDue = true;
    this.#options.intake.run(() => this.#run(session));
  }

  async #run(session: Session): Promise<void> {
    // What came through a connection that is lost may still wait behind this, and is older than what would be listed now:
    // the next connection has asked for a reconciliation of its own, behind all of it.
    if (session !== this.#session) return;
    this.#isDue = false;
    const waiters = this.#waiters.splice(0);
    const { asterisk } = this.#options;
    const outage = asterisk.unheardSince;
    // From now on it is about what is missed after the listing.
    asterisk.unheardSince = undefined;

    const result = await reconcile({
      ...this.#options,
      since: outage ?? this.#listedAt,
      isGap: outage !== undefined,
      lost$: session.lost$,
    });
    if (result?.isSettled !== true && outage !== undefined) asterisk.unheardSince = outage;
    if (result === undefined) {
      if (this.#options.isOver()) this.#rejectAll(waiters);
      else this.#waiters.unshift(...waiters);
      return;
    }
    this.#listedAt = result.gap.until;
    for (const problem of result.problems) this.#options.onProblem(problem);
    this.#answer(waiters, result.gap, result.problems.find(isAboutListing));
    if (result.problems.some(isPassing)) this.#tryAgain(session);
    else session.failures = 0;
  }

  #answer(waiters: readonly Waiter[], gap: AriGapData, problem: AriConnectionError | undefined): void {
    for (const { resolve, reject } of waiters) {
      if (problem === undefined) resolve(gap);
      else reject(problem);
    }
  }

  #tryAgain(session: Session): void {
    const { backoff, random, scheduler } = this.#options;
    timer(backoffDelayMs(++session.failures, backoff, random), scheduler)
      .pipe(takeUntil(session.lost$))
      .subscribe(() => this.reconcileSoon());
  }

  #rejectAll(waiters: readonly Waiter[]): void {
    for (const { reject } of waiters) {
      reject(new AriConnectionError('ARI_NOT_CONNECTED', 'the connection is over, so nothing can be reconciled.'));
    }
  }
}

function isAboutListing({ code }: AriConnectionError): boolean {
  return code === 'ARI_LISTING_REFUSED' || code === 'ARI_LISTING_FAILED';
}
