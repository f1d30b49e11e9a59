import type { GaugeFigures, MetricsSnapshot, TimerFigures } from './received-metrics.js';

/** One metric, as texts for a table. */
export interface MetricRow {
  readonly name: string;
  readonly kind: 'gauge' | 'counter' | 'timer';
  readonly value: string;
  /** More about it; often empty. */
  readonly detail: string;
}

/** The metrics as rows: gauges, timers, counters, each in the order of their names. */
export function metricRows({ gauges, counters, timers }: MetricsSnapshot): MetricRow[] {
  return [
    ...sorted(gauges).map(([name, figures]) => gaugeRow(name, figures)),
    ...sorted(timers).map(([name, figures]) => timerRow(name, figures)),
    ...sorted(counters).map(([name, value]) => counterRow(name, value)),
  ];
}

/** With commas between thousands, whatever the locale. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** Such as `9.6 s` or `1:05`. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function gaugeRow(name: string, { value, max }: GaugeFigures): MetricRow {
  return { name, kind: 'gauge', value: formatNumber(value), detail: `max ${formatNumber(max)}` };
}

function counterRow(name: string, value: number): MetricRow {
  return { name, kind: 'counter', value: formatNumber(value), detail: '' };
}

function timerRow(name: string, { count, min, mean, max }: TimerFigures): MetricRow {
  const detail = `min ${formatNumber(min)}, mean ${formatNumber(Math.round(mean))}, max ${formatNumber(max)} ms`;
  return { name, kind: 'timer', value: formatNumber(count), detail };
}

function sorted<T>(metrics: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
}
