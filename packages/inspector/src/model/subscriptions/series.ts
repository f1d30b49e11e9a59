import { BoundedList } from '../ground/bounded-list.js';
import { Histogram } from '../ground/histogram.js';

/** What a subscription did within one second. Times are `null` where nothing was handled. */
export interface SeriesPoint {
  /** Seconds since the Unix epoch. */
  readonly second: number;
  /** The most that waited. */
  readonly depth: number;
  readonly handled: number;
  readonly failed: number;
  readonly dropped: number;
  readonly waitMedianMs: number | null;
  readonly waitP99Ms: number | null;
  readonly handleMedianMs: number | null;
  readonly handleP99Ms: number | null;
}

/** How many seconds are kept. */
const SERIES_SECONDS = 120;

/** The last two minutes of a subscription, second by second. */
export class Series {
  readonly #points = new BoundedList<SeriesPoint>();
  readonly #waits = new Histogram();
  readonly #handlings = new Histogram();
  #second = -Infinity;
  #depth = 0;
  #highestDepth = 0;
  #handled = 0;
  #failed = 0;
  #dropped = 0;

  depth(depth: number, at: number): void {
    this.#advance(at);
    this.#depth = depth;
    this.#highestDepth = Math.max(this.#highestDepth, depth);
  }

  waited(ms: number, at: number): void {
    this.#advance(at);
    this.#waits.add(ms);
  }

  handled(ms: number, at: number, hasFailed: boolean): void {
    this.#advance(at);
    this.#handlings.add(ms);
    this.#handled++;
    if (hasFailed) this.#failed++;
  }

  dropped(at: number): void {
    this.#advance(at);
    this.#dropped++;
  }

  /** The last seconds up to a moment, each second once, those in which nothing happened too. @param now in milliseconds */
  until(now: number, seconds: number = SERIES_SECONDS): SeriesPoint[] {
    const last = Math.floor(now / 1000);
    const points: SeriesPoint[] = [];
    const known = new Map(this.#points.slice().map((point) => [point.second, point]));
    if (Number.isFinite(this.#second)) known.set(this.#second, this.#now());
    let depth = 0;
    for (let second = last - seconds + 1; second <= last; second++) {
      const point = known.get(second) ?? emptyPoint(second, depth);
      // What waits, waits on, as long as nothing else is told.
      depth = second >= this.#second ? this.#depth : point.depth;
      points.push(point);
    }
    return points;
  }

  #advance(at: number): void {
    const second = Math.floor(at / 1000);
    if (second <= this.#second) return;
    if (Number.isFinite(this.#second)) this.#points.push(this.#now());
    while ((this.#points.at(0)?.second ?? Infinity) <= second - SERIES_SECONDS) this.#points.shift();
    this.#second = second;
    this.#waits.clear();
    this.#handlings.clear();
    this.#handled = this.#failed = this.#dropped = 0;
    this.#highestDepth = this.#depth;
  }

  #now(): SeriesPoint {
    return {
      second: this.#second,
      depth: this.#highestDepth,
      handled: this.#handled,
      failed: this.#failed,
      dropped: this.#dropped,
      waitMedianMs: this.#waits.quantile(0.5),
      waitP99Ms: this.#waits.quantile(0.99),
      handleMedianMs: this.#handlings.quantile(0.5),
      handleP99Ms: this.#handlings.quantile(0.99),
    };
  }
}

function emptyPoint(second: number, depth: number): SeriesPoint {
  const [waitMedianMs, waitP99Ms, handleMedianMs, handleP99Ms] = [null, null, null, null];
  return { second, depth, handled: 0, failed: 0, dropped: 0, waitMedianMs, waitP99Ms, handleMedianMs, handleP99Ms };
}
