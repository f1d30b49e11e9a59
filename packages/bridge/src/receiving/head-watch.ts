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
  /** The peers that have said of something that has not come: a heartbeat costs what is open, and not what there is. */
  readonly #open = new Map<string, Watched>();

  constructor(lane: InboundLane, lag: () => Promise<number>) {
    this.#lane = lane;
    this.#lag = lag;
  }

  /** A peer has told how far it is. */
  tell(eid: string, epoch: string, head: LaneHead): void {
    this.#lane.meet(eid, epoch, head);
    const origin = this.#lane.origins.get(eid);
    const watched = this.#open.get(eid);
    if (this.#isSettled(origin, epoch, head)) this.#open.delete(eid);
    else if (watched?.epoch === epoch) Object.assign(watched, { head, origin });
    else this.#open.set(eid, { epoch, head, origin, suspected: undefined, beats: 0, arrivals: origin?.arrivals ?? 0 });
  }

  forget(eid: string): void {
    this.#open.delete(eid);
  }

  /** A heartbeat is over in which this bus could hear the others. */
  tick(): void {
    for (const [eid, watched] of this.#open) {
      const origin = this.#lane.origins.get(eid);
      if (origin === undefined || origin !== watched.origin || this.#isSettled(origin, watched.epoch, watched.head)) {
        this.#open.delete(eid);
      } else if (!this.#isSuspect(origin, watched)) {
        watched.suspected = undefined;
        watched.beats = 0;
      } else {
        watched.suspected ??= watched.head;
        if (++watched.beats >= PATIENCE) this.#verify(eid, watched, watched.suspected);
      }
    }
  }

  /** Whether everything has come that a peer has told of. */
  #isSettled(origin: RemoteOrigin | undefined, epoch: string, { base }: LaneHead): boolean {
    return origin?.epoch === epoch && !this.#lane.isBehind(origin, base);
  }

  #isSuspect(origin: RemoteOrigin, watched: Watched): boolean {
    if (origin.jobs.depth > 0) return false;
    const hasArrivals = origin.arrivals !== watched.arrivals;
    watched.arrivals = origin.arrivals;
    if (hasArrivals) return false;
    if (origin.epoch !== watched.epoch) return true;
    return this.#lane.isBehind(origin, (watched.suspected ?? watched.head).base);
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
