import { joined, markOf, type Batch } from '../../src/protocol/batch.js';
import { RecordKind } from '../../src/protocol/record.js';
import { inParts, SnapshotSets } from '../../src/sending/snapshot-sets.js';
import { ManualClock } from '../support/manual-clock.js';

const record = (data: string): Batch => markOf(RecordKind.snapshot, null, data);
const [a, b, c, d] = [record('a'), record('b'), record('c'), record('d')];

const GONE = [{ lane: 'calls', set: 5, index: 0, parts: 0, records: joined([]) }];

function kept() {
  const clock = new ManualClock();
  const sets = new SnapshotSets('calls', clock);
  sets.keep(5, [joined([a, b]), c, d]);
  return { clock, sets };
}

describe('sets of snapshots', () => {
  it('B8: give some parts from one on', () => {
    const { sets } = kept();
    expect(sets.parts(5, 1, 16)).toEqual([
      { lane: 'calls', set: 5, index: 1, parts: 3, records: c },
      { lane: 'calls', set: 5, index: 2, parts: 3, records: d },
    ]);
    expect(sets.parts(5, 0, 1).map(({ records }) => records)).toEqual([joined([a, b])]);
    expect(sets.parts(5, 3, 16)).toEqual([]);
  });

  it('B8: of nothing are one part without records', () => {
    const { sets } = kept();
    sets.keep(6, []);
    expect(sets.parts(6, 0, 16)).toEqual([{ lane: 'calls', set: 6, index: 0, parts: 1, records: joined([]) }]);
  });

  it('B8: are kept for ten seconds after the last pull, and no more than four', async () => {
    const { clock, sets } = kept();
    await clock.advance(9000);
    sets.parts(5, 0, 1);
    await clock.advance(9000);
    expect(sets.parts(5, 0, 1)).not.toEqual(GONE);
    await clock.advance(10_000);
    expect(sets.parts(5, 0, 1)).toEqual(GONE);
    for (const set of [5, 6, 7, 8]) sets.keep(set, [a]);
    sets.parts(5, 0, 1);
    sets.keep(9, [a]);
    expect(sets.parts(6, 0, 1)).toMatchObject([{ parts: 0 }]); // it was the one that nobody had pulled of for longest
    for (const set of [10, 11, 12]) sets.keep(set, [a]);
    expect(sets.parts(5, 0, 1)).toEqual(GONE);
    expect(sets.parts(9, 0, 1)).not.toEqual(GONE);
    sets.end();
    expect(sets.parts(9, 0, 1)).toMatchObject([{ parts: 0 }]);
  });

  it('B8: are put together up to a size', () => {
    const sized = (text: string) => ({ ...record(text), bytes: text.length });
    const parts = inParts(['aa', 'bb', 'c', 'dddddddddd', 'e'].map(sized), 6);
    expect(parts.map(({ data }) => data)).toEqual(['aa,bb', 'c', 'dddddddddd', 'e']);
    expect(inParts([], 6)).toEqual([]);
  });
});
