import { SnapshotFetch } from '../../src/receiving/snapshot-fetch.js';
import type { LaneRecord } from '../../src/protocol/record.js';
import { ManualClock, quiet } from '../support/manual-clock.js';

function part(index: number, parts: number) {
  const record = { kind: 3, type: `${index}`, number: 1, timestamp: 1, child: null, data: 1 } as LaneRecord;
  const about = { eid: 'a', epoch: 'e', peer: 'b', lane: 'calls', set: 7 };
  return { kind: 'part', ...about, index, parts, records: [record] } as const;
}

function started() {
  const [clock, pulled, taken]: [ManualClock, number[], string[]] = [new ManualClock(), [], []];
  const fetch = new SnapshotFetch(7, { clock, patienceMs: 1000, pull: (from) => pulled.push(from) });
  const take = async (): Promise<void> => {
    for (let records = await fetch.next(); records !== undefined; records = await fetch.next()) {
      taken.push(...records.map(({ type }) => type));
    }
    taken.push(fetch.isComplete ? 'complete' : 'given up');
  };
  void take();
  return { clock, fetch, pulled, taken };
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

describe('fetching snapshots', () => {
  it('B8: takes the parts in their order, whatever order they come in, and asks for more when those have been taken', async () => {
    const { fetch, pulled, taken } = started();
    await quiet();
    for (let index = 15; index >= 0; index--) fetch.heard(part(index, 20));
    fetch.heard(part(16, 20)); // Nobody has asked for it.
    await quiet();
    expect(taken).toEqual(names(16));
    expect(pulled).toEqual([0, 16]);
    for (let index = 16; index < 20; index++) fetch.heard(part(index, 20));
    await quiet();
    expect(taken).toEqual([...names(20), 'complete']);
  });

  it('B8: asks again for what does not come, from the first that is missing', async () => {
    const { clock, fetch, pulled, taken } = started();
    await quiet();
    for (const index of [0, 1, 3]) fetch.heard(part(index, 4));
    await clock.advance(1000);
    expect(pulled).toEqual([0, 2]);
    for (const index of [2, 3, 3]) fetch.heard(part(index, 4));
    await quiet();
    expect(taken).toEqual([...names(4), 'complete']);
  });

  it('B8: gives up after three times, or when the other has nothing any more, or is gone', async () => {
    const silent = started();
    await silent.clock.advance(10_000);
    expect([silent.pulled, silent.taken]).toEqual([[0, 0, 0], ['given up']]);
    const forgotten = started();
    await quiet();
    forgotten.fetch.heard({ ...part(0, 0), records: [] });
    const lost = started();
    await quiet();
    lost.fetch.heard(part(0, 2));
    await quiet();
    lost.fetch.stop();
    await quiet();
    expect([forgotten.taken, lost.taken]).toEqual([['given up'], ['0', 'given up']]);
  });
});
