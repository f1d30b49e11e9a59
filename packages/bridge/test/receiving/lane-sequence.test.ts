import type { Frame } from '../../src/protocol/frame.js';
import { LaneSequence, type Verdict } from '../../src/receiving/lane-sequence.js';

/** A frame of so many records. */
function frame(first: number, base: number, count = 1): Frame {
  const record = { kind: 0, type: 'note', number: 1, timestamp: 1, child: null, data: 1 } as const;
  const records = Array.from({ length: count }, () => record);
  return { eid: 'a', epoch: 'e1', incarnation: 'i1', first, base, hasSnapshots: false, records };
}

/** What is missed, and which records are taken. */
function inShort(verdict: Verdict): unknown {
  if (typeof verdict === 'string') return verdict;
  return verdict.map(({ missed, frame: taken, from }) =>
    taken === undefined ? `-${missed}` : `-${missed} +${taken.first + from}..${taken.first + taken.records.length - 1}`,
  );
}

describe('the place in a lane', () => {
  it('B5: what is ahead waits for what may still come, and is taken after it', () => {
    const sequence = new LaneSequence(true);
    expect(inShort(sequence.offer(frame(3, 1), true))).toBe('early');
    expect(inShort(sequence.offer(frame(2, 1), true))).toBe('early');
    expect(inShort(sequence.offer(frame(1, 1), true))).toEqual(['-0 +1..1', '-0 +2..2', '-0 +3..3']);
    expect(inShort(sequence.offer(frame(2, 1, 2), true))).toBe('duplicate');
    expect(inShort(sequence.offer(frame(3, 3, 3), true))).toEqual(['-0 +4..5']);
  });

  it('B5, B7: once what is missing will not come, it is missed, and what waited is taken', () => {
    const sequence = new LaneSequence(true);
    expect(inShort(sequence.offer(frame(5, 1, 2), true))).toBe('early');
    expect(inShort(sequence.offer(frame(7, 5), true))).toEqual(['-4 +5..6', '-0 +7..7']);
    expect(inShort(sequence.offer(frame(9, 8), true))).toBe('early');
    expect(inShort(sequence.skipTo(12))).toEqual(['-1 +9..9', '-2']);
    expect(sequence.isBehind(12, true)).toBe(false);
  });

  it('B10: what cannot follow is too far, and how far a bus says that it is moves nothing then', () => {
    const sequence = new LaneSequence(true);
    const far = 2 ** 32 + 2;
    expect([sequence.isTooFar(far - 1), sequence.isTooFar(far)]).toEqual([false, true]);
    sequence.tell(far, true);
    expect(sequence.isBehind(far, true)).toBe(false);
    expect(inShort(sequence.end())).toEqual([]);
    expect(new LaneSequence(false).isTooFar(9e15)).toBe(false);
  });

  it('B5: a bus that has heard nothing before begins with what the other one is not sure of', () => {
    const sequence = new LaneSequence(false);
    expect(inShort(sequence.offer(frame(8, 7), true))).toBe('early');
    expect(inShort(sequence.offer(frame(7, 7), true))).toEqual(['-0 +7..7', '-0 +8..8']);
  });

  it.each([
    ['that joins has not missed', false, 0],
    ['that is there has missed', true, 3],
  ])('B7: a bus %s what it cannot know to be its own', (_, isThere, missed) => {
    const sequence = new LaneSequence(false);
    expect(inShort(sequence.offer(frame(8, 5), isThere))).toBe('early');
    expect(inShort(sequence.offer(frame(9, 8), isThere))).toEqual([`-${missed} +8..8`, '-0 +9..9']);
  });

  it('B7: a bus that joins has missed what lies between two records that it got', () => {
    const sequence = new LaneSequence(false);
    expect(inShort(sequence.offer(frame(68, 2), false))).toBe('early');
    expect(inShort(sequence.offer(frame(2, 2, 33), false))).toEqual(['-0 +2..34']);
    expect(inShort(sequence.end())).toEqual(['-33 +68..68']);
  });

  it('B7: a beat alone skips nothing: what it tells of may be on its way', () => {
    const sequence = new LaneSequence(false);
    sequence.tell(5, true);
    expect([sequence.isBehind(5, true), sequence.isBehind(6, true)]).toEqual([false, true]);
    expect(inShort(sequence.offer(frame(3, 3), true))).toEqual(['-0 +3..3']);
    expect(inShort(sequence.offer(frame(6, 6), true))).toEqual(['-2 +6..6']);
  });

  it('B7: what was told in time counts, and what was told before this bus was there does not', () => {
    const sequence = new LaneSequence(false);
    sequence.tell(5, false);
    sequence.tell(9, false);
    sequence.tell(20, true);
    expect(inShort(sequence.offer(frame(30, 30), true))).toEqual(['-21 +30..30']);
  });

  it('B10: keeps 128 frames that are ahead, those that come first', () => {
    const sequence = new LaneSequence(true);
    for (let first = 200; first > 1; first--) sequence.offer(frame(first, 1), true);
    const turns = sequence.offer(frame(1, 1), true);
    expect(inShort(turns)).toEqual(Array.from({ length: 129 }, (_, index) => `-0 +${index + 1}..${index + 1}`));
  });
});
