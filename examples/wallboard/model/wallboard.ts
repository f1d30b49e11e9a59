import { createAsteriskTopics, type AsteriskTopics } from '@stasis-rx/asterisk';
import {
  createAnimationFrameDispatcher,
  createBus,
  type Bus,
  type Cache,
  type Dispatcher,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { Announcement, announcementOf } from './announcement.js';
import { createBoardClock } from './board-clock.js';
import { createBoard } from './board.js';
import { reportBusFigures } from './bus-figures.js';
import { createCallDesk } from './call-desk.js';
import { CallFigures } from './call-figures.js';
import { barsFor, createCallRateMeter } from './call-rate.js';
import { openSource, type Source } from './open-source.js';
import { startScreen } from './screen.js';
import type { Settings } from './settings.js';
import { clockRate, sourceState, SourceState, type SourceReport } from './source-state.js';
import { createTally } from './tally.js';

/** A call-centre wallboard without a page: what it shows is state on a bus, for any framework to read. */
export interface Wallboard {
  readonly bus: Bus;
  /** The Asterisk's topics, with the caches of what is alive. */
  readonly asterisk: AsteriskTopics;
  /**
   * What the page shows, each under the id `SHOWN`: `CallFigures`, `CallRate`, `LiveChannels`, `LiveBridges`,
   * `BoardTime`, `SourceState`, `BusFigures`. Written once a frame at the most.
   */
  readonly shown: Cache;
  /** What a screen reader is to say. */
  readonly announcements: Topic<Message<string>>;
  /** Where the calls come from, with what one can do about it. */
  readonly source: Source;
  close(): Promise<void>;
}

/** What a page leaves as it is. */
export interface WallboardOptions {
  /** When the board is drawn after a change. Default: once an animation frame. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Loads recordings. Default: the platform's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Puts the parts together; the recording is loaded, or Asterisk connected to, right away. It lives until it is closed. */
export function createWallboard(settings: Settings, options: WallboardOptions = {}): Wallboard {
  const { dispatcher = createAnimationFrameDispatcher(), fetch = globalThis.fetch } = options;
  const bus = createBus({ name: 'wallboard' });
  const asterisk = createAsteriskTopics(bus);
  const announcements = bus.topic<Message<string>>('wallboard:announcements');
  const board = createBoard(bus);
  const clock = createBoardClock();
  const meter = createCallRateMeter();
  const desk = createCallDesk(bus, asterisk);
  const tally = createTally(asterisk, desk, (beganAt) => meter.add(beganAt));
  const screen = startScreen(bus, { board, clock, asterisk, desk, tally, meter }, dispatcher);
  const busReport = reportBusFigures(bus, board);
  // A clock that goes by the messages: subscribed to all of them, and changing nothing.
  asterisk.channels.subscribe(({ timestamp }) => clock.observe(timestamp));
  asterisk.bridges.subscribe(({ timestamp }) => clock.observe(timestamp));

  const source = openSource(
    settings,
    { bus, asterisk, fetch },
    {
      onLoaded: ({ durationMs }) => {
        meter.bars = barsFor(durationMs);
        screen.durationMs = durationMs;
      },
      onBegin: () => {
        for (const part of [tally, meter, clock]) part.reset();
      },
      onNext: (sentAt) => {
        clock.limit = sentAt;
      },
      onChange: (report: SourceReport) => {
        clock.rate = clockRate(report);
        screen.refresh(); // first: who is told that it is over finds the totals
        const before = board.shown(SourceState);
        const now = sourceState(report);
        board.show(SourceState, now);
        const words = announcementOf(before, now, board.shown(CallFigures));
        if (words !== null) announcements.publish(Announcement(words));
      },
    },
  );

  const close = async () => {
    source.close();
    screen.close();
    busReport.unsubscribe();
    await bus.close();
  };
  return { bus, asterisk, shown: board.cache, announcements, source, close };
}
