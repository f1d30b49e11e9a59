import { createBoardClock } from '../../model/board-clock.js';
import { barsFor, createCallRateMeter, LIVE_BARS } from '../../model/call-rate.js';
import { durationText } from '../../model/duration-text.js';
import { liveRows } from '../../model/live-rows.js';
import { loadRecording } from '../../model/recording.js';
import { readSettings, withoutLogin } from '../../model/settings.js';

describe('the clock of the board', () => {
  test('is set by the messages, goes on between them at its rate, and never goes back', () => {
    let wall = 0;
    const clock = createBoardClock(() => wall);
    expect(clock.now()).toBeNull();
    clock.rate = 2;
    clock.observe(1000);
    wall = 100;
    expect(clock.now()).toBe(1200);
    clock.observe(1100);
    expect(clock.now()).toBe(1200);
    clock.rate = 0;
    wall = 500;
    expect(clock.now()).toBe(1200);
    clock.observe(5000);
    expect([clock.startedAt, clock.now()]).toEqual([1000, 5000]);
    clock.reset();
    expect(clock.now()).toBeNull();
  });

  test('waits at what is to come next, and goes on from there when that has come late', () => {
    let wall = 0;
    const clock = createBoardClock(() => wall);
    clock.rate = 100;
    clock.limit = 1000;
    clock.observe(1000);
    clock.limit = 3000;
    wall = 10;
    expect(clock.now()).toBe(2000);
    wall = 50; // 2000 more of the recording should be over, but nothing has come
    expect(clock.now()).toBe(3000);
    clock.observe(3000);
    clock.limit = 9000;
    expect(clock.now()).toBe(3000);
    wall = 60;
    expect(clock.now()).toBe(4000);
    clock.limit = 2000;
    expect(clock.now()).toBe(4000);
    clock.observe(5000);
    expect(clock.now()).toBe(5000);
  });
});

describe('the rate of calls', () => {
  test('is that of the last minute, scaled up while less has been seen', () => {
    const meter = createCallRateMeter();
    for (let second = 0; second < 10; second++) meter.add(second * 1000);
    expect(meter.read(0, 9999).perMinute).toBe(60);
    expect(meter.read(0, 60_000).perMinute).toBe(10);
    expect(meter.read(0, 200_000).perMinute).toBe(0);
  });

  test('is drawn from the left until the bars are used up, then moves on', () => {
    const meter = createCallRateMeter();
    meter.bars = { barMs: 1000, slots: 3 };
    const at = (second: number) => {
      meter.add(second * 1000);
      return meter.read(0, second * 1000).bars;
    };
    expect([0, 1, 2, 3, 9].map(at)).toEqual([[60], [60, 60], [60, 60, 60], [60, 60, 60], [0, 0, 60]]);
  });

  test('reaches up to a round number', () => {
    const meter = createCallRateMeter();
    const tops = [1, 10, 11, 20, 250, 401].map((calls) => {
      meter.bars = { barMs: 60_000, slots: 1 };
      for (let call = 0; call < calls; call++) meter.add(0);
      return meter.read(0, 0).top;
    });
    expect(tops).toEqual([10, 10, 20, 20, 400, 600]);
  });

  test('has bars for a recording of any length, for one without an end, and for a live Asterisk', () => {
    const shown = [9631, 35_271, 600_000, 86_400_000, null].map((durationMs) => barsFor(durationMs));
    expect(shown).toEqual([
      { barMs: 1000, slots: 11 },
      { barMs: 1000, slots: 37 },
      { barMs: 30_000, slots: 21 },
      { barMs: 3_600_000, slots: 25 },
      { barMs: 1000, slots: 40 },
    ]);
    expect(LIVE_BARS).toEqual({ barMs: 60_000, slots: 30 });
  });
});

test.each([
  [-5, '0:00'],
  [999, '0:00'],
  [61_000, '1:01'],
  [3_599_999, '59:59'],
  [3_723_000, '1:02:03'],
])('%p ms are written as %p', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

describe('the rows of a table', () => {
  const toRow = (id: string) => ({ id, text: id.toUpperCase() });

  test('are the very same ones as long as they say the same', () => {
    const before = liveRows(['a', 'b'], 9, toRow, undefined);
    expect(liveRows(['a', 'b'], 9, toRow, before).rows).toBe(before.rows);
    const after = liveRows(['b', 'c'], 9, toRow, before);
    expect(after.rows).toEqual([toRow('b'), toRow('c')]);
    expect(after.rows[0]).toBe(before.rows[1]);
  });

  test('are not more than there is room for', () => {
    expect(liveRows(['a', 'b', 'c'], 2, toRow, undefined)).toEqual({ rows: [toRow('a'), toRow('b')], more: 1 });
  });
});

describe('the address of the page', () => {
  const recording = { source: 'recording', name: 'calls-40', url: 'calls-40.ari.jsonl.gz', isAutomatic: false };

  test.each([
    ['', recording],
    ['?recording=calls-300', { ...recording, name: 'calls-300', url: 'calls-300.ari.jsonl.gz' }],
    ['?recording=https://x.org/a.jsonl', { ...recording, name: 'https://x.org/a.jsonl', url: 'https://x.org/a.jsonl' }],
    ['?speed=10', { ...recording, speed: 10, isAutomatic: true }],
    ['?speed=full', { ...recording, speed: 'full', isAutomatic: true }],
    ['?speed=1000', recording],
    ['?load=5000', { source: 'load', eventsPerSecond: 5000 }],
    ['?load=-1', recording],
    ['?ari=ws://pbx:8088', { source: 'ari', url: 'ws://pbx:8088' }],
    ['?ari=ws://pbx:8088&app=a&api_key=u:p', { source: 'ari', url: 'ws://pbx:8088', app: 'a', apiKey: 'u:p' }],
  ])('%p asks for %p', (query, settings) => {
    expect(readSettings(query)).toEqual(settings);
  });

  test('is shown without the login', () => {
    expect(withoutLogin('?ari=ws://pbx&app=a&api_key=u:p')).not.toContain('api_key');
    expect(readSettings(withoutLogin('?ari=ws://pbx&app=a&api_key=u:p'))).toMatchObject({ url: 'ws://pbx', app: 'a' });
    expect(withoutLogin('?api_key=u:p')).toBe('');
  });
});

describe('a recording', () => {
  const respond =
    (body: string, status = 200) =>
    () =>
      Promise.resolve(new Response(body, { status }));

  test('is read line by line, and what is no event is left out', async () => {
    const recording = await loadRecording(
      'r',
      'r.jsonl',
      respond('{"at":1,"event":{}}\nnonsense\n{"at":9,"event":{}}\n'),
    );
    expect(recording.durationMs).toBe(8);
    expect([...recording.events()].map(({ at }) => at)).toEqual([1, 9]);
    expect([...recording.events()]).toHaveLength(2);
  });

  test.each([
    ['is something else', respond('<!doctype html>'), 'r.jsonl is no recording of ARI events.'],
    ['is empty', respond(''), 'r.jsonl is no recording of ARI events.'],
    ['is not there', respond('', 404), 'r.jsonl cannot be loaded: HTTP 404.'],
    ['cannot be reached', () => Promise.reject(new TypeError('no')), 'r.jsonl cannot be reached.'],
  ])('that %s is refused', async (_what, fetch, problem) => {
    await expect(loadRecording('r', 'r.jsonl', fetch)).rejects.toThrow(problem);
  });
});
