import type { AsteriskTopics } from '@stasis-rx/asterisk';
import type { BoardClock } from './board-clock.js';
import { boardTime, BoardTime } from './board-time.js';
import type { Board } from './board.js';
import { liveBridges, LiveBridges } from './bridge-rows.js';
import type { CallDesk } from './call-desk.js';
import { callFigures, CallFigures } from './call-figures.js';
import { CallRate, type CallRateMeter } from './call-rate.js';
import { liveChannels, LiveChannels } from './channel-rows.js';
import type { Tally } from './tally.js';

/** Where everything on the board is taken from. */
export interface BoardParts {
  readonly board: Board;
  readonly clock: BoardClock;
  readonly asterisk: AsteriskTopics;
  readonly desk: CallDesk;
  readonly tally: Tally;
  readonly meter: CallRateMeter;
}

/** Draws the board: how things stand now, at this moment of the board's clock. O(what is alive). */
export function drawBoard(parts: BoardParts, durationMs: number | null): void {
  const { board, clock, asterisk, desk, tally, meter } = parts;
  const at = clock.now();
  const now = at ?? 0;
  board.show(BoardTime, boardTime(clock.startedAt, at, durationMs));
  board.show(CallFigures, callFigures(tally.counts, asterisk, desk, now));
  board.show(CallRate, meter.read(clock.startedAt ?? 0, now));
  board.show(LiveChannels, liveChannels(asterisk.channelCache, now, board.shown(LiveChannels)));
  board.show(LiveBridges, liveBridges(asterisk.bridgeCache, now, board.shown(LiveBridges)));
}
