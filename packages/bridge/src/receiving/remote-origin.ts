import { JobQueue } from '../ground/job-queue.js';
import type { FrameHead } from '../protocol/frame.js';
import { LaneSequence } from './lane-sequence.js';
import type { RemoteSnapshot } from './remote-snapshot.js';
import type { SnapshotFetch } from './snapshot-fetch.js';

/** One lane of another bus, as one of its bridges writes it. */
export class RemoteOrigin {
  readonly eid: string;
  readonly epoch: string;
  readonly sequence: LaneSequence;
  /** What is to be taken of the bus, in whatever epoch. */
  readonly jobs: JobQueue;
  /** Whether it has snapshots to give. */
  hasSnapshots: boolean;
  /** Whether what the caches hold of it may be wrong until it has given them. */
  needsSnapshots = true;
  /** While they come. */
  snapshot: RemoteSnapshot | undefined;
  fetch: SnapshotFetch | undefined;
  /** It has said farewell: nothing follows. */
  hasLeft = false;
  /** Frames that came since somebody looked. */
  arrivals = 0;

  /** @param former the epoch of the same bus that it follows, if there was one: then it has started while this bus was there */
  constructor({ eid, epoch, hasSnapshots }: Pick<FrameHead, 'eid' | 'epoch' | 'hasSnapshots'>, former?: RemoteOrigin) {
    this.sequence = new LaneSequence(former !== undefined);
    this.jobs = former?.jobs ?? new JobQueue();
    this.eid = eid;
    this.epoch = epoch;
    this.hasSnapshots = hasSnapshots;
  }

  /** Whether it has to be asked for snapshots. */
  get isWanting(): boolean {
    return this.hasSnapshots && !this.hasLeft && this.snapshot === undefined && this.needsSnapshots;
  }
}
