import type { Received } from './protocol.js';

/** A numbered message. */
export interface Numbered {
  /** Counts the processes that were this node. */
  readonly life: number;
  readonly lane: string;
  /** 1 for the first one of this life and lane. */
  readonly n: number;
  /** Its number among all that this life has put into the lane: there are snapshots and marks besides. */
  readonly place: number;
}

/** Messages of a node that are gone, as this one was told: so many, between what came before and what comes next. */
export interface Hole {
  readonly eid: string;
  readonly lane: string;
  readonly missed: number;
}

type Entry = { -readonly [Key in keyof Received]: Received[Key] };

const nothing = { first: 1, toldBefore: 0, last: 0, place: 0, count: 0, told: 0 } as const;

/**
 * Holds what arrives to the promise: for each node, life and lane one number after the other, and nothing twice. What does
 * not arrive has to be told of in its place: no less than is missing, and no more than was there.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** Of a node and lane: its last life. */
  readonly #last = new Map<string, Entry>();
  /** Of a node and lane of which nothing has come: what was told of it. */
  readonly #early = new Map<string, Entry>();
  readonly #violation: (text: string) => void;

  constructor(violation: (text: string) => void) {
    this.#violation = violation;
  }

  get received(): Received[] {
    return [...this.#entries.values(), ...this.#early.values()];
  }

  take(eid: string, { life, lane, n, place }: Numbered): void {
    const entry = this.#entries.get(`${eid} ${life} ${lane}`);
    if (entry === undefined) {
      this.#begin(eid, { life, lane, n, place });
      return;
    }
    const [numbers, places] = [n - entry.last - 1, place - entry.place - 1];
    const what = `${eid} life ${life} lane ${lane}: ${n} after ${entry.last}`;
    if (numbers < 0) this.#violation(`twice, or out of order: ${what}`);
    else if (entry.told < numbers) this.#violation(`lost: ${what}, told of ${entry.told}`);
    else if (entry.told > places) this.#violation(`told of ${entry.told} where there were ${places}: ${what}`);
    Object.assign(entry, { last: n, place, told: 0, count: entry.count + 1 });
  }

  /** In the order in which messages come: it stands for those that are missing. */
  miss({ eid, lane, missed }: Hole): void {
    const key = `${eid} ${lane}`;
    const entry = this.#last.get(key) ?? this.#early.get(key);
    if (entry !== undefined) entry.told += missed;
    else this.#early.set(key, { ...nothing, eid, life: 0, lane, told: missed });
  }

  /** What came before the first one is for the judge: only he knows who was there by then. */
  #begin(eid: string, { life, lane, n, place }: Numbered): void {
    const key = `${eid} ${lane}`;
    const toldBefore = this.#early.get(key)?.told ?? 0;
    const entry = { ...nothing, eid, life, lane, first: n, toldBefore, last: n, place, count: 1 };
    this.#early.delete(key);
    this.#entries.set(`${eid} ${life} ${lane}`, entry);
    this.#last.set(key, entry);
  }
}
