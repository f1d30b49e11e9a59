import type { Clock } from '../ground/clock.js';
import { joined, type Batch } from '../protocol/batch.js';
import type { PartText } from '../protocol/whisper.js';

/** How long a set is kept after somebody has last pulled of it. */
const KEPT_MS = 10_000;
/** Sets of a lane that are kept at a time. */
const MAX_SETS = 4;

const NOTHING = joined([]);

interface KeptSet {
  readonly parts: readonly Batch[];
  stop: () => void;
}

/**
 * The snapshots of one lane, as they were when a mark told of them: kept for those who want them, who pull them part by
 * part, each at its own pace. Nobody else gets any.
 */
export class SnapshotSets {
  readonly #lane: string;
  readonly #clock: Clock;
  /** In the order in which they were last pulled of. */
  readonly #sets = new Map<number, KeptSet>();

  constructor(lane: string, clock: Clock) {
    this.#lane = lane;
    this.#clock = clock;
  }

  /** Keeps a set. @param set the number of its mark; @param parts what fits into one message each */
  keep(set: number, parts: readonly Batch[]): void {
    this.#sets.set(set, { parts: parts.length === 0 ? [NOTHING] : parts, stop: this.#forgetLater(set) });
    const [oldest] = this.#sets.keys();
    if (this.#sets.size > MAX_SETS && oldest !== undefined) this.#forget(oldest);
  }

  /** Some parts from one on; one that says that there is none when the set is not kept. */
  parts(set: number, from: number, count: number): PartText[] {
    const kept = this.#sets.get(set);
    if (kept === undefined) return [{ lane: this.#lane, set, index: 0, parts: 0, records: NOTHING }];
    kept.stop();
    kept.stop = this.#forgetLater(set);
    this.#sets.delete(set);
    this.#sets.set(set, kept); // the last to go
    return kept.parts.slice(from, from + count).map((records, offset) => {
      return { lane: this.#lane, set, index: from + offset, parts: kept.parts.length, records };
    });
  }

  /** Keeps nothing any more. */
  end(): void {
    for (const set of [...this.#sets.keys()]) this.#forget(set);
  }

  #forgetLater(set: number): () => void {
    return this.#clock.after(KEPT_MS, () => this.#forget(set));
  }

  #forget(set: number): void {
    this.#sets.get(set)?.stop();
    this.#sets.delete(set);
  }
}

/** Puts records together, in order, as many as fit. @param maxBytes that a part may have; a record that is larger is one alone */
export function inParts(records: readonly Batch[], maxBytes: number): Batch[] {
  const parts: Batch[][] = [];
  let room = 0;
  for (const record of records) {
    room -= record.bytes + 1;
    if (room < 0) {
      parts.push([]);
      room = maxBytes - record.bytes - 1;
    }
    parts.at(-1)?.push(record);
  }
  return parts.map(joined);
}
