import { randomText } from '../ground/text.js';

/** When the last one of this process began, in microseconds since the Unix epoch: two never began at once. */
let last = 0;

/** Names a life that begins now: 96 random bits in base 16, a hyphen, and when that is, in base 36. */
export function newEpoch(): string {
  last = Math.max(last + 1, Date.now() * 1000);
  return `${randomText()}-${last.toString(36)}`;
}

/** Whether a life began before another one, by the clocks of where they began; false where they do not say. */
export function isEarlier(epoch: string, other: string): boolean {
  return beginOf(epoch) < beginOf(other);
}

function beginOf(epoch: string): number {
  const [, begin = ''] = epoch.split('-');
  return parseInt(begin, 36);
}
