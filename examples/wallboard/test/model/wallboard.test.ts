import { messages, type MessageType } from '@stasis-rx/core';
import { filter, firstValueFrom } from 'rxjs';
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

type PlayingWallboard = Wallboard & { readonly source: Playback };

function wallboard(query: string): PlayingWallboard {
  const created = createWallboard(readSettings(query), { dispatcher, fetch: fetchRecordings });
  open.push(created);
  return created as PlayingWallboard;
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
    expect(shown(board, BoardTime).fraction).toBe(1);

    const { bars, slots, top } = shown(board, CallRate);
    expect(bars.reduce((sum, bar) => sum + bar / 60, 0)).toBeCloseTo(totals.calls); // a bar is a second
    expect(bars.length).toBeLessThanOrEqual(slots);
    expect(Math.max(...bars)).toBeLessThanOrEqual(top);
  });
});

describe('a wallboard that cannot keep up with the speed', () => {
  test('shows no time that has not come yet: waits, and the chart at the end, are those of full speed', async () => {
    const [fast, full] = [wallboard('?recording=calls-300&speed=100'), wallboard('?recording=calls-300&speed=full')];
    const waits: string[] = [];
    fast.shown.watch(CallFigures, SHOWN).subscribe((figures) => waits.push(figures?.data.longestWaitEver ?? ''));
    await Promise.all([fast, full].map((board) => reaches(board, 'finished')));

    expect(shown(fast, BoardTime)).toEqual(shown(full, BoardTime));
    expect(shown(fast, CallRate).bars).toEqual(shown(full, CallRate).bars);
    expect(waits.sort().at(-1)).toBe(shown(full, CallFigures).longestWaitEver);
  });
});

describe('a wallboard', () => {
  test('shows all there is to show from the start, before anything has been loaded', () => {
    const board = wallboard('');
    expect(shown(board, SourceState)).toMatchObject({ kind: 'playback', name: 'calls-40', phase: 'loading' });
    expect(shown(board, CallFigures)).toMatchObject({ calls: 0, channels: 0, longestWait: '–' });
    expect(shown(board, CallRate)).toMatchObject({ perMinute: 0, top: 10 });
    expect(shown(board, BoardTime)).toMatchObject({ clock: '', position: '0:00' });
  });

  test('is played from the beginning again, and counts from nothing', async () => {
    const board = wallboard('?speed=full');
    await reaches(board, 'finished');
    const before = shown(board, CallFigures);
    board.source.play();
    expect(shown(board, CallFigures)).toMatchObject({ calls: 0, channels: 0 });
    await reaches(board, 'finished');
    expect(shown(board, CallFigures)).toEqual(before);
  });

  test('is paused where it stands, and played on from there', async () => {
    const board = wallboard('?speed=100');
    await firstValueFrom(board.asterisk.channels);
    board.source.pause();
    expect(shown(board, SourceState)).toMatchObject({ phase: 'paused', text: 'Paused' });
    await board.bus.settled();
    const { published } = countedBy(board);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(countedBy(board).published).toBe(published);

    board.source.setFullSpeed(true);
    board.source.play();
    await reaches(board, 'finished');
    expect(shown(board, CallFigures)).toMatchObject({ channels: 92, channelsAlive: 0 });
  });

  test('keeps its speed between 1 and 100, and goes back to it from full speed', () => {
    const { source, ...board } = wallboard('');
    const speeds = [10, 0, 1000, NaN].map((speed) => {
      source.setSpeed(speed);
      return shown(board as Wallboard, SourceState).speed;
    });
    expect(speeds).toEqual([10, 1, 100, 100]);
    source.setFullSpeed(true);
    expect(shown(board as Wallboard, SourceState)).toMatchObject({ isFullSpeed: true, speed: 100 });
    source.setFullSpeed(false);
    expect(shown(board as Wallboard, SourceState)).toMatchObject({ isFullSpeed: false, speed: 100 });
  });

  test('says what is wrong with a recording that is not there, and tries again when asked to', async () => {
    const board = wallboard('?recording=nowhere');
    await reaches(board, 'failed');
    expect(shown(board, SourceState).problem).toBe('nowhere cannot be loaded: HTTP 404.');
    board.source.retry();
    expect(shown(board, SourceState)).toMatchObject({ phase: 'loading', problem: null });
    await reaches(board, 'failed');
  });

  test('says aloud when the recording is over, with the totals, and nothing else', async () => {
    const board = wallboard('?speed=full');
    const said: string[] = [];
    messages(board.announcements, { accept: [Announcement] }).subscribe(({ data }) => said.push(data));
    await reaches(board, 'finished');
    await board.bus.settled();
    expect(said).toEqual(['The recording is over: 46 calls, 35 answered, 11 lost; 92 channels, 0 of them left.']);
  });

  test('makes calls up when asked for a load, and knows no end', async () => {
    const board = wallboard('?load=2000');
    await firstValueFrom(
      board.shown.watch(CallFigures, SHOWN).pipe(filter((figures) => (figures?.data.lost ?? 0) > 0)),
    );
    expect(shown(board, CallFigures).channelsAlive).toBeGreaterThan(0);
    expect(shown(board, BoardTime).duration).toBe('');
  });
});

function countedBy({ bus }: Wallboard): { readonly published: number } {
  const types = bus.statistics().messageTypes.filter(({ name }) => name.startsWith('ast_'));
  return { published: types.reduce((sum, { published }) => sum + published, 0) };
}
