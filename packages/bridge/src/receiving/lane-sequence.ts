import type { Frame } from '../protocol/frame.js';
import { RecordKind } from '../protocol/record.js';

/** Frames that are kept until their turn comes: as many as a sender has on their way at a time. */
const MAX_HELD = 128;

/** No bus publishes as many records while another one does not hear of it: whoever is further ahead says what cannot be. */
const MAX_JUMP = 2 ** 32;

/** What comes next: so many messages are gone, then a frame's records are taken from one of them on. */
export interface Turn {
  readonly missed: number;
  /** Nothing, where nothing follows what is gone. */
  readonly frame: Frame | undefined;
  readonly from: number;
}

/** What becomes of a frame. */
export type Verdict =
  /** These have their turn now: the frame, or those that waited for it, or both. */
  | readonly Turn[]
  /** All of it has been taken. */
  | 'duplicate'
  /** Something before it may still come: the frame waits for that. */
  | 'early'
  /** Where it stands cannot be told before there is a snapshot. */
  | 'unsynced';

/**
 * Which records of a lane come next. The receiving half of a go-back-N protocol: a record is taken when it is the next
 * one, and only then, so nothing is taken twice and nothing out of order.
 *
 * A sender that cannot be sure of a record sends it and all that follow again. Each frame says up to where the sender
 * was sure (`base`), and so do its beats. So whoever sees a frame that is ahead of what comes next knows which it is: not
 * yet, as the sender was not sure of what is missing and will send it again; or never, as that was stored before this
 * frame was sent and is gone. A frame that is ahead waits until that is known: the sender may have become sure of it
 * meanwhile, and then it comes but once.
 */
export class LaneSequence {
  /** The number of the record that comes next; 0 as long as no frame has come by which it is known. */
  #expected: number;
  /** What is missing from this record on is missed; before it, only what lies between two records that have come. */
  #owed: number;
  /** Where the bus was when this one came to know it; 0 as long as that is not known. */
  #known = 0;
  /** How far it was when it last said so. */
  #head = 0;
  /** Frames that are ahead, in their order. */
  readonly #held: Frame[] = [];

  /** @param isFromStart whether everything is owed: the bus has started while this one was there */
  constructor(isFromStart: boolean) {
    this.#expected = this.#owed = isFromStart ? 1 : 0;
  }

  /**
   * The bus has told how far it is. Frames that it stored before may still be on their way, so this alone skips nothing.
   * @param isThere whether this bus has joined: until then, it is not owed what it does not get
   */
  tell(base: number, isThere: boolean): void {
    if (this.isTooFar(base)) return;
    this.#head = Math.max(this.#head, base);
    if (this.#known === 0 || !isThere) this.#known = base;
  }

  /** Whether something is missing, if nothing before this record is on its way. */
  isBehind(base: number, isThere: boolean): boolean {
    const place = this.#expected === 0 && isThere ? this.#known : this.#expected;
    return place > 0 && place < base && !this.isTooFar(base);
  }

  /** Whether a record cannot have this number, with what is known of those before. */
  isTooFar(number: number): boolean {
    const place = this.#expected > 0 ? this.#expected : this.#known;
    return place > 0 && number - place > MAX_JUMP;
  }

  /** A frame has come. */
  offer(frame: Frame, isThere: boolean): Verdict {
    if (this.#expected === 0 && !this.#join(frame, isThere)) {
      this.#known = Math.max(this.#known, endOf(frame)); // Should it join without a snapshot after all: what follows.
      return 'unsynced';
    }
    if (endOf(frame) <= this.#expected) return 'duplicate';
    this.#hold(frame);
    const turns = this.#advance(frame.base);
    if (this.#held.length > MAX_HELD) this.#held.pop();
    return turns.length > 0 ? turns : 'early';
  }

  /** What comes before this record and has not come by now is gone. */
  skipTo(base: number): Turn[] {
    if (this.#expected === 0) this.#expected = this.#owed = this.#known;
    if (this.#expected === 0) return [];
    const turns = this.#advance(base);
    const missed = this.#missedBefore(base);
    if (missed > 0) turns.push({ missed, frame: undefined, from: 0 });
    this.#expected = Math.max(this.#expected, base);
    return turns;
  }

  /** Nothing follows: what waits has its turn, and what is known to have been stored and has not come is gone. */
  end(): Turn[] {
    return this.skipTo(Math.max(this.#head, this.#held.at(-1)?.first ?? 0));
  }

  /**
   * Where to begin: with the first record of all or, in a bus that joins, with a snapshot if there are any. Else with
   * what this bus has to get: what was published since it came to know the other one, and what that was not sure of.
   */
  #join({ first, base, hasSnapshots, records }: Frame, isThere: boolean): boolean {
    if (first > 1 && hasSnapshots && !isThere) {
      const at = records.findIndex(({ kind }) => kind === RecordKind.begin);
      this.#expected = this.#owed = at < 0 ? 0 : first + at;
    } else {
      this.#expected = isThere && this.#known > 0 ? Math.min(this.#known, base) : base;
      this.#owed = isThere ? this.#expected : first;
    }
    return this.#expected > 0;
  }

  #hold(frame: Frame): void {
    if (this.#held.some((held) => held.first <= frame.first && endOf(held) >= endOf(frame))) return;
    const index = this.#held.findIndex(({ first }) => first > frame.first);
    this.#held.splice(index < 0 ? this.#held.length : index, 0, frame);
  }

  /** Takes what comes next out of what waits. What is missing before this record will not come. */
  #advance(settled: number): Turn[] {
    const turns: Turn[] = [];
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      if (next.first > this.#expected && next.first > settled) break;
      this.#held.shift();
      if (endOf(next) <= this.#expected) continue;
      turns.push({
        missed: this.#missedBefore(next.first),
        frame: next,
        from: Math.max(0, this.#expected - next.first),
      });
      this.#expected = this.#owed = endOf(next);
    }
    return turns;
  }

  #missedBefore(number: number): number {
    return Math.max(0, number - Math.max(this.#expected, this.#owed));
  }
}

/** The number of the record after the frame's last one. */
function endOf({ first, records }: Frame): number {
  return first + records.length;
}
