import { filter, merge } from 'rxjs';
import type { Member } from '../shared/join-cluster.js';
import { ChannelState, ServerTotals } from '../shared/messages.js';

/** What has been heard of another bus since this page was opened. */
export interface Sighting {
  /** Tells a process from the one that it replaces. */
  readonly epoch: string | undefined;
  /** Snapshots that came from it. */
  readonly snapshots: number;
  /** When the last one came, in milliseconds since the Unix epoch. */
  readonly lastAt: number | undefined;
}

const NOTHING: Sighting = { epoch: undefined, snapshots: 0, lastAt: undefined };

/** Follows a cluster, and remembers what has been heard of whom. */
export class Sightings {
  readonly #of = new Map<string, Sighting>();

  constructor({ link, channels, totals }: Member) {
    link.events$.subscribe((event) => {
      if (event.type === 'peer-joined') this.#of.set(event.peer, { ...this.of(event.peer), epoch: event.epoch });
    });
    // Not the clears: when a peer is lost, this bus makes them itself.
    const snapshots = merge(channels, totals).pipe(filter((each) => ChannelState.is(each) || ServerTotals.is(each)));
    snapshots.subscribe(({ eid }) => {
      if (eid === null || eid === link.eid) return;
      const sighting = this.of(eid);
      this.#of.set(eid, { ...sighting, snapshots: sighting.snapshots + 1, lastAt: Date.now() });
    });
  }

  of(eid: string): Sighting {
    return this.#of.get(eid) ?? NOTHING;
  }
}
