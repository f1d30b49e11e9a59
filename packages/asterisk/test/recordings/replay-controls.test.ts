import { defer, finalize, VirtualTimeScheduler } from 'rxjs';
import { createReplayControls, replay, type RecordedEvent, type ReplayControls } from '../../src/index.js';
import { observedAsterisk } from '../support/asterisk.js';
import { varset } from '../support/events.js';
import { advance, nextTurn } from '../support/virtual-time.js';

const at = (ms: number): RecordedEvent => ({ at: 1_795_372_726_000 + ms, event: varset() });

/** A replay under way in virtual time. */
function start(recorded: readonly RecordedEvent[], controls: ReplayControls) {
  const scheduler = new VirtualTimeScheduler();
  const { asterisk } = observedAsterisk();
  const times: number[] = [];
  const progress = { isDone: false };
  asterisk.channels.subscribe(() => times.push(scheduler.now()));
  const done = replay(asterisk, recorded, { controls, scheduler }).then(() => (progress.isDone = true));
  /** Moves virtual time on to this moment, timer by timer, and lets all run that is ready. */
  const until = async (ms: number) => {
    await nextTurn();
    while (scheduler.now() < ms) {
      scheduler.schedule(() => undefined, Math.min(1, ms - scheduler.now()));
      advance(scheduler, Math.min(1, ms - scheduler.now()));
      await nextTurn();
    }
  };
  return { times, until, done, progress, asterisk };
}

describe('the controls of a replay', () => {
  test('paused stop the time of the recording, and play lets it go on from there', async () => {
    const controls = createReplayControls();
    const { times, until, done } = start([at(0), at(100), at(200)], controls);
    await until(50);
    controls.pause();
    await until(1050);
    expect(times).toEqual([0]);
    controls.play();
    await until(2000);
    await done;
    expect(times).toEqual([0, 1100, 1200]);
  });

  test('paused from the start publish nothing, not even the first event', async () => {
    const controls = createReplayControls({ isPaused: true });
    const { times, until, progress } = start([at(0), at(10)], controls);
    await until(500);
    expect(times).toEqual([]);
    controls.play();
    await until(600);
    expect(times).toEqual([500, 510]);
    expect(progress.isDone).toBe(true);
  });

  test('a new speed holds from that moment on, also for the event that is waited for', async () => {
    const controls = createReplayControls();
    const { times, until } = start([at(0), at(1000), at(2000), at(4000)], controls);
    await until(500);
    controls.speed = 10; // 500 ms of the recording are left until the second event
    await until(700);
    controls.speed = 0.5; // at 2500 of the recording
    await until(4000);
    expect(times).toEqual([0, 550, 650, 3700]);
  });

  test('speed 0 takes what is left as fast as it goes, and any other speed counts on from there', async () => {
    const controls = createReplayControls();
    const { times, until, asterisk } = start([at(0), at(1000), at(5000), at(5100)], controls);
    const slowDown = asterisk.channels.subscribe(() => {
      if (times.length === 3) controls.speed = 1;
    });
    await until(100);
    controls.speed = 0;
    await until(300);
    expect(times).toEqual([0, 100, 100, 200]);
    slowDown.unsubscribe();
  });

  test('paused while it runs at full speed publish no more', async () => {
    const controls = createReplayControls({ speed: 0 });
    const { times, until, asterisk } = start([at(0), at(1), at(2)], controls);
    asterisk.channels.subscribe(() => controls.pause());
    await until(10);
    expect(times).toEqual([0]);
    controls.play();
    await until(20);
    expect(times).toEqual([0, 10]);
  });

  test('late events are not published while it is paused', async () => {
    const controls = createReplayControls();
    const { times, until, asterisk } = start([at(0), at(10), at(5)], controls);
    asterisk.channels.subscribe(() => {
      if (times.length === 2) controls.pause();
    });
    await until(100);
    expect(times).toEqual([0, 10]);
  });

  test('tell their state, and each change once', () => {
    const controls = createReplayControls({ speed: 2 });
    const states: string[] = [];
    controls.state$.subscribe(({ speed, isPaused }) => states.push(`${speed} ${isPaused ? 'paused' : 'plays'}`));
    controls.play();
    controls.pause();
    controls.pause();
    controls.speed = 2;
    controls.speed = 100;
    controls.play();
    expect(states).toEqual(['2 plays', '2 paused', '100 paused', '100 plays']);
    expect([controls.speed, controls.isPaused]).toEqual([100, false]);
  });

  test('tell everybody the same changes in the same order, also those made by who is being told', async () => {
    const controls = createReplayControls();
    const seen: number[][] = [[], []];
    controls.state$.subscribe(({ speed }) => {
      seen[0]?.push(speed);
      if (speed > 10) controls.speed = 10;
    });
    const { times, until } = start([at(0), at(1000)], controls);
    controls.state$.subscribe(({ speed }) => seen[1]?.push(speed));
    await until(0);
    controls.speed = 500;

    expect(controls.speed).toBe(10);
    expect(seen).toEqual([
      [1, 500, 10],
      [1, 500, 10],
    ]);
    await until(200);
    expect(times).toEqual([0, 100]);
  });

  test('may stop a replay that is paused, by its signal', async () => {
    const { asterisk } = observedAsterisk();
    const stop = new AbortController();
    const controls = createReplayControls({ isPaused: true });
    const replaying = replay(asterisk, [at(0)], { controls, signal: stop.signal });
    await nextTurn();
    stop.abort(new Error('enough'));
    await expect(replaying).rejects.toThrow('enough');
  });

  test('are left without a listener when the replay is over', async () => {
    const { state$ } = createReplayControls({ speed: 0 });
    const { asterisk } = observedAsterisk();
    let began = 0;
    let ended = 0;
    const counted$ = defer(() => {
      began++;
      return state$.pipe(finalize(() => ended++));
    });
    await replay(asterisk, [at(0), at(1)], { controls: { state$: counted$ } as ReplayControls });
    expect(began).toBeGreaterThan(0);
    expect(ended).toBe(began);
  });
});

describe('the controls of a replay refuse, at the call,', () => {
  test.each([-1, NaN, Infinity, '2'])('a speed of %p', (speed) => {
    const expectation = 'expected speed to be a finite number of at least 0, got';
    expect(() => createReplayControls({ speed: speed as number })).toThrow(
      `[asterisk] createReplayControls(): ${expectation}`,
    );
    const controls = createReplayControls({ speed: 3 });
    expect(() => (controls.speed = speed as number)).toThrow(`[asterisk] ReplayControls.speed: ${expectation}`);
    expect(controls.speed).toBe(3);
  });

  test('to be given beside a speed, or to be something else', () => {
    const { asterisk } = observedAsterisk();
    const controls = createReplayControls();
    expect(() => replay(asterisk, [], { controls, speed: 1 })).toThrow(
      '[asterisk] replay(): expected either speed or controls, not both, got 1 (number). Set controls.speed.',
    );
    expect(() => replay(asterisk, [], { controls: {} as ReplayControls })).toThrow(
      'expected controls to be what createReplayControls() returns, got',
    );
  });
});
