import { spreadOf } from '../harness/statistics.js';
import type { Latency, Percentiles } from './measure-latency.js';

/** One courier, started several times: the median of what each start has measured. */
export function together(starts: readonly Latency[]): Latency {
  const [first] = starts;
  if (first === undefined) throw new Error('expected at least one start');
  const medianOf = (part: (latency: Latency) => number): number => spreadOf(starts.map(part)).median;
  const percentiles = (of: (latency: Latency) => Percentiles): Percentiles => ({
    median: medianOf((latency) => of(latency).median),
    p99: medianOf((latency) => of(latency).p99),
    p999: medianOf((latency) => of(latency).p999),
  });
  return {
    name: first.name,
    lone: percentiles(({ lone }) => lone),
    loaded: percentiles(({ loaded }) => loaded),
    rate: medianOf(({ rate }) => rate),
  };
}
