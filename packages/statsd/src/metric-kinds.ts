import { linePart, MetricNames } from './metric-names.js';
import type { LinePart } from './metric-names.js';
import { formatTags, mergeTags, type Tag } from './tags.js';

/** The types of StatsD (D1): counter, gauge, timing, histogram, meter, set. */
export type MetricType = 'c' | 'g' | 'ms' | 'h' | 'm' | 's';

/** One type of metric, with all of its lines that is known beforehand. */
export interface MetricKind {
  /** What stands behind the value: `c`. */
  readonly type: string;
  /** How its lines begin. */
  readonly names: MetricNames;
  /** How its lines end when a call gives no options: type, the client's tags, newline. */
  readonly end: LinePart;
}

/** The kinds of metrics of one client. */
export class MetricKinds {
  readonly counter: MetricKind;
  readonly gauge: MetricKind;
  readonly timing: MetricKind;
  readonly histogram: MetricKind;
  readonly meter: MetricKind;
  readonly set: MetricKind;
  readonly #names: MetricNames;
  readonly #tags: readonly Tag[];

  /**
   * @param prefix stands before every name; `''` for none
   * @param tags the client's tags
   * @param meterSupport whether a meter is sent as one, or as a counter whose name ends in `_meter` (D2)
   */
  constructor(prefix: string, tags: readonly Tag[], meterSupport: boolean) {
    this.#names = new MetricNames(prefix);
    this.#tags = tags;
    this.counter = this.#kind('c');
    this.gauge = this.#kind('g');
    this.timing = this.#kind('ms');
    this.histogram = this.#kind('h');
    this.meter = meterSupport ? this.#kind('m') : this.#kind('c', new MetricNames(prefix, '_meter'));
    this.set = this.#kind('s');
  }

  /** @returns the kind of a type as it stands on a line; nothing when it is not made of letters */
  of(type: string): MetricKind | undefined {
    switch (type) {
      case 'c':
        return this.counter;
      case 'g':
        return this.gauge;
      case 'ms':
        return this.timing;
      case 'h':
        return this.histogram;
      case 'm':
        return this.meter;
      case 's':
        return this.set;
      default:
        return typeof type === 'string' && /^[a-z]+$/i.test(type) ? this.#kind(type) : undefined;
    }
  }

  /**
   * How a line ends, in the order that D1 gives: type, rate, tags, newline.
   *
   * @param rate `|@0.1`, or `''`
   * @param tags those of the metric, which come after the client's and replace those of the same key
   */
  end(type: string, rate = '', tags: readonly Tag[] = []): LinePart {
    const allTags = formatTags(mergeTags(this.#tags, tags));
    return linePart(`|${type}${rate}${allTags && `|#${allTags}`}\n`);
  }

  #kind(type: string, names = this.#names): MetricKind {
    return { type, names, end: this.end(type) };
  }
}
