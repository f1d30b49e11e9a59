/** A call centre: a recorded Asterisk, what the wallboard makes of it, and some departments that listen in. */
import { createAsteriskTopics, publishAriEvent, type AsteriskTopics } from '@stasis-rx/asterisk';
import { readRecording } from '@stasis-rx/asterisk/recording';
import { createBus, type Bus } from '@stasis-rx/core';
import { interval } from 'rxjs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createBoardClock } from '../wallboard/model/board-clock.js';
import { createBoard } from '../wallboard/model/board.js';
import { createCallDesk, type CallDesk } from '../wallboard/model/call-desk.js';
import { createCallRateMeter } from '../wallboard/model/call-rate.js';
import { drawBoard } from '../wallboard/model/draw-board.js';
import { createTally } from '../wallboard/model/tally.js';
import { openDepartments } from './departments.js';

/** A call centre on a bus. */
export interface CallCentre extends AsyncDisposable {
  readonly bus: Bus;
  /**
   * Replays the calls of about ten seconds once.
   * @param speed 2 is twice as fast as recorded
   * @returns rejects with the signal's reason
   */
  play(speed: number, signal: AbortSignal): Promise<void>;
}

/** The board is drawn so often, in milliseconds. */
const REDRAW_MS = 500;
const RECORDING = fileURLToPath(new URL('../../packages/asterisk/recordings/calls-40.ari.jsonl.gz', import.meta.url));

export function createCallCentre(): CallCentre {
  // What fails is to be seen in the inspector, and not here.
  const bus = createBus({ name: 'call centre', onError: () => undefined });
  const asterisk = createAsteriskTopics(bus);
  const desk = createCallDesk(bus, asterisk);
  const drawing = startBoard(bus, asterisk, desk);
  openDepartments(bus, asterisk, desk);
  return {
    bus,
    play: async (speed, signal) => {
      drawing.reset();
      await publishRecording(asterisk, speed, signal);
    },
    async [Symbol.asyncDispose]() {
      drawing.stop();
      await bus.close();
    },
  };
}

/** As an Asterisk sends it: in its time, and waiting for nobody. `replay` would wait for those who are congested. */
async function publishRecording(asterisk: AsteriskTopics, speed: number, signal: AbortSignal): Promise<void> {
  const beganAt = Date.now();
  let firstAt: number | undefined;
  for await (const { at, event } of readRecording(RECORDING)) {
    firstAt ??= at;
    await wait(Math.max(0, beganAt + (at - firstAt) / speed - Date.now()), undefined, { signal });
    publishAriEvent(asterisk, event);
  }
}

/** What a wallboard shows, as state on the bus; drawn from time to time. */
function startBoard(bus: Bus, asterisk: AsteriskTopics, desk: CallDesk): { reset: () => void; stop: () => void } {
  const [board, clock, meter] = [createBoard(bus), createBoardClock(), createCallRateMeter()];
  const tally = createTally(asterisk, desk, (beganAt) => meter.add(beganAt));
  asterisk.channels.subscribe(({ timestamp }) => clock.observe(timestamp));
  const draw = () => drawBoard({ board, clock, asterisk, desk, tally, meter }, null);
  const drawing = interval(REDRAW_MS).subscribe(draw);
  return {
    reset: () => {
      for (const part of [tally, meter, clock]) part.reset();
    },
    stop: () => drawing.unsubscribe(),
  };
}
