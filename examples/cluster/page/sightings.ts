import { merge } from 'rxjs';
import type { Member } from '../shared/join-cluster.js';

/** What has been heard of another bus since this page was opened. */
export interface Sighting {
  /** Tells a process from the one that it replaces. */
  readonly epoch: string | undefined;
  /** Messages that came from it. */
  readonly messages: number;
  /** When the last one came, in milliseconds since the Unix epoch. */
  readonly lastAt: number | undefined;
}

const NOTHING: Sighting = { epoch: undefined, messages: 0, lastAt: undefined };

/** Follows a cluster, and remembers what has been heard of whom. */
export class Sightings {
  readonly #of = new Map<string, Sighting>();

  constructor({ link, channels, totals }: Member) {
    link.events$.subscribe((event) => {
      if (event.type === 'peer-joined') this.#of.set(event.peer, { ...this.of(event.peer), epoch: event.epoch });
    });
    merge(channels, totals).subscribe(({ eid }) => {
      if (eid === null || eid === link.eid) return;
      const sighting = this.of(eid);
      this.#of.set(eid, { ...sighting, messages: sighting.messages + 1, lastAt: Date.now() });
    });
  }

  of(eid: string): Sighting {
    return this.#of.get(eid) ?? NOTHING;
  }
}
