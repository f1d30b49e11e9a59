/** What is counted of the messages that were published on one topic, by the name of their type (Z1). */
export class Tally {
  dispatched = 0;
  notDispatched = 0;
  readonly #types = new Map<string, TypeCount>();

  /** @param isUsed whether it reached anybody */
  count(name: string, isUsed: boolean): void {
    const known = this.#types.get(name) ?? { name, published: 0, unused: 0 };
    const unused = isUsed ? 0 : 1;
    this.#types.set(name, { name, published: known.published + 1, unused: known.unused + unused });
    this.notDispatched += unused;
    this.dispatched += 1 - unused;
  }

  /** What several topics have counted, as one list. */
  static total(tallies: Iterable<Tally>): TypeCount[] {
    const totals = new Map<string, TypeCount>();
    for (const { name, published, unused } of [...tallies].flatMap((tally) => [...tally.#types.values()])) {
      const known = totals.get(name);
      totals.set(name, {
        name,
        published: published + (known?.published ?? 0),
        unused: unused + (known?.unused ?? 0),
      });
    }
    return [...totals.values()];
  }
}

/** What is counted of one message type. */
export interface TypeCount {
  readonly name: string;
  readonly published: number;
  readonly unused: number;
}
