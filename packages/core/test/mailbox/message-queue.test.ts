import { MessageQueue } from '../../src/mailbox/message-queue.js';

function drain(queue: MessageQueue<number, string>): number[] {
  const items: number[] = [];
  while (queue.length > 0) items.push(queue.shift());
  return items;
}

describe('MessageQueue', () => {
  it('T3: gives items in the order in which they came, across all its chunks', () => {
    const queue = new MessageQueue<number, string>();
    const items = Array.from({ length: 10_000 }, (_, n) => n);

    for (const item of items) queue.push(item);
    expect(queue.length).toBe(10_000);

    expect(drain(queue)).toEqual(items);
    expect(queue.length).toBe(0);
  });

  it('T3: keeps the order while it is filled and emptied in turn', () => {
    const queue = new MessageQueue<number, string>();
    const out: number[] = [];
    let next = 0;
    for (let round = 0; round < 300; round++) {
      for (let n = 0; n < round % 50; n++) queue.push(next++);
      for (let n = 0; n < round % 37 && queue.length > 0; n++) out.push(queue.shift());
    }

    expect([...out, ...drain(queue)]).toEqual(Array.from({ length: next }, (_, n) => n));
  });

  it('S2: keeps each item beside its origin, and others without', () => {
    const queue = new MessageQueue<number, string>();
    for (let n = 0; n < 100; n++) {
      if (n % 3 === 0) queue.push(n, `from ${String(n)}`);
      else queue.push(n);
    }

    for (let n = 0; n < 100; n++) {
      expect(queue.nextOrigin).toBe(n % 3 === 0 ? `from ${String(n)}` : undefined);
      expect(queue.shift()).toBe(n);
    }
  });

  it('S2: has no origin left over for a later item in the same place', () => {
    const queue = new MessageQueue<number, string>();
    queue.push(1, 'elsewhere');
    queue.shift();
    queue.push(2);

    expect(queue.nextOrigin).toBeUndefined();
  });

  it('counts what was ever put in and taken out', () => {
    const queue = new MessageQueue<number, string>();
    for (let n = 0; n < 40; n++) queue.push(n);
    for (let n = 0; n < 15; n++) queue.shift();

    expect(queue).toMatchObject({ pushed: 40, shifted: 15, length: 25 });
  });

  it('clear drops everything, and it goes on as new', () => {
    const queue = new MessageQueue<number, string>();
    for (let n = 0; n < 40; n++) queue.push(n, 'elsewhere');
    queue.clear();
    expect(queue.length).toBe(0);

    queue.push(1);

    expect(queue.nextOrigin).toBeUndefined();
    expect(drain(queue)).toEqual([1]);
  });
});
