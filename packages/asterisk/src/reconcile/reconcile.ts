import { firstValueFrom, takeUntil, type Observable } from 'rxjs';
import { AriGap, type AriGapData } from '../messages/ari-gap.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { deliver, roomAfter, type Delivery } from '../topics/delivery.js';
import { isPassing, type AriConnectionError } from '../ground/errors.js';
import type { Told } from '../topics/population.js';
import { TimeSlice } from '../ground/time-slice.js';
import { differenceOf, type Difference } from './difference.js';
import { listAsterisk, type AriListing, type ListingOptions } from './listing.js';
import { WaitingEvents } from './waiting-events.js';

export interface ReconcileOptions extends Omit<ListingOptions, 'held'> {
  readonly asterisk: LiveAsteriskTopics;
  /** The events that came since the listing was asked for, as parsed; read once it is there. */
  readonly waitingEvents: () => Iterable<unknown>;
  /** Since when events may be missing, in milliseconds since the Unix epoch. */
  readonly since: number;
  /** Whether there was an outage, so that it is announced. */
  readonly isGap: boolean;
  /** Emits when the connection is lost: a listing that is under way is given up. */
  readonly lost$: Observable<unknown>;
  /** Whether nothing must be published any more. */
  readonly isOver: () => boolean;
}

/** What came of it. */
export interface Reconciliation {
  readonly gap: AriGapData;
  /** What is wrong, to be told. */
  readonly problems: readonly AriConnectionError[];
  /** Why not everything could be listed. */
  readonly unlisted: AriConnectionError | undefined;
  /** Whether what could not be listed may be the next time. */
  readonly isToBeTriedAgain: boolean;
  /** Whether the gap is over: the channels were listed, or never will be. */
  readonly isSettled: boolean;
}

/**
 * Makes what is held equal to what Asterisk has (A3): lists it, and publishes the difference. Nothing else may be published
 * meanwhile; what comes is to be published after it.
 *
 * @returns `undefined` when it was given up
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation | undefined> {
  const { asterisk, lost$, isOver } = options;
  const { channels, bridges } = asterisk.populations;
  const listing$ = listAsterisk({ ...options, held: asterisk.populations });
  const listing = await firstValueFrom(listing$.pipe(takeUntil(lost$)), { defaultValue: undefined });
  if (listing === undefined || isOver()) return undefined;

  const difference = differenceOf(asterisk.populations, listing, new WaitingEvents(options.waitingEvents()));
  const gap = describeGap(options.since, listing, difference);
  const isToBeTriedAgain = listing.unlisted.some(isPassing);
  const isSettled = listing.channels !== undefined || !isToBeTriedAgain;
  const announcement = () => deliver(asterisk.channels, AriGap(gap, { timestamp: gap.until }));
  const steps = options.isGap && isSettled ? [announcement, ...difference.steps] : difference.steps;

  channels.isComplete = bridges.isComplete = false;
  if (!(await publish(steps, listing.listedAt, options))) return undefined;
  channels.isComplete = listing.isEverythingSent && listing.channels !== undefined;
  bridges.isComplete = listing.isEverythingSent && listing.bridges !== undefined;
  return { gap, problems: listing.problems, unlisted: listing.unlisted[0], isToBeTriedAgain, isSettled };
}

/** @returns whether it came to its end */
async function publish(
  steps: readonly ((told: Told) => Delivery)[],
  listedAt: number,
  { asterisk, isOver, scheduler }: ReconcileOptions,
): Promise<boolean> {
  const told = { timestamp: listedAt, reconciled: true } as const;
  const slice = new TimeSlice(scheduler);
  for (const step of steps) {
    await (roomAfter(step(told), asterisk.channels) ?? slice.over());
    if (isOver()) return false;
  }
  return true;
}

function describeGap(since: number, { listedAt, channels }: AriListing, difference: Difference): AriGapData {
  const gap = { since, until: listedAt, ...difference.channels };
  return channels === undefined ? { ...gap, refused: true } : gap;
}
