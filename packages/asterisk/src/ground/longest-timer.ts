/** Timers take no more milliseconds: a longer one fires at once. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;
