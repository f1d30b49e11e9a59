import { conflate, type Bus, type Dispatcher } from '@stasis-rx/core';
import { asyncScheduler, exhaustMap, interval, merge, throttleTime } from 'rxjs';
import { drawBoard, type BoardParts } from './draw-board.js';

/** Draws the board anew when something has changed, and for the durations from time to time. */
export interface Screen {
  /** How long what is played lasts; `null` where there is no end. */
  durationMs: number | null;
  /** Draws at once. */
  refresh(): void;
  close(): void;
}

/** Durations are shown in seconds; at a quarter of one they seem to change in time. */
const REFRESH_MS = 250;
/** Nobody reads faster. */
const SHORTEST_MS = 100;

/**
 * @param bus whose handlers come first: the clock goes by what is published, and what waits for its turn lies behind it
 * @param dispatcher when to draw after a change; whatever changes until then is drawn once
 */
export function startScreen(bus: Bus, parts: BoardParts, dispatcher: Dispatcher): Screen {
  let durationMs: number | null = null;
  const refresh = () => drawBoard(parts, durationMs);
  const { asterisk, desk } = parts;
  const drawing = merge(asterisk.channels, asterisk.bridges, desk.cached, interval(REFRESH_MS))
    .pipe(
      throttleTime(SHORTEST_MS, asyncScheduler, { leading: true, trailing: true }),
      conflate(() => 'everything', { dispatcher }),
      exhaustMap(() => bus.settled()),
    )
    .subscribe(refresh);
  refresh();

  return {
    get durationMs() {
      return durationMs;
    },
    set durationMs(ms) {
      durationMs = ms;
      refresh();
    },
    refresh,
    close: () => drawing.unsubscribe(),
  };
}
