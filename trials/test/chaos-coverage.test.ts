import { uncovered, type Party } from '../chaos/coverage.js';
import type { Received } from '../chaos/protocol.js';

const sender: Party = {
  eid: 'berlin',
  life: 1,
  isAlive: true,
  progress: [{ lane: 'calls', published: 10, confirmed: 8, place: 12 }],
};
const receiver: Party = { eid: 'paris', life: 1, isAlive: true, progress: [] };
const all: Received = {
  eid: 'berlin',
  life: 1,
  lane: 'calls',
  first: 1,
  toldBefore: 0,
  last: 10,
  place: 12,
  count: 10,
  told: 0,
};

function faults(got: Partial<Received> | undefined, of: Partial<Party> = {}, by: Partial<Party> = {}): string[] {
  const received = got === undefined ? [] : [{ ...all, ...got }];
  return uncovered({ ...receiver, ...by }, { received }, { ...sender, ...of });
}

describe('what a receiver of the chaos trial lacks', () => {
  it('is nothing when it has everything, or is the sender', () => {
    expect(faults({})).toEqual([]);
    expect(faults(undefined, { eid: 'paris' })).toEqual([]);
  });

  it('is what has not come and was not told of', () => {
    expect(faults({ last: 9, place: 11 })).toEqual([
      'paris life 1 of berlin life 1, lane calls: lost: 9 of 10, told of 0',
    ]);
    expect(faults({ last: 7, place: 9, told: 2 })).toHaveLength(1);
    expect(faults(undefined)).toHaveLength(1);
  });

  it('is nothing when it was told of the rest', () => {
    expect(faults({ last: 7, place: 9, told: 3 })).toEqual([]);
  });

  it('is nothing when nothing has come, and it was told of all', () => {
    const none = { life: 0, last: 0, place: 0, count: 0 };
    expect(faults({ ...none, told: 10 })).toEqual([]);
    expect(faults({ ...none, told: 9 })).toHaveLength(1);
    expect(faults({ ...none, told: 13 })).toHaveLength(1);
  });

  it('is told wrongly of more than there was', () => {
    expect(faults({ last: 7, place: 9, told: 4 })).toEqual([
      'paris life 1 of berlin life 1, lane calls: told of 4 where there were 3',
    ]);
  });

  it('is what came before the first message, if it was there from the beginning', () => {
    expect(faults({ first: 3 })).toHaveLength(1);
    expect(faults({ first: 3, toldBefore: 2 })).toEqual([]);
    expect(faults({ first: 3 }, {}, { life: 2 })).toEqual([]);
  });

  it('of one that was killed is what had been confirmed by then', () => {
    expect(faults({ last: 8 }, { isAlive: false })).toEqual([]);
    expect(faults({ last: 7 }, { isAlive: false })).toHaveLength(1);
    expect(faults(undefined, { isAlive: false }, { life: 2 })).toEqual([]);
  });
});
