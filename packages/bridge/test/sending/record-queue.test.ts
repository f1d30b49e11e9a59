import { markRecord, RecordKind } from '../../src/protocol/record.js';
import { RecordQueue } from '../../src/sending/record-queue.js';

const record = (number: number, isBounded = true) => ({
  number,
  record: { ...markRecord(RecordKind.begin), bytes: 10 },
  isBounded,
});
const numbers = (records: readonly { readonly number: number }[]) => records.map(({ number }) => number);

function queueOf(...records: ReturnType<typeof record>[]): RecordQueue {
  const queue = new RecordQueue();
  for (const each of records) queue.push(each);
  return queue;
}

/** How many elements of arrays are moved or copied meanwhile. */
function movedBy(work: () => void): number {
  let moved = 0;
  const methods = (['splice', 'slice', 'shift'] as const).map((name) => {
    const original = Array.prototype[name] as (...args: unknown[]) => unknown;
    return jest.spyOn(Array.prototype as unknown as Record<string, () => unknown>, name).mockImplementation(function (
      this: unknown[],
      ...args: unknown[]
    ) {
      moved += this.length - Number(args[0] ?? 0);
      return original.apply(this, args);
    });
  });
  try {
    work();
  } finally {
    for (const method of methods) method.mockRestore();
  }
  return moved;
}

describe('the queue of a lane', () => {
  it('B6: gives up the oldest message that is not in flight, and no snapshot or mark', () => {
    const queue = queueOf(record(1), record(2, false), record(3), record(4));
    queue.send(1, 1000);
    expect(queue.dropOldest()?.number).toBe(3);
    expect(queue.dropOldest()?.number).toBe(4);
    expect(queue.dropOldest()).toBeUndefined();
    expect([queue.inFlight, queue.length, queue.first?.number, queue.next?.number]).toEqual([1, 2, 1, 2]);
    queue.goBack();
    expect(numbers(queue.send(9, 1000))).toEqual([1, 2]);
    expect(queueOf(record(1), record(2)).dropOldest()?.number).toBe(1);
  });

  it('B4: a frame holds records without a gap, and at least one however large it is', () => {
    const queue = queueOf(record(1), record(2), record(4), record(5), record(6, false));
    expect(numbers(queue.send(100, 1000))).toEqual([1, 2]);
    expect(numbers(queue.confirm(2))).toEqual([1, 2]);
    for (const [maxRecords, maxBytes, expected] of [
      [2, 1000, [4, 5]],
      [100, 22, [4, 5]],
      [100, 1, [4]],
      [100, 1000, [4, 5, 6]],
    ] as const) {
      expect(numbers(queue.send(maxRecords, maxBytes))).toEqual(expected);
      if (expected.length < 3) queue.goBack();
    }
    expect(queue.send(100, 1000)).toEqual([]);
  });

  it('B4: what was in flight waits again in its order, before what came later', () => {
    const queue = queueOf(...[1, 2, 3, 4, 5, 6].map((number) => record(number, number % 2 === 0)));
    queue.send(4, 1000);
    expect(numbers(queue.confirm(1))).toEqual([1]);
    queue.push(record(7));
    queue.goBack();
    expect(numbers(queue.send(9, 1000))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('B6: lets go of what it has given away', () => {
    const queue = queueOf(...Array.from({ length: 20_000 }, (_, index) => record(index + 1)));
    for (let taken = 0; taken < 20_000; taken += 500) {
      queue.send(500, Infinity);
      expect(queue.confirm(500)[0]?.number).toBe(taken + 1);
    }
    expect(queue.length).toBe(0);
    queue.push(record(20_001));
    expect(queue.first?.number).toBe(20_001);
  });

  it.each([
    ['behind marks', 0],
    ['behind what is in flight', 512],
  ])('B6: giving up a message %s is no more work in a long queue than in a short one', (_, inFlight) => {
    const workIn = (length: number): number => {
      let looks = 0;
      const seen = (number: number) => ({
        ...record(number),
        get isBounded() {
          looks++;
          return number > length / 2;
        },
      });
      const queue = queueOf(...Array.from({ length }, (_, index) => seen(index + 1)));
      queue.send(inFlight, Infinity);
      looks = 0;
      const moved = movedBy(() => {
        for (let count = 0; count < 400; count++) queue.dropOldest();
      });
      return 1 + looks + moved;
    };
    expect(workIn(100_000) / workIn(1000)).toBeLessThan(2);
  });
});
