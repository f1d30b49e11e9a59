import { MetricNames } from './metric-names.js';
import type { LinePart } from './metric-names.js';
import { formatRate } from './sampling.js';
import { formatTags, mergeTags, type Tag } from './tags.js';
import { utf8Length } from '../ground/utf8-length.js';

/** The types of StatsD (D1): counter, gauge, timing, histogram, meter, set. */
export type MetricType = 'c' | 'g' | 'ms' | 'h' | 'm' | 's';

/** How a line ends: type, rate, tags, newline. */
export interface LineEnd extends LinePart {
  /** The same for all metrics of one type, rate and set of tags, in whatever order their tags were given. */
  readonly series: string;
}

/** How the lines of a client look. */
export interface MetricKindsOptions {
  /** Stands before every name; `''` for none. */
  readonly prefix: string;
  /** Those of every metric. */
  readonly tags: readonly Tag[];
  /** Whether a meter is sent as one, or as a counter whose name ends in `_meter` (D2). */
  readonly meterSupport: boolean;
  /** Whether metrics are put together before they are written (D4). */
  readonly aggregate: boolean;
}

/** One type of metric, with all of its lines that is known beforehand. */
export interface MetricKind {
  /** What stands behind the value: `c`. */
  readonly type: string;
  /** How its lines begin. */
  readonly names: MetricNames;
  /** How its lines end when a call gives no options: type, the client's tags, newline. */
  readonly end: LineEnd;
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
  readonly #isAggregating: boolean;

  constructor({ prefix, tags, meterSupport, aggregate }: MetricKindsOptions) {
    this.#names = new MetricNames(prefix);
    this.#tags = tags;
    this.#isAggregating = aggregate;
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
   * @param sampleRate is left out of a gauge and of a set that are put together: servers do not look at it, and a line can
   *   stand for calls of several rates
   * @param tags those of the metric, which come after the client's and replace those of the same key
   */
  end(type: string, sampleRate = 1, tags: readonly Tag[] = []): LineEnd {
    const isRateless = this.#isAggregating && (type === 'g' || type === 's');
    const start = `|${type}${isRateless ? '' : formatRate(sampleRate)}`;
    const text = start + this.#tagsOf(tags);
    const isSorted = !this.#isAggregating || tags.length < 2;
    const series = isSorted ? text : start + this.#tagsOf([...tags].sort(byText));
    return { text, bytes: utf8Length(text), series };
  }

  #tagsOf(tags: readonly Tag[]): string {
    const text = formatTags(mergeTags(this.#tags, tags));
    return text === '' ? '\n' : `|#${text}\n`;
  }

  #kind(type: string, names = this.#names): MetricKind {
    return { type, names, end: this.end(type) };
  }
}

function byText(one: Tag, other: Tag): number {
  return one.text < other.text ? -1 : 1;
}
