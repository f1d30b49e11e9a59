import { subscribe, type MessageType } from '@stasis-rx/core';
import { firstValueFrom, filter } from 'rxjs';
import {
  Announcement,
  BoardTime,
  CallFigures,
  CallRate,
  createWallboard,
  LiveBridges,
  LiveChannels,
  readSettings,
  SHOWN,
  SourceState,
  type Playback,
  type SourcePhase,
  type Wallboard,
} from '../../model/index.js';
import { fetchRecordings, totalsOf } from '../support/recordings.js';

/** Draws in the next turn of the event loop: there are no frames here. */
const dispatcher = (drain: () => void) => void setImmediate(drain);

const open: Wallboard[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((wallboard) => wallboard.close()));
});

function wallboard(query: string): Wallboard & { readonly source: Playback } {
  const created = createWallboard(readSettings(query), { dispatcher, fetch: fetchRecordings });
  open.push(created);
  return created as Wallboard & { readonly source: Playback };
}

function shown<Data>({ shown: cache }: Wallboard, type: MessageType<Data>): Data {
  return cache.get(type, SHOWN)?.data as Data;
}

async function reaches(board: Wallboard, phase: SourcePhase): Promise<void> {
  await firstValueFrom(board.shown.watch(SourceState, SHOWN).pipe(filter((state) => state?.data.phase === phase)));
}

describe.each(['calls-40', 'calls-300'])('a wallboard that has played %s at full speed', (name) => {
  test('shows the totals of the recording, and nothing is left', async () => {
    const board = wallboard(`?recording=${name}&speed=full`);
    await reaches(board, 'finished');
    const totals = await totalsOf(name);
    expect(shown(board, CallFigures)).toEqual({
      ...totals,
      channelsAlive: 0,
      bridgesAlive: 0,
      waiting: 0,
      longestWait: '–',
      longestWaitEver: expect.stringMatching(/^\d+:\d\d$/),
    });
    expect(shown(board, LiveChannels)).toEqual({ rows: [], more: 0 });
    expect(shown(board, LiveBridges)).toEqual({ rows: [], more: 0 });
  });
});
