import type { FrameHead } from '../protocol/frame.js';
import { LaneSequence } from './lane-sequence.js';
import type { RemoteSnapshot } from './remote-snapshot.js';

/** One lane of another bus, as one of its bridges writes it. */
export class RemoteOrigin {
  readonly eid: string;
  readonly epoch: string;
  readonly sequence: LaneSequence;
  /** Whether it has snapshots to give. */
  hasSnapshots: boolean;
  /** Whether what the caches hold of it may be wrong until it has given them. */
  needsSnapshots = true;
  /** While they come. */
  snapshot: RemoteSnapshot | undefined;
  /** It has said farewell: nothing follows. */
  hasLeft = false;
  /** Frames that came since somebody looked. */
  arrivals = 0;

  /** @param isSuccessor whether it follows another epoch of the same bus: then it has started while this bus was there */
  constructor({ eid, epoch, hasSnapshots }: Pick<FrameHead, 'eid' | 'epoch' | 'hasSnapshots'>, isSuccessor: boolean) {
    this.sequence = new LaneSequence(isSuccessor);
    this.eid = eid;
    this.epoch = epoch;
    this.hasSnapshots = hasSnapshots;
  }

  /** Whether it has to be asked for snapshots. */
  get isWanting(): boolean {
    return this.hasSnapshots && !this.hasLeft && this.snapshot === undefined && this.needsSnapshots;
  }
}
