import { InvalidArgumentError } from '@stasis-rx/core';
import { plainNumber } from '../ground/plain-number.js';

/**
 * Draws whether a metric is sent (D1): always at a rate of 1 and above, never at 0 and below, else with that probability.
 *
 * @param call whom to name in errors: `[statsd] increment()`
 * @param random a number from 0 to below 1
 * @throws InvalidArgumentError when the rate is not a number
 */
export function isDrawn(call: string, rate: number, random: () => number): boolean {
  if (typeof rate !== 'number' || Number.isNaN(rate)) {
    throw new InvalidArgumentError(call, 'sampleRate to be a number', rate, 'Leave it out for 1.');
  }
  return rate >= 1 || (rate > 0 && random() < rate);
}

/** How a line says that it stands for more than itself: `|@0.1`; nothing at a rate of 1 and above (D1). */
export function formatRate(rate: number): string {
  return rate < 1 ? `|@${plainNumber(rate)}` : '';
}
