import { plainNumber } from '../ground/plain-number.js';

/** What one call does to a number that a server keeps. */
export interface Change {
  readonly value: number;
  /** Whether the number becomes the value; else the value is added to it. */
  readonly isAbsolute: boolean;
}

/**
 * Reads what a line does to the number that it names, as a server does.
 *
 * @param type as it stands on the line: a counter, a meter or a gauge
 * @param text the value as it stands on the line
 * @param isReset whether a line that sets the metric to 0 goes before it
 * @returns nothing for a value of `log()` that is not a number as this package writes it
 */
export function readChange(type: string, text: string, isReset: boolean): Change | undefined {
  const isDelta = type === 'g' && !isReset && /^[+-]/.test(text);
  const digits = isDelta ? text.replace(/^\+(?=\d)/, '') : text;
  const value = Number(digits);
  return plainNumber(value) === digits ? { value, isAbsolute: type === 'g' && !isDelta } : undefined;
}

/**
 * Two changes as one.
 *
 * @returns nothing when their sum is beyond 2^53, from where on not every integer can be told from the next
 */
export function combine(first: Change, second: Change): Change | undefined {
  if (second.isAbsolute) return second;
  const value = first.value + second.value;
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? undefined : { value, isAbsolute: first.isAbsolute };
}

/** The value of the line that says a change. @returns with `isReset`, when a line that sets the metric to 0 goes before it */
export function writeChange(type: string, { value, isAbsolute }: Change): { text: string; isReset: boolean } {
  const text = plainNumber(value);
  const isNegative = text.startsWith('-');
  if (type !== 'g') return { text, isReset: false };
  return { text: isAbsolute || isNegative ? text : `+${text}`, isReset: isAbsolute && isNegative };
}
