/** What a StatsD server would know: the figures of every metric so far. A snapshot, plain JSON. */
export interface MetricsSnapshot {
  /** Metric lines that could be read. */
  readonly lines: number;
  readonly gauges: Readonly<Record<string, GaugeFigures>>;
  /** Counters and meters: what they add up to. */
  readonly counters: Readonly<Record<string, number>>;
  /** In milliseconds. */
  readonly timers: Readonly<Record<string, TimerFigures>>;
}

export interface GaugeFigures {
  readonly value: number;
  readonly max: number;
}

export interface TimerFigures {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

const METRIC_LINE = /^([^:|]+):([+-]?\d+(?:\.\d+)?)\|(g|c|m|ms|h)(?:\|@([\d.]+))?(?:\|#.*)?$/;

/** Adds up metric lines as they come; memory grows with the number of metrics, not of lines. */
export class ReceivedMetrics {
  readonly #gauges = new Map<string, GaugeFigures>();
  readonly #counters = new Map<string, number>();
  readonly #timers = new Map<string, { count: number; sum: number; min: number; max: number }>();
  #lines = 0;

  /** @param line a line that is no metric is passed over */
  add(line: string): void {
    const [, name, value = '', type, rate = '1'] = METRIC_LINE.exec(line) ?? [];
    if (name === undefined) return;
    this.#lines++;
    if (type === 'g') this.#addGauge(name, value);
    else if (type === 'c' || type === 'm') {
      this.#counters.set(name, (this.#counters.get(name) ?? 0) + Number(value) / Number(rate));
    } else this.#addTimer(name, Number(value));
  }

  snapshot(): MetricsSnapshot {
    const timers = [...this.#timers].map(
      ([name, { count, sum, min, max }]) => [name, { count, min, mean: sum / count, max }] as const,
    );
    return {
      lines: this.#lines,
      gauges: Object.fromEntries(this.#gauges),
      counters: Object.fromEntries(this.#counters),
      timers: Object.fromEntries(timers),
    };
  }

  /** A gauge with a sign moves; one without is set. */
  #addGauge(name: string, value: string): void {
    const { value: before, max } = this.#gauges.get(name) ?? { value: 0, max: -Infinity };
    const now = /^[+-]/.test(value) ? before + Number(value) : Number(value);
    this.#gauges.set(name, { value: now, max: Math.max(max, now) });
  }

  #addTimer(name: string, ms: number): void {
    const timer = this.#timers.get(name) ?? { count: 0, sum: 0, min: ms, max: ms };
    timer.count++;
    timer.sum += ms;
    timer.min = Math.min(timer.min, ms);
    timer.max = Math.max(timer.max, ms);
    this.#timers.set(name, timer);
  }
}
