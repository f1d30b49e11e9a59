import type { LaneHead } from '../protocol/control-message.js';
import type { InboundLane } from './inbound-lane.js';
import type { RemoteOrigin } from './remote-origin.js';

/** How many heartbeats in a row must find the same records missing, and nothing coming. */
const PATIENCE = 2;

interface Watched {
  readonly epoch: string;
  head: LaneHead;
  /** Whose frames came when it said so; if it is another one by now, they may come from a later life than that. */
  origin: RemoteOrigin | undefined;
  /** What it said when the suspicion arose. */
  suspected: LaneHead | undefined;
  beats: number;
  arrivals: number;
}

/**
 * Finds what is missing at the end, where no later frame tells of it: peers say how far they are, and what is still
 * missing when nothing of the lane is on its way any more is gone.
 */
export class HeadWatch {
  readonly #lane: InboundLane;
  readonly #lag: () => Promise<number>;
  readonly #watched = new Map<string, Watched>();

  constructor(lane: InboundLane, lag: () => Promise<number>) {
    this.#lane = lane;
    this.#lag = lag;
  }

  /** A peer has told how far it is. */
  tell(eid: string, epoch: string, head: LaneHead): void {
    this.#lane.meet(eid, epoch, head);
    const watched = this.#watched.get(eid);
    const origin = this.#lane.origins.get(eid);
    if (watched?.epoch === epoch) Object.assign(watched, { head, origin });
    else this.#watched.set(eid, { epoch, head, origin, suspected: undefined, beats: 0, arrivals: 0 });
  }

  forget(eid: string): void {
    this.#watched.delete(eid);
  }

  /** A heartbeat is over in which this bus could hear the others. */
  tick(): void {
    for (const [eid, watched] of this.#watched) {
      if (!this.#isSuspect(eid, watched)) {
        watched.suspected = undefined;
        watched.beats = 0;
      } else {
        watched.suspected ??= watched.head;
        if (++watched.beats >= PATIENCE) this.#verify(eid, watched, watched.suspected);
      }
    }
  }

  #isSuspect(eid: string, watched: Watched): boolean {
    const origin = this.#lane.origins.get(eid);
    if (origin === undefined || origin !== watched.origin || origin.jobs.depth > 0) return false;
    const hasArrivals = origin.arrivals !== watched.arrivals;
    watched.arrivals = origin.arrivals;
    if (hasArrivals) return false;
    if (origin.epoch !== watched.epoch) return true;
    const { base } = watched.suspected ?? watched.head;
    return this.#lane.isBehind(origin, base);
  }

  #verify(eid: string, watched: Watched, head: LaneHead): void {
    const { arrivals } = watched;
    this.#lag().then(
      (lag) => {
        if (lag > 0 || this.#lane.origins.get(eid)?.arrivals !== arrivals) return;
        this.#lane.catchUp(eid, watched.epoch, head);
      },
      () => undefined, // It cannot be told now: the next beat asks again.
    );
  }
}
