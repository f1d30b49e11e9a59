import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { join, Note, upTo, type Member } from './support/member.js';
import { startWorker } from './support/start-worker.js';

/** Tells workers how many notes to publish; 0 tells them to leave. */
function tell({ bus }: Member, eid: string, count: number): void {
  bus.topic('calls').publish(Note({ id: eid, n: count }));
}

describe('buses of worker threads', () => {
  const workers: Worker[] = [];

  const start = (eid: string, state?: number): Worker => {
    const worker = startWorker(eid, state);
    workers.push(worker);
    return worker;
  };

  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

  it('B1, B4, B5: a bus has what the bus of a worker publishes, once and in order', async () => {
    const main = join('main', start('worker'));
    await main.until(() => main.link.peers().includes('worker'));
    tell(main, 'worker', 3000);
    await main.until(() => main.numbers('worker').length >= 3000);
    expect(main.numbers('worker')).toEqual(upTo(3000));
    expect(main.numbers('local')).toEqual([3000]);
    await main.bus.close();
  });

  it('B3: a bus with two workers has what both publish, and tells neither of the other', async () => {
    const main = join('main', [start('one'), start('other')]);
    await main.until(() => main.events.filter(({ type }) => type === 'peer-joined').length === 2);
    tell(main, 'one', 500);
    tell(main, 'other', 400);
    await main.until(() => main.numbers('one').length >= 500 && main.numbers('other').length >= 400);
    expect(main.numbers('one')).toEqual(upTo(500));
    expect(main.numbers('other')).toEqual(upTo(400));
    // A note that a worker has from elsewhere would come back as one of its own, or through it as one of the other's.
    expect(main.numbers('local')).toEqual([500, 400]);
    await main.bus.close();
  });

  it('B8: each has the snapshots that the other had before, also of a worker that takes its time to start', async () => {
    const main = join('main', start('worker', 7), { state: 1 });
    await main.until(() => main.state('worker') === 7);
    tell(main, 'worker', 8);
    await main.until(() => main.numbers('worker').length >= 8);
    expect(main.state('local')).toBe(1);
    expect(main.numbers('worker')).toEqual(upTo(8));
    await main.bus.close();
  });

  it('B9, B13: a worker that is terminated has left, its entries with it, and the bridge ends', async () => {
    const worker = start('worker', 7);
    const main = join('main', worker);
    await main.until(() => main.state('worker') === 7);
    await worker.terminate();
    await main.until(() => main.events.at(-1)?.type === 'closed');
    expect(main.events.filter(({ type }) => type === 'peer-left' || type === 'error')).toMatchObject([
      { type: 'peer-left', peer: 'worker', reason: 'left' },
      { type: 'error', error: { code: 'CONNECTION_CLOSED' } },
    ]);
    expect(main.state('worker')).toBeUndefined();
    expect(main.link.peers()).toEqual([]);
    tell(main, 'worker', 1);
    await main.link.close();
    await main.bus.close();
  });

  it('B13: a worker whose bridge is closed says farewell, and ends by itself', async () => {
    const worker = start('worker', 7);
    const exit = once(worker, 'exit');
    const main = join('main', worker);
    await main.until(() => main.state('worker') === 7);
    tell(main, 'worker', 0);
    await main.until(() => main.state('worker') === undefined);
    expect(await exit).toEqual([0]);
    await main.bus.close();
  });
});
