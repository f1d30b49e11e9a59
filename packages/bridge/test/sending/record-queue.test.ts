import { joined, markOf, type Batch } from '../../src/protocol/batch.js';
import { RecordKind } from '../../src/protocol/record.js';
import { RecordQueue, type FrameLimits, type QueuedBatch } from '../../src/sending/record-queue.js';

/** Its data has ten characters. */
const one: Batch = markOf(RecordKind.message, null, '"12345678"');
const record = (number: number, isBounded = true): QueuedBatch => ({ number, batch: one, isBounded });
const several = (number: number, count: number, isBounded = true): QueuedBatch => ({
  ...record(number, isBounded),
  batch: joined(Array.from({ length: count }, () => one)),
});

const frameOf = (records: number, length = 1000, bytes = Infinity): FrameLimits => ({ records, length, bytes });

/** Of all their records. */
const numbers = (batches: readonly QueuedBatch[]) =>
  batches.flatMap(({ number, batch }) => batch.heads.map((_, index) => number + index));

function queueOf(...records: QueuedBatch[]): RecordQueue {
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
    queue.send(frameOf(1));
    expect(queue.dropOldest()?.number).toBe(3);
    expect(queue.dropOldest()?.number).toBe(4);
    expect(queue.dropOldest()).toBeUndefined();
    expect([queue.inFlight, queue.length, queue.first?.number, queue.next?.number]).toEqual([1, 2, 1, 2]);
    queue.goBack();
    expect(numbers(queue.send(frameOf(9)))).toEqual([1, 2]);
    expect(queueOf(record(1), record(2)).dropOldest()?.number).toBe(1);
  });

  it('B4: a frame holds records without a gap, and at least one however large it is', () => {
    const queue = queueOf(record(1), record(2), record(4), record(5), record(6, false));
    expect(numbers(queue.send(frameOf(100)))).toEqual([1, 2]);
    expect(numbers(queue.confirm(2))).toEqual([1, 2]);
    for (const [limits, expected] of [
      [frameOf(2), [4, 5]],
      [frameOf(100, 22), [4, 5]],
      [frameOf(100, 1), [4]],
      [frameOf(100, 1000, 2 * one.bytes + 2), [4, 5]],
      [frameOf(100, 1000, 1), [4]],
      [frameOf(100), [4, 5, 6]],
    ] as const) {
      expect(numbers(queue.send(limits))).toEqual(expected);
      if (expected.length < 3) queue.goBack();
    }
    expect(queue.send(frameOf(100))).toEqual([]);
  });

  it('B4: what was in flight waits again in its order, before what came later', () => {
    const queue = queueOf(...[1, 2, 3, 4, 5, 6].map((number) => record(number, number % 2 === 0)));
    queue.send(frameOf(4));
    expect(numbers(queue.confirm(1))).toEqual([1]);
    queue.push(record(7));
    queue.goBack();
    expect(numbers(queue.send(frameOf(9)))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('B6: lets go of what it has given away', () => {
    const queue = queueOf(...Array.from({ length: 20_000 }, (_, index) => record(index + 1)));
    for (let taken = 0; taken < 20_000; taken += 500) {
      queue.send(frameOf(500, Infinity));
      expect(queue.confirm(500)[0]?.number).toBe(taken + 1);
    }
    expect(queue.length).toBe(0);
    queue.push(record(20_001));
    expect(queue.first?.number).toBe(20_001);
  });

  it('B4: what was written together is sent together, and confirmed by the number of records', () => {
    const queue = queueOf(several(1, 3), several(4, 3), record(7, false), several(8, 2));
    expect([queue.length, queue.fills(frameOf(9)), queue.fills(frameOf(10))]).toEqual([9, true, false]);
    expect(numbers(queue.send(frameOf(5)))).toEqual([1, 2, 3]);
    expect(numbers(queue.send(frameOf(5)))).toEqual([4, 5, 6, 7]);
    expect([queue.inFlight, queue.first?.number, queue.next?.number]).toEqual([7, 1, 8]);
    expect(numbers(queue.confirm(3))).toEqual([1, 2, 3]);
    queue.goBack();
    expect([queue.inFlight, queue.length]).toEqual([0, 6]);
    expect(numbers(queue.send(frameOf(9)))).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('B6: of what was written together the oldest is given up alone', () => {
    const queue = queueOf(record(1, false), several(2, 3), several(5, 2));
    expect([queue.dropOldest()?.number, queue.dropOldest()?.number, queue.length]).toEqual([2, 3, 4]);
    expect(numbers(queue.send(frameOf(9)))).toEqual([1]);
    expect(numbers(queue.send(frameOf(9)))).toEqual([4, 5, 6]);
    queue.push(several(7, 2));
    expect([queue.dropNext()?.number, queue.next?.number, queue.length]).toEqual([7, 8, 5]);
  });

  it.each([
    ['behind marks', 0],
    ['behind what is in flight', 512],
  ])('B6: giving up a message %s is no more work in a long queue than in a short one', (_, inFlight) => {
    const workIn = (length: number): number => {
      let looks = 0;
      const seen = (number: number) => ({
        ...several(number, 2),
        get isBounded() {
          looks++;
          return number > length / 2;
        },
      });
      const queue = queueOf(...Array.from({ length: length / 2 }, (_, index) => seen(2 * index + 1)));
      queue.send(frameOf(inFlight, Infinity));
      looks = 0;
      const moved = movedBy(() => {
        for (let count = 0; count < 400; count++) queue.dropOldest();
      });
      return 1 + looks + moved;
    };
    expect(workIn(100_000) / workIn(1000)).toBeLessThan(2);
  });
});
