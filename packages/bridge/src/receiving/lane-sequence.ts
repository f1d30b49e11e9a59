import type { FrameHead } from '../protocol/frame.js';

/** What becomes of a frame. */
export type Verdict =
  /** Take its records from this one on. */
  | { readonly take: number; readonly missed: number }
  /** All of it has been taken. */
  | 'duplicate'
  /** Something before it is on its way, and this frame will come again after that. */
  | 'early'
  /** Where it stands cannot be told before there is a snapshot. */
  | 'unsynced';

/**
 * Which records of a lane come next. The receiving half of a go-back-N protocol: a record is taken when it is the next
 * one, and only then, so nothing is taken twice and nothing out of order.
 *
 * A sender that cannot be sure of a record sends it and all that follow again. Each frame says up to where the sender
 * was sure (`base`). So whoever sees a frame that is ahead of what comes next knows which it is: not yet, as the sender
 * was not sure of what is missing and will send it again, and this frame after it; or never, as it was stored before
 * this frame was sent and is gone.
 */
export class LaneSequence {
  /** The number of the record that comes next; 0 while that is not known. */
  expected = 0;

  /**
   * @param snapshotAt which of the frame's records begins a snapshot, from 0; -1 for none
   */
  offer(
    { first, base, hasSnapshots }: Omit<FrameHead, 'eid' | 'epoch' | 'incarnation'>,
    count: number,
    snapshotAt: number,
  ): Verdict {
    const isJoining = this.expected === 0;
    if (isJoining && !this.#join(first, base, hasSnapshots, snapshotAt)) return 'unsynced';
    const end = first + count;
    if (end <= this.expected) return 'duplicate';
    const missed = Math.max(0, base - this.expected);
    this.expected = Math.max(this.expected, base);
    if (first > this.expected) return missed > 0 && !isJoining ? { take: count, missed } : 'early';
    const take = this.expected - first;
    this.expected = end;
    return { take, missed: isJoining ? 0 : missed };
  }

  /** What comes before this record is gone. Returns how many are missed. */
  skipTo(base: number): number {
    const missed = this.expected === 0 ? 0 : Math.max(0, base - this.expected);
    this.expected = Math.max(this.expected, base);
    return missed;
  }

  /** Where to begin: with the first record of all, with a snapshot or, where there are none, with what comes first. */
  #join(first: number, base: number, hasSnapshots: boolean, snapshotAt: number): boolean {
    if (first === 1) this.expected = 1;
    else if (snapshotAt >= 0) this.expected = first + snapshotAt;
    else if (!hasSnapshots) this.expected = base === 1 ? 1 : first;
    return this.expected > 0;
  }
}
