import type { Received } from './protocol.js';

/** A numbered message. */
export interface Numbered {
  /** Counts the processes that were this node. */
  readonly life: number;
  readonly lane: string;
  readonly n: number;
}

interface Entry {
  readonly eid: string;
  readonly life: number;
  readonly lane: string;
  readonly first: number;
  last: number;
  count: number;
}

/** Holds what arrives to the promise: for each node, life and lane one number after the other, and nothing twice. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #violation: (text: string) => void;

  constructor(violation: (text: string) => void) {
    this.#violation = violation;
  }

  take(eid: string, { life, lane, n }: Numbered): void {
    const key = `${eid} ${life} ${lane}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      this.#entries.set(key, { eid, life, lane, first: n, last: n, count: 1 });
      return;
    }
    if (n !== entry.last + 1) {
      const what = n <= entry.last ? 'twice, or out of order' : `${n - entry.last - 1} lost`;
      this.#violation(`${what}: ${eid} life ${life} lane ${lane}: ${n} after ${entry.last}`);
    }
    entry.last = n;
    entry.count++;
  }

  get received(): Received[] {
    return [...this.#entries.values()];
  }
}
