import { onEveryMacrotask } from './macrotask.js';

/** How long may be drained in a stretch of work. */
export const STRETCH_MS = 8;
/** What a burst has that begins when that is spent: a short one is not put off by what others have done. */
const LATE_MS = 1;

/**
 * A stretch of work: what is drained, by whatever buses and loaded copies of core, until timers and I/O get their turn. All
 * of them find it in one place, as two numbers. The first tells when it began, as `performance.now()` has it; or the same
 * below 0, as {@link watched} makes it, when it is taken away as soon as timers and I/O have had their turn; or
 * {@link SPENT}. The second is how long has been drained in one that is watched.
 */
const START = Symbol.for('stasis-rx.stretch');
const DRAINED = Symbol.for('stasis-rx.stretch.drained');

/** Watched, and all that may be drained has been. */
const SPENT = -Infinity;

/**
 * How many milliseconds a burst has that begins at `now`.
 *
 * Nothing tells a program when the event loop last turned, and to have it tell would cost every burst a macrotask. So one
 * stretch in two is watched: the one that begins when the last one may well be over. In a program that turns now and then
 * that has no consequences; in one that does not, it grows old, and then it is known that nothing else has had its turn.
 */
export function stretchAllowance(now: number): number {
  const start = read(START);
  if (start === undefined) write(START, now);
  else if (start >= 0 && !isYoung(now - start)) watch(watched(now));
  else if (start === SPENT) return LATE_MS;
  else if (start < 0) return Math.max(STRETCH_MS - (read(DRAINED) ?? 0), LATE_MS);
  return STRETCH_MS;
}

/** Whether timers and I/O are known to have had no turn for as long as may be drained at a stretch. */
export function isStretchOld(now: number): boolean {
  const start = read(START) ?? now;
  return start < 0 && !isYoung(now - watched(start));
}

/** So long has been drained. */
export function spendStretch(ms: number): void {
  const start = read(START) ?? 0;
  if (start >= 0) return;
  const drained = (read(DRAINED) ?? 0) + ms;
  write(DRAINED, drained);
  if (drained >= STRETCH_MS) write(START, SPENT);
}

/** Timers and I/O must have their turn before much more is drained. */
export function endStretch(): void {
  if (read(START) !== SPENT) watch(SPENT);
}

/** Whether somebody has gone on to the end of the stretch. */
export function isStretchSpent(): boolean {
  return read(START) === SPENT;
}

/** A stretch begins: timers and I/O have just had their turn. */
export function startStretch(now: number): void {
  watch(watched(now));
}

/** When somebody has turned the clock back, a stretch seems to begin in the future. */
function isYoung(age: number): boolean {
  return age > -1000 && age < STRETCH_MS;
}

/** Makes a watched one of one that is not, and the other way round. */
function watched(start: number): number {
  return -1 - start;
}

/** Where it cannot be watched, there is none: each burst is a stretch of its own. */
function watch(start: number): void {
  const isWatched = onEveryMacrotask(() => {
    write(START, undefined);
  });
  write(START, isWatched ? start : undefined);
  write(DRAINED, 0);
}

function read(key: symbol): number | undefined {
  return (globalThis as Record<symbol, number | undefined>)[key];
}

/** Where the global object is frozen, each burst is a stretch of its own. */
function write(key: symbol, value: number | undefined): void {
  Reflect.set(globalThis, key, value);
}
