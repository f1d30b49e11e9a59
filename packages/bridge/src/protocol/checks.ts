/** Text that is not empty and not longer than can be. */
export function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength;
}

/** A number of a record. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** @throws TypeError */
export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new TypeError(`its ${what} cannot be`);
}
