import { subscribe } from '@stasis-rx/core';
import { asyncScheduler, config, VirtualTimeScheduler, type SchedulerLike } from 'rxjs';
import {
  ChannelVarset,
  replay,
  type AsteriskTopics,
  type RecordedEvent,
  type ReplayProgress,
} from '../../src/index.js';
import { observedAsterisk } from '../support/asterisk.js';
import { ariEvent, created, destroyed, varset } from '../support/events.js';
import { inVirtualTime, nextTurn } from '../support/virtual-time.js';

const at = (ms: number, event: unknown = varset()): RecordedEvent => ({ at: 1_795_372_726_000 + ms, event });

/** An async source that notes when it was closed. */
function source(...recorded: RecordedEvent[]) {
  const state = { isClosed: false };
  async function* generate() {
    try {
      for (const one of recorded) yield Promise.resolve(one);
    } finally {
      state.isClosed = true;
    }
  }
  return Object.assign(generate(), { state });
}

/** Replays in virtual time. @returns when each event was published, in ms since the start */
async function timesOf(recorded: Iterable<RecordedEvent>, speed?: number): Promise<number[]> {
  const scheduler = new VirtualTimeScheduler();
  const { asterisk } = observedAsterisk();
  const times: number[] = [];
  asterisk.channels.subscribe(() => times.push(scheduler.now()));
  await inVirtualTime(scheduler, replay(asterisk, recorded, { speed, scheduler }));
  return times;
}

describe('replay', () => {
  const recorded = [at(0), at(1500), at(1500), at(9600)];

  test.each([
    [undefined, [0, 1500, 1500, 9600]],
    [1, [0, 1500, 1500, 9600]],
    [2, [0, 750, 750, 4800]],
    [10, [0, 150, 150, 960]],
    [0.5, [0, 3000, 3000, 19200]],
    [0, [0, 0, 0, 0]],
  ])('at speed %p publishes in the time of the recording, by that factor', async (speed, expected) => {
    expect(await timesOf(recorded, speed)).toEqual(expected);
  });

  test('waits for longer than a timer can', async () => {
    const fiftyDays = 50 * 24 * 3600 * 1000;
    expect(await timesOf([at(0), at(fiftyDays)])).toEqual([0, fiftyDays]);
  });

  test('publishes what went back in time at once', async () => {
    expect(await timesOf([at(1000), at(0), at(2000)])).toEqual([0, 0, 1000]);
  });

  test('takes an async source as well as a plain one, and tells how far it came', async () => {
    const { asterisk, log } = observedAsterisk();
    const scheduler = new VirtualTimeScheduler();
    const done = await inVirtualTime(scheduler, replay(asterisk, source(at(0), at(700)), { scheduler }));
    expect(done).toEqual({ published: 2, skipped: 0, recordedMs: 700 });
    expect(log).toHaveLength(2);
  });

  test('of nothing is done at once', async () => {
    const { asterisk } = observedAsterisk();
    expect(await replay(asterisk, [])).toEqual({ published: 0, skipped: 0, recordedMs: 0 });
  });

  test('tells after each event how far it has come', async () => {
    const { asterisk } = observedAsterisk();
    const progress: ReplayProgress[] = [];
    await replay(asterisk, [at(0), at(5, { type: 'Huh' }), at(7)], {
      speed: 0,
      onProgress: (one) => progress.push(one),
    });
    expect(progress).toEqual([
      { published: 1, skipped: 0, recordedMs: 0 },
      { published: 1, skipped: 1, recordedMs: 5 },
      { published: 2, skipped: 1, recordedMs: 7 },
    ]);
  });

  test('goes on after events that are unknown or broken, and hands each to onError', async () => {
    const { asterisk, log } = observedAsterisk();
    const errors: [string, RecordedEvent][] = [];
    const broken = [at(1, { type: 'SomethingNew' }), at(2, null), at(3, ariEvent('ChannelCreated'))];
    const done = await replay(asterisk, [at(0), ...broken, at(4)], {
      speed: 0,
      onError: (error, one) => errors.push([error.code, one]),
    });
    expect(done).toMatchObject({ published: 2, skipped: 3 });
    expect(log.map((line) => line.replace('channel:all: ', ''))).toEqual([
      'ast_channel_varset_type',
      'ari_unknown',
      'ast_channel_varset_type',
    ]);
    expect(errors).toEqual([
      ['UNKNOWN_ARI_EVENT', broken[0]],
      ['BROKEN_ARI_EVENT', broken[1]],
      ['BROKEN_ARI_EVENT', broken[2]],
    ]);
  });

  test('contains hooks that throw or reject: RxJS reports them as unhandled', async () => {
    const { asterisk } = observedAsterisk();
    const reported: unknown[] = [];
    config.onUnhandledError = (error) => reported.push(error);
    const done = await replay(asterisk, [at(0), at(1, { type: 'Huh' })], {
      speed: 0,
      onError: () => Promise.reject(new Error('rejected')),
      onProgress: ({ skipped }) => {
        if (skipped === 0) throw new Error('thrown');
      },
    });
    while (reported.length < 2) await nextTurn();
    config.onUnhandledError = null;
    expect(done).toMatchObject({ published: 1, skipped: 1 });
    expect(reported).toEqual([new Error('thrown'), new Error('rejected')]);
  });

  /** Replays into a subscription of channels whose mailbox is drained by hand. */
  function replayByHand(recorded: RecordedEvent[], accept?: readonly [typeof ChannelVarset]) {
    const drains: (() => void)[] = [];
    const { asterisk } = observedAsterisk({ dispatcher: (drain) => drains.push(drain), highWater: 10, lowWater: 5 });
    const subscription = subscribe(asterisk.channels, () => undefined, accept && { accept });
    const replaying = watched(replay(asterisk, recorded, { speed: 0 }));
    const drain = () => {
      for (const one of drains.splice(0)) one();
    };
    return { subscription, replaying, drain };
  }

  test('waits while a mailbox stands above high water', async () => {
    const { subscription, replaying, drain } = replayByHand(
      Array.from({ length: 100 }, (_, n) => at(n)),
      [ChannelVarset],
    );
    for (let n = 0; n < 20; n++) await nextTurn();
    expect(replaying.isSettled()).toBe(false);
    expect(subscription.depth).toBeLessThan(15);

    while (!replaying.isSettled()) {
      drain();
      await nextTurn();
    }
  });

  test('waits for the mailboxes of all channels also when the channel that filled them has ended', async () => {
    const lives = Array.from({ length: 50 }, (_, n) => [at(n, created(`1.${n}`)), at(n, destroyed(`1.${n}`))]).flat();
    const { subscription, replaying, drain } = replayByHand(lives);
    for (let n = 0; n < 20; n++) await nextTurn();
    expect(replaying.isSettled()).toBe(false);
    expect(subscription.depth).toBeLessThan(30);

    while (!replaying.isSettled()) {
      drain();
      await nextTurn();
    }
  });

  test('waits for subscriptions to cache updates that are behind', async () => {
    const drains: (() => void)[] = [];
    const { asterisk } = observedAsterisk({ dispatcher: (drain) => drains.push(drain), highWater: 10, lowWater: 5 });
    const subscription = subscribe(asterisk.channelsCached, () => undefined);
    const recorded = Array.from({ length: 100 }, (_, n) => at(n, created(`1.${n}`)));
    const scheduler = new VirtualTimeScheduler();
    const replaying = watched(replay(asterisk, recorded, { scheduler }));
    const turn = async () => {
      await nextTurn();
      scheduler.flush();
    };
    for (let n = 0; n < 200; n++) await turn();
    expect(replaying.isSettled()).toBe(false);
    expect(subscription.depth).toBeLessThan(15);

    while (!replaying.isSettled()) {
      for (const drain of drains.splice(0)) drain();
      await turn();
    }
    expect(asterisk.channelCache.size).toBe(100);
  });

  test('gives way to timers and I/O at full speed', async () => {
    const { asterisk } = observedAsterisk();
    let now = 0;
    const slowMachine: SchedulerLike = { now: () => now++, schedule: asyncScheduler.schedule.bind(asyncScheduler) };
    let turns = 0;
    const replaying = watched(
      replay(
        asterisk,
        Array.from({ length: 100 }, () => at(0)),
        { speed: 0, scheduler: slowMachine },
      ),
    );
    while (!replaying.isSettled()) {
      turns++;
      await nextTurn();
    }
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a replay that is stopped', () => {
  test('by a signal while it waits rejects with the reason, leaves no timer, and closes the source', async () => {
    const { asterisk, log } = observedAsterisk();
    const scheduler = new VirtualTimeScheduler();
    const stop = new AbortController();
    const events = source(at(0), at(60_000));
    const replaying = replay(asterisk, events, { signal: stop.signal, scheduler });
    for (let n = 0; n < 10; n++) await nextTurn();
    expect(log).toHaveLength(1);

    stop.abort(new Error('enough'));
    await expect(replaying).rejects.toThrow('enough');
    await nextTurn();
    expect(events.state.isClosed).toBe(true);
    expect(scheduler.actions).toHaveLength(0);
  });

  test('by a signal while the source hangs rejects all the same', async () => {
    const { asterisk } = observedAsterisk();
    const stop = new AbortController();
    const hanging = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
    const replaying = replay(asterisk, hanging, { signal: stop.signal });
    await nextTurn();
    stop.abort(new Error('enough'));
    await expect(replaying).rejects.toThrow('enough');
  });

  test('by a signal while a mailbox is full rejects all the same', async () => {
    const { asterisk } = observedAsterisk({ dispatcher: () => undefined, highWater: 1, lowWater: 0 });
    subscribe(asterisk.channels, () => undefined);
    const stop = new AbortController();
    const replaying = replay(asterisk, [at(0), at(1), at(2), at(3)], { speed: 0, signal: stop.signal });
    await nextTurn();
    stop.abort(new Error('enough'));
    await expect(replaying).rejects.toThrow('enough');
  });

  test('by a signal that had aborted before publishes nothing', async () => {
    const { asterisk, log } = observedAsterisk();
    await expect(replay(asterisk, [at(0)], { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    );
    expect(log).toEqual([]);
  });

  test('by its source rejects with what the source failed with', async () => {
    const { asterisk, log } = observedAsterisk();
    async function* failing() {
      yield Promise.resolve(at(0));
      throw new Error('disk on fire');
    }
    await expect(replay(asterisk, failing(), { speed: 0 })).rejects.toThrow('disk on fire');
    expect(log).toHaveLength(1);
  });

  test('by a source that yields something else says so, and closes it', async () => {
    const { asterisk } = observedAsterisk();
    const events = source({ event: created() } as unknown as RecordedEvent);
    await expect(replay(asterisk, events)).rejects.toThrow(
      '[asterisk] replay(): expected source to yield { at: milliseconds, event: … }, got Object (object).',
    );
    await nextTurn();
    expect(events.state.isClosed).toBe(true);
  });

  test('by the end of the bus rejects, rather than skipping all the rest', async () => {
    const { asterisk, bus } = observedAsterisk();
    await bus.close();
    await expect(replay(asterisk, [at(0, created())], { speed: 0 })).rejects.toMatchObject({ code: 'BUS_CLOSED' });
  });

  test('leaves no listener on its signal, however it ends', async () => {
    const { asterisk } = observedAsterisk();
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');
    await replay(asterisk, [at(0), at(1), at(2)], { speed: 0, signal });
    expect(added).toHaveBeenCalled();
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  });
});

describe('replay refuses, at the call,', () => {
  test.each([-1, NaN, Infinity, '2'])('a speed of %p', (speed) => {
    const { asterisk } = observedAsterisk();
    expect(() => replay(asterisk, [], { speed: speed as number })).toThrow(
      '[asterisk] replay(): expected speed to be a finite number of at least 0, got',
    );
  });

  test.each([undefined, null, 5, {}])('a source of %p', (events) => {
    const { asterisk } = observedAsterisk();
    expect(() => replay(asterisk, events as RecordedEvent[])).toThrow(
      'expected source to be iterable, or async iterable, got',
    );
  });

  test('what is not the topics of an Asterisk', () => {
    expect(() => replay(null as unknown as AsteriskTopics, [])).toThrow(
      'expected asterisk to be what createAsteriskTopics() returns',
    );
  });
});

/** A promise that one can ask whether it has settled. */
function watched(promise: Promise<unknown>): { isSettled(): boolean } {
  let isSettled = false;
  const settle = () => (isSettled = true);
  promise.then(settle, settle);
  return { isSettled: () => isSettled };
}
