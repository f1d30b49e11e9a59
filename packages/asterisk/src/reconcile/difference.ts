import { dequal } from 'dequal';
import type { Delivery } from '../topics/delivery.js';
import type { Population, Told } from '../topics/population.js';
import type { Populations } from '../topics/populations.js';
import type { AriListing } from './listing.js';
import type { WaitingEvents, WaitingSteps } from './waiting-events.js';

/** How what Asterisk has differs from what is held. */
export interface Difference {
  /** How many channels ended, began, and changed otherwise. */
  readonly channels: { readonly ended: number; readonly begun: number; readonly changed: number };
  /** What publishes it, in order: what ended, what is new, what changed. */
  readonly steps: readonly ((told: Told) => Delivery)[];
}

/**
 * Compares. A kind that could not be listed differs in nothing.
 * @param waiting what came while it was listed
 */
export function differenceOf(held: Populations, listing: AriListing, waiting: WaitingEvents): Difference {
  const channels = compare(held.channels, listing.channels, listing.listedAt, waiting.of('channels'));
  // What is played or recorded ends before the channel or bridge that it is about, and begins after it.
  const playbacks = compare(held.playbacks, listing.playbacks, listing.listedAt, waiting.of('playbacks'));
  const recordings = compare(held.recordings, listing.recordings, listing.listedAt, waiting.of('recordings'));
  const bridges = compare(held.bridges, listing.bridges, listing.listedAt, waiting.of('bridges'));
  const endpoints = compare(held.endpoints, listing.endpoints, listing.listedAt, waiting.of('endpoints'));
  const ending = [playbacks, recordings, channels, bridges, endpoints];
  const beginning = [channels, bridges, endpoints, playbacks, recordings];
  return {
    channels: {
      ended: channels.ended.length,
      begun: channels.begun.length,
      changed: channels.changed.length,
    },
    steps: [
      ...ending.flatMap(({ ended }) => ended),
      ...beginning.flatMap(({ begun }) => begun),
      ...beginning.flatMap(({ changed }) => changed),
    ],
  };
}

type Step = (told: Told) => Delivery;

interface Steps {
  readonly ended: readonly Step[];
  readonly begun: readonly Step[];
  readonly changed: readonly Step[];
}

function compare<Thing extends object>(
  population: Population<Thing>,
  listed: readonly Thing[] | undefined,
  listedAt: number,
  waiting: WaitingSteps,
): Steps {
  const ended: Step[] = [];
  const begun: Step[] = [];
  const changed: Step[] = [];
  if (listed === undefined) return { ended, begun, changed };

  const gone = new Map(population.alive().map((thing) => [population.idOf(thing), thing]));
  for (const now of listed) {
    const id = population.idOf(now);
    const was = gone.get(id);
    gone.delete(id);
    if (was !== undefined && !population.isLater(now, was)) {
      if (!dequal(was, now)) changed.push((told) => population.change(now, told));
      continue;
    }
    const isTold = waiting.begun.has(id) || population.hasEnded(now, listedAt);
    if (isTold) continue;
    if (was !== undefined) ended.push((told) => population.end(was, told));
    begun.push((told) => population.begin(now, told));
  }
  for (const [id, was] of gone) {
    if (!waiting.ended.has(id)) ended.push((told) => population.end(was, told));
  }
  return { ended, begun, changed };
}
