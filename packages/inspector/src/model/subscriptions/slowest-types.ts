/** What the handlings of one message type took. */
export interface TypeTime {
  readonly type: string;
  readonly count: number;
  readonly meanMs: number;
  readonly highestMs: number;
}

/** Which message types take a handler longest. */
export class SlowestTypes {
  readonly #types = new Map<string, { count: number; sum: number; highest: number }>();

  add(type: string, ms: number): void {
    const known = this.#types.get(type);
    if (known === undefined) {
      if (this.#types.size < MOST_TYPES) this.#types.set(type, { count: 1, sum: ms, highest: ms });
      return;
    }
    known.count++;
    known.sum += ms;
    known.highest = Math.max(known.highest, ms);
  }

  /** The slowest first. */
  list(limit = 5): TypeTime[] {
    return Array.from(this.#types, ([type, { count, sum, highest }]) => ({
      type,
      count,
      meanMs: sum / count,
      highestMs: highest,
    }))
      .sort((one, other) => other.highestMs - one.highestMs)
      .slice(0, limit);
  }
}

/** Names are made by programs, and there may be no end of them. */
const MOST_TYPES = 500;
