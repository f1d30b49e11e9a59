import { messageType, type MessageType } from '@stasis-rx/core';
import { createSteppedCounter } from './stepped-counter.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** How many calls begin, for a chart: in calls a minute, whatever time a bar stands for. */
export interface CallRate {
  /** Now: those of the last minute; scaled up to one while less than a minute has been seen. */
  readonly perMinute: number;
  /** The bars, the oldest first; `length` is at most `slots`. */
  readonly bars: readonly number[];
  /** How many bars there is room for. */
  readonly slots: number;
  /** What the chart reaches up to: a round number above every bar. */
  readonly top: number;
  /** What one bar stands for, in words. */
  readonly barText: string;
  /** The chart in a sentence. */
  readonly summary: string;
}

export const CallRate: MessageType<CallRate> = messageType<CallRate>('wallboard_call_rate');

/** How the time is cut into bars. */
export interface Bars {
  /** In milliseconds; whole seconds. */
  readonly barMs: number;
  readonly slots: number;
}

/** One bar a minute, for half an hour. */
export const LIVE_BARS: Bars = { barMs: MINUTE_MS, slots: 30 };

const BAR_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Bars for a recording as a whole, 40 at the most unless it lasts for days; the last 40 seconds of one without an end. */
export function barsFor(durationMs: number | null): Bars {
  if (durationMs === null) return { barMs: SECOND_MS, slots: 40 };
  const fits = (seconds: number) => durationMs / (seconds * SECOND_MS) <= 39;
  const barMs = (BAR_SECONDS.find(fits) ?? 3600) * SECOND_MS;
  // A recording does not begin where a bar does: it reaches into one more.
  return { barMs, slots: Math.min(40, Math.ceil(durationMs / barMs) + 1) };
}

/** Counts calls, and draws their rate. */
export interface CallRateMeter {
  bars: Bars;
  add(beganAt: number): void;
  /** Between two moments of the board's clock. */
  read(startedAt: number, now: number): CallRate;
  reset(): void;
}

export function createCallRateMeter(): CallRateMeter {
  const lastMinute = createSteppedCounter(SECOND_MS, 60);
  let bars = LIVE_BARS;
  let drawn = createSteppedCounter(bars.barMs, bars.slots);

  return {
    get bars() {
      return bars;
    },
    set bars(next) {
      bars = next;
      drawn = createSteppedCounter(next.barMs, next.slots);
    },
    add: (beganAt) => {
      lastMinute.add(beganAt);
      drawn.add(beganAt);
    },
    read: (startedAt, now) => {
      const seenMs = Math.min(MINUTE_MS, Math.max(SECOND_MS, now - startedAt));
      const perMinute = Math.round((lastMinute.between(now - MINUTE_MS, now + 1) * MINUTE_MS) / seenMs);
      const heights = barStarts(bars, startedAt, now).map(
        (from) => (drawn.between(from, from + bars.barMs) * MINUTE_MS) / bars.barMs,
      );
      return chart(perMinute, heights, bars);
    },
    reset: () => {
      lastMinute.reset();
      drawn.reset();
    },
  };
}

function barStarts({ barMs, slots }: Bars, startedAt: number, now: number): number[] {
  const last = Math.floor(now / barMs) * barMs;
  const first = Math.max(Math.floor(startedAt / barMs) * barMs, last - (slots - 1) * barMs);
  return Array.from({ length: (last - first) / barMs + 1 }, (_, index) => first + index * barMs);
}

function chart(perMinute: number, bars: readonly number[], { barMs, slots }: Bars): CallRate {
  const peak = Math.max(0, ...bars);
  const barText = barMs < MINUTE_MS ? `${barMs / SECOND_MS} s` : `${barMs / MINUTE_MS} min`;
  const summary = `${perMinute} calls a minute now, ${Math.round(peak)} at the most. A bar is ${barText}.`;
  return { perMinute, bars, slots, top: roundUp(peak), barText, summary };
}

/** To 1, 2, 4, 6 or 8 and zeros, so that half of it is a round number, too; 10 at the least. */
function roundUp(peak: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(peak, 10)));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * power).find((top) => top >= peak) ?? 10;
}
