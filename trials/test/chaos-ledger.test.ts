import { Ledger, type Numbered } from '../chaos/ledger.js';

function ledgerOf(): {
  ledger: Ledger;
  violations: string[];
  take: (n: number, place?: number, life?: number) => void;
} {
  const violations: string[] = [];
  const ledger = new Ledger((text) => violations.push(text));
  const take = (n: number, place = n, life = 1): void => {
    const numbered: Numbered = { life, lane: 'calls', n, place };
    ledger.take('berlin', numbered);
  };
  return { ledger, violations, take };
}

const hole = (missed: number) => ({ eid: 'berlin', lane: 'calls', missed });

describe("the ledger of the chaos trial's nodes", () => {
  it('finds nothing wrong with one number after the other, in each life', () => {
    const { ledger, violations, take } = ledgerOf();
    for (const n of [1, 2, 3]) take(n);
    for (const n of [1, 2]) take(n, n, 2);

    expect(violations).toEqual([]);
    expect(ledger.received.map(({ life, first, last, count }) => [life, first, last, count])).toEqual([
      [1, 1, 3, 3],
      [2, 1, 2, 2],
    ]);
  });

  it.each([
    ['twice', [1, 2, 2]],
    ['out of order', [1, 3, 2]],
    ['lost', [1, 3]],
  ])('finds what came %s', (what, numbers) => {
    const { violations, take } = ledgerOf();
    for (const n of numbers) take(n);

    expect(violations.join()).toContain(what);
  });

  it('takes what is told to be gone, when it is as much as is missing', () => {
    const { ledger, violations, take } = ledgerOf();
    take(1);
    ledger.miss(hole(2));
    ledger.miss(hole(1));
    take(5);
    take(6);

    expect(violations).toEqual([]);
    expect(ledger.received[0]).toMatchObject({ last: 6, count: 3, told: 0 });
  });

  it('takes snapshots and marks that were told to be gone with them', () => {
    const { ledger, violations, take } = ledgerOf();
    take(1, 4);
    ledger.miss(hole(5));
    take(3, 10);

    expect(violations).toEqual([]);
  });

  it('finds what was told too little', () => {
    const { ledger, violations, take } = ledgerOf();
    take(1);
    ledger.miss(hole(1));
    take(4);

    expect(violations).toEqual(['lost: berlin life 1 lane calls: 4 after 1, told of 1']);
  });

  it('finds what was told too much, or where nothing was missing', () => {
    const { ledger, violations, take } = ledgerOf();
    take(1, 1);
    ledger.miss(hole(4));
    take(3, 5);
    ledger.miss(hole(1));
    take(4, 6);

    expect(violations).toEqual([
      'told of 4 where there were 3: berlin life 1 lane calls: 3 after 1',
      'told of 1 where there were 0: berlin life 1 lane calls: 4 after 3',
    ]);
  });

  it('keeps what was told before the first message, and after the last one', () => {
    const { ledger, take } = ledgerOf();
    ledger.miss(hole(1));
    ledger.miss(hole(1));
    expect(ledger.received).toMatchObject([{ life: 0, last: 0, count: 0, told: 2 }]);

    take(3);
    ledger.miss(hole(7));

    expect(ledger.received).toMatchObject([{ first: 3, toldBefore: 2, last: 3, told: 7 }]);
  });
});
