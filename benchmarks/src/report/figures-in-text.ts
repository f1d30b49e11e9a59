import type { Spread } from '../harness/statistics.js';
import type { Percentiles } from '../latency/measure-latency.js';

/** Millions a second, with three figures that count: `24.1`. */
export function rateInText(perSecond: number): string {
  return threeFigures(perSecond / 1e6);
}

/** `5.52 ×`. */
export function ratioInText(ratio: number): string {
  return `${threeFigures(ratio)} ×`;
}

/** The quartiles: `5.41 to 5.60`. */
export function quartilesInText({ lower, upper }: Spread, scale = 1): string {
  return `${threeFigures(lower / scale)} to ${threeFigures(upper / scale)}`;
}

/** Microseconds: `1.20, 5.41, 30.2`. */
export function percentilesInText({ median, p99, p999 }: Percentiles): string {
  return [median, p99, p999].map(threeFigures).join(', ');
}

/** A value and its unit: `1,234 bytes`, `0.25 bytes`. */
export function valueInText(value: number, unit: string): string {
  return `${value >= 100 ? Math.round(value).toLocaleString('en') : threeFigures(value)} ${unit}`;
}

/** A title with its detail. */
export function inFull(title: string, detail: string): string {
  return detail === '' ? title : `${title}: ${detail}`;
}

function threeFigures(value: number): string {
  const decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}
