import type { Latency } from '../latency/measure-latency.js';
import { percentilesInText, rateInText } from './figures-in-text.js';
import { markdownTable } from './markdown-table.js';

/** Latencies, a row for each courier. */
export function latencyTable(latencies: readonly Latency[]): string {
  return markdownTable([
    ['one publish, one handler', 'lone: median, 99 %, 99.9 %', 'under load: median, 99 %, 99.9 %', 'that load'],
    ...latencies.map(({ name, lone, loaded, rate }) => [
      name,
      percentilesInText(lone),
      percentilesInText(loaded),
      rateInText(rate),
    ]),
  ]);
}
