import { RecordQueue } from '../../src/sending/record-queue.js';

const record = (number: number, isBounded = true) => ({ number, text: `${number}`, bytes: 10, isBounded });
const numbers = (records: readonly { readonly number: number }[]) => records.map(({ number }) => number);

function queueOf(...records: ReturnType<typeof record>[]): RecordQueue {
  const queue = new RecordQueue();
  for (const each of records) queue.push(each);
  return queue;
}

describe('the queue of a lane', () => {
  it('B6: gives up the oldest message that is not in flight, and no snapshot or mark', () => {
    const queue = queueOf(record(1), record(2, false), record(3), record(4));
    expect(queue.takeBoundedFrom(1)?.number).toBe(3);
    expect(queue.takeBoundedFrom(1)?.number).toBe(4);
    expect(queue.takeBoundedFrom(1)).toBeUndefined();
    expect(numbers(queue.take(9))).toEqual([1, 2]);
    expect(queueOf(record(1), record(2)).takeBoundedFrom(0)?.number).toBe(1);
  });

  it('B4: a frame holds records without a gap, and at least one however large it is', () => {
    const queue = queueOf(record(1), record(2), record(4), record(5), record(6));
    expect(numbers(queue.runFrom(0, 100, 1000))).toEqual([1, 2]);
    expect(numbers(queue.runFrom(2, 2, 1000))).toEqual([4, 5]);
    expect(numbers(queue.runFrom(2, 100, 22))).toEqual([4, 5]);
    expect(numbers(queue.runFrom(2, 100, 1))).toEqual([4]);
    expect(queue.runFrom(5, 100, 1000)).toEqual([]);
  });

  it('B6: lets go of what it has given away', () => {
    const queue = queueOf(...Array.from({ length: 20_000 }, (_, index) => record(index + 1)));
    for (let taken = 0; taken < 20_000; taken += 500) expect(queue.take(500)[0]?.number).toBe(taken + 1);
    expect(queue.length).toBe(0);
    queue.push(record(20_001));
    expect(queue.at(0)?.number).toBe(20_001);
  });
});
