import { VirtualTimeScheduler } from 'rxjs';
import { AriIntake, type AriIntakeOptions } from '../../src/ari/ari-intake.js';
import type { AriLink } from '../../src/ari/ari-socket.js';
import { nextTurn } from '../support/virtual-time.js';

/** Something to wait for. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

function fakeLink(canPause: boolean) {
  const calls: string[] = [];
  const link: AriLink & { isPaused: boolean } = {
    signs: 0,
    lastHeardAt: 0,
    hear: () => undefined,
    ping: undefined,
    canPause,
    isPaused: false,
    pause: () => {
      if (!link.isPaused) calls.push('pause');
      link.isPaused = true;
    },
    resume: () => {
      if (link.isPaused) calls.push('resume');
      link.isPaused = false;
    },
  };
  return { link, calls };
}

function intakeOf(options: Partial<AriIntakeOptions> = {}) {
  const published: unknown[] = [];
  const log: string[] = [];
  const intake = new AriIntake({
    publish: (event) => {
      published.push(event);
      return undefined;
    },
    maxWaiting: 3,
    scheduler: new VirtualTimeScheduler(),
    onDropped: () => log.push('dropped'),
    onCaughtUp: () => log.push('caught up'),
    onError: (error) => log.push(String(error)),
    ...options,
  });
  return { intake, published, log };
}

describe('the intake of events', () => {
  test('publishes at once while nothing is in the way', () => {
    const { intake, published } = intakeOf();
    intake.take(1);
    intake.take(2);
    expect(published).toEqual([1, 2]);
  });

  test('A5: lets events wait for room, in order', async () => {
    const gates = [gate(), gate()];
    const published: unknown[] = [];
    const { intake } = intakeOf({
      publish: (event) => {
        published.push(event);
        return gates[published.length - 1]?.opened;
      },
    });
    for (const event of [1, 2, 3]) intake.take(event);
    expect(published).toEqual([1]);
    expect([...intake.waiting()]).toEqual([2, 3]);
    gates[0]?.open();
    await nextTurn();
    expect(published).toEqual([1, 2]);
    gates[1]?.open();
    await nextTurn();
    expect(published).toEqual([1, 2, 3]);
  });

  test('A3: does a job after what came before and before what comes after', async () => {
    const { opened, open } = gate();
    const { intake, published } = intakeOf();
    intake.take(1);
    intake.run(async () => {
      published.push('job');
      await opened;
      published.push('done');
    });
    intake.take(2);
    expect(published).toEqual([1, 'job']);
    open();
    await nextTurn();
    expect(published).toEqual([1, 'job', 'done', 2]);
  });

  test('takes what is published, and comes back, from inside a publish in its turn', () => {
    const published: unknown[] = [];
    const { intake } = intakeOf({
      publish: (event) => {
        published.push(event);
        if (event === 1) intake.take(2);
        published.push('end');
        return undefined;
      },
    });
    intake.take(1);
    expect(published).toEqual([1, 'end', 2, 'end']);
  });

  test('A5: pauses a connection that can be, at the bound, and loses nothing', async () => {
    const { opened, open } = gate();
    const { intake, published, log } = intakeOf();
    const { link, calls } = fakeLink(true);
    intake.follow(link);
    intake.run(() => opened);
    for (let event = 1; event <= 3; event++) intake.take(event);
    expect(calls).toEqual([]);
    // What was read already still comes.
    for (let event = 4; event <= 6; event++) intake.take(event);
    expect(calls).toEqual(['pause']);
    open();
    await nextTurn();
    expect(calls).toEqual(['pause', 'resume']);
    expect([published, log]).toEqual([[1, 2, 3, 4, 5, 6], []]);
  });

  test.each([
    ['cannot be paused', fakeLink(false).link],
    ['is gone', undefined],
  ])('A5: drops the events of a connection that %s, at the bound, until it has caught up', async (_, link) => {
    const { opened, open } = gate();
    const { intake, published, log } = intakeOf();
    intake.follow(link);
    intake.run(() => opened);
    for (let event = 1; event <= 6; event++) intake.take(event);
    expect(log).toEqual(['dropped']);
    open();
    await nextTurn();
    expect([published, log]).toEqual([
      [1, 2, 3],
      ['dropped', 'caught up'],
    ]);
    intake.take(7);
    expect(published).toEqual([1, 2, 3, 7]);
  });

  test('A5: what is dropped while a job is done is dropped anew, since the job makes up for what was before it', async () => {
    const gates = [gate(), gate()];
    const { intake, published, log } = intakeOf();
    intake.run(() => gates[0]!.opened);
    intake.run(() => gates[1]!.opened);
    for (let event = 1; event <= 3; event++) intake.take(event);
    expect(log).toEqual(['dropped']);
    gates[0]!.open();
    await nextTurn();
    for (let event = 4; event <= 6; event++) intake.take(event);
    expect(log).toEqual(['dropped', 'dropped']);
    gates[1]!.open();
    await nextTurn();
    expect(published).toEqual([1, 2, 4]);
    expect(log).toEqual(['dropped', 'dropped', 'caught up']);
  });

  test('A5: what came before the loss of its connection is published, too', async () => {
    const { opened, open } = gate();
    const { intake, published } = intakeOf();
    intake.run(() => opened);
    intake.take(1);
    intake.follow(undefined);
    open();
    await nextTurn();
    expect(published).toEqual([1]);
  });

  test('gives way to timers and I/O when much waits', async () => {
    let now = 0;
    const scheduler = new VirtualTimeScheduler();
    scheduler.now = () => now;
    const { opened, open } = gate();
    const published: unknown[] = [];
    const { intake } = intakeOf({
      maxWaiting: 1000,
      scheduler,
      publish: (event) => {
        published.push(event);
        now += 3;
        return undefined;
      },
    });
    intake.run(() => opened);
    for (let event = 1; event <= 10; event++) intake.take(event);
    open();
    await nextTurn();
    expect(published).toHaveLength(3);
    scheduler.flush();
    await nextTurn();
    expect(published).toHaveLength(6);
  });

  test('at the end publishes at once what waits, without jobs, and takes nothing any more', async () => {
    const { opened, open } = gate();
    const { intake, published, log } = intakeOf();
    intake.run(() => opened);
    intake.take(1);
    intake.run(() => Promise.reject(new Error('too late')));
    intake.take(2);
    intake.finish();
    intake.finish();
    intake.take(3);
    intake.run(() => Promise.reject(new Error('too late')));
    expect(published).toEqual([1, 2]);
    open();
    await nextTurn();
    expect([published, log]).toEqual([[1, 2], []]);
  });

  test.each(['throws', 'rejects'])('stops with the error of a publish that %s', async (how) => {
    let count = 0;
    const { intake, log } = intakeOf({
      publish: () => {
        count++;
        if (how === 'throws') throw new Error('no');
        return Promise.reject(new Error('no'));
      },
    });
    intake.take(1);
    intake.take(2);
    await nextTurn();
    expect([count, log]).toEqual([1, ['Error: no']]);
  });

  test('keeps the order of 200,000 that wait', async () => {
    const { opened, open } = gate();
    const { intake, published } = intakeOf({ maxWaiting: 200_000 });
    intake.run(() => opened);
    for (let event = 0; event < 200_000; event++) intake.take(event);
    open();
    await nextTurn();
    expect(published).toHaveLength(200_000);
    expect(published.every((event, index) => event === index)).toBe(true);
  });
});
