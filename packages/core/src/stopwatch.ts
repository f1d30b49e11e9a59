/** Takes the times of what happens in turn, with one look at the clock for each. */
export class Stopwatch {
  /** When the present lap began. */
  startedAt: number = performance.now();

  /** Ends a lap, begins the next, and returns how long it was, in milliseconds. */
  lap(): number {
    const { startedAt } = this;
    this.startedAt = performance.now();
    return this.startedAt - startedAt;
  }
}
