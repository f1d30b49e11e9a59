import { timer, type Observable, type Subscription } from 'rxjs';
import type { AriGapData } from '../messages/ari-gap.js';
import type { AriIntake } from '../ari/ari-intake.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { backoffDelayMs, type Backoff } from '../ground/backoff.js';
import { AriConnectionError } from '../ground/errors.js';
import type { ListingOptions } from './listing.js';
import { reconcile, type Reconciliation } from './reconcile.js';

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

/** Reconciles when a connection is made, when events were dropped, and by hand; one at a time, in turn with the events. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #session: Session | undefined;
  /** Whether one is due that has not begun. */
  #isDue = false;
  /** Who waits for the next one, and for the one that is under way. */
  #waiters: Waiter[] = [];
  #served: Waiter[] = [];
  /** Until a listing that did not come is asked for again. */
  #retry: Subscription | undefined;
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
    this.#retry?.unsubscribe();
    if (!this.#options.isOver()) return;
    const error = new AriConnectionError('ARI_NOT_CONNECTED', 'the connection is over, so nothing can be reconciled.');
    for (const { reject } of [...this.#served.splice(0), ...this.#waiters.splice(0)]) reject(error);
  }

  /** By hand. Rejects when Asterisk could not be listed in full, and when the connection is over first. */
  reconcile(): Promise<AriGapData> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      if (this.#options.isOver()) this.lose();
      else this.reconcileSoon();
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
    this.#retry?.unsubscribe();
    this.#served = this.#waiters.splice(0);
    const result = await this.#reconcile(session);
    const served = this.#served.splice(0);
    if (result === undefined) {
      this.#waiters.unshift(...served);
      return;
    }
    this.#listedAt = result.gap.until;
    for (const { resolve, reject } of served) {
      if (result.unlisted === undefined) resolve(result.gap);
      else reject(result.unlisted);
    }
    if (result.isToBeTriedAgain) this.#tryAgain(session);
    else session.failures = 0;
    for (const problem of result.problems) this.#options.onProblem(problem);
  }

  /** @returns `undefined` when it was given up: then the outage goes on */
  async #reconcile({ lost$ }: Session): Promise<Reconciliation | undefined> {
    const { asterisk } = this.#options;
    const outage = asterisk.unheardSince;
    // From now on it is about what is missed after the listing.
    asterisk.unheardSince = undefined;
    let isSettled = false;
    try {
      const since = outage ?? this.#listedAt;
      const result = await reconcile({ ...this.#options, since, isGap: outage !== undefined, lost$ });
      isSettled = result?.isSettled === true;
      return result;
    } finally {
      if (!isSettled && outage !== undefined) asterisk.unheardSince = outage;
    }
  }

  #tryAgain(session: Session): void {
    if (session !== this.#session) return;
    const { backoff, random, scheduler } = this.#options;
    const delayMs = backoffDelayMs(++session.failures, backoff, random);
    this.#retry = timer(delayMs, scheduler).subscribe(() => this.reconcileSoon());
  }
}
