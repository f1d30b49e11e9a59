/** How many gaps are remembered; below the oldest of them everything then counts as seen. */
const MAX_RANGES = 64;

interface Range {
  readonly from: number;
  to: number;
}

/**
 * Which of a run of numbers have been seen, in bounded memory. Numbers come nearly in order, so there is nearly always one
 * range: everything up to the last number.
 */
export class RangeSet {
  /** In ascending order, never touching each other. */
  readonly #ranges: Range[] = [];

  /** The highest number seen; 0 when there is none. */
  get highest(): number {
    return this.#ranges.at(-1)?.to ?? 0;
  }

  /** Adds a number. Returns whether it had not been seen. */
  add(number: number): boolean {
    const last = this.#ranges.at(-1);
    if (last !== undefined && number === last.to + 1) {
      last.to = number;
      return true;
    }
    return this.#insert(number);
  }

  /** Everything up to this number counts as seen. */
  addUpTo(number: number): void {
    const kept = this.#ranges.filter(({ to }) => to > number);
    const first = kept[0];
    if (first !== undefined && first.from <= number + 1) kept[0] = { from: 1, to: first.to };
    else kept.unshift({ from: 1, to: number });
    this.#ranges.splice(0, Infinity, ...kept);
  }

  #insert(number: number): boolean {
    const ranges = this.#ranges;
    let index = ranges.length;
    while (index > 0 && (ranges[index - 1] as Range).from > number) index--;
    const before = ranges[index - 1];
    if (before !== undefined && number <= before.to) return false;
    const after = ranges[index];
    const from = before?.to === number - 1 ? before.from : number;
    const to = after?.from === number + 1 ? after.to : number;
    const start = from === number ? index : index - 1;
    const end = to === number ? index : index + 1;
    ranges.splice(start, end - start, { from, to });
    if (ranges.length > MAX_RANGES) ranges.splice(0, 2, { from: 1, to: (ranges[1] as Range).to });
    return true;
  }
}
