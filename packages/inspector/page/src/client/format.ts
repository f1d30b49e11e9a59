/** A duration, as short as it can be said. */
export function durationText(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  if (ms < 0.0005) return '0 ms';
  if (ms < 1) return `${(ms * 1000).toFixed(0)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  return ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

/** A time of day, with milliseconds. */
export function timeText(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits);
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A count, with separators. */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** A count and what is counted. @param plural where it is not made with an `s` */
export function manyText(count: number, one: string, plural = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : plural}`;
}

/** How many a second. */
export function rateText(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  return perSecond < 10 ? `${perSecond.toFixed(1)}/s` : `${countText(perSecond)}/s`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
