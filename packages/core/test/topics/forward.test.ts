import { createBus, forwardAll, messageType, subscribe, type Message, type Topic } from '../../src/index.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;

/** A bus with a topic for each name, and the numbers that a subscription to a topic handles. */
function topics<const Names extends readonly string[]>(...names: Names) {
  const bus = createBus();
  const made = names.map((name) => bus.topic<Message<number>>(name)) as {
    [Name in keyof Names]: Topic<Message<number>>;
  };
  const record = (topic: Topic<Message<number>>, delivery: 'queued' | 'synchronous' = 'queued'): number[] => {
    const seen: number[] = [];
    subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping], delivery });
    return seen;
  };
  return { bus, topics: made, record };
}

describe('a forward', () => {
  it.each(bothDeliveries)('F1: delivers all of one topic to the subscribers of another (%s)', async (delivery) => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const seen = record(parent, delivery);
    forwardAll(child, parent);

    child.publish(Ping(1));
    parent.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('F1: delivers to those that subscribe later, and to plain observers', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    forwardAll(child, parent);
    child.publish(Ping(1));
    const seen = [record(parent), record(parent, 'synchronous'), [] as number[]];
    parent.subscribe(({ data }) => seen[2]?.push(data));

    child.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([[2], [2], [2]]);
  });

  it('F1: goes on across several, also when the links are made from the far end', async () => {
    const {
      bus,
      topics: [a, b, c, d],
      record,
    } = topics('a', 'b', 'c', 'd');
    const seen = record(d);
    forwardAll(c, d);
    forwardAll(a, b);
    a.publish(Ping(1));
    forwardAll(b, c);

    a.publish(Ping(2));
    b.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([2, 3]);
  });

  it('F1: goes one way only', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    forwardAll(child, parent);
    const seen = record(child);

    parent.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([]);
  });

  it('F1: ends with cancel, which ends neither topic', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const forward = forwardAll(child, parent);
    const [below, above] = [record(child), record(parent)];

    child.publish(Ping(1));
    forward.cancel();
    child.publish(Ping(2));
    parent.publish(Ping(3));
    await bus.settled();

    expect([below, above]).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect([child.isCompleted, parent.isCompleted]).toEqual([false, false]);
  });

  it('F1: is cancelled once, by cancel or by disposing', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const seen = record(parent);
    const forward = forwardAll(child, parent);
    forward[Symbol.dispose]();
    const kept = forwardAll(child, parent);

    forward.cancel();
    forward[Symbol.dispose]();
    child.publish(Ping(1));
    await bus.settled();
    expect(seen).toEqual([1]);

    kept.cancel();
    child.publish(Ping(2));
    await bus.settled();
    expect(seen).toEqual([1]);
  });

  it('F1: of which there are two handles lasts until both are cancelled, and delivers once', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const seen = record(parent);
    const [first, second] = [forwardAll(child, parent), forwardAll(child, parent)];

    child.publish(Ping(1));
    first.cancel();
    first.cancel();
    child.publish(Ping(2));
    second.cancel();
    child.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('F1: cancelled inside a handler, still delivers what was published before', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const forward = forwardAll(child, parent);
    const cancelAtOne = ({ data }: Message<number>): void => {
      if (data !== 1) return;
      child.publish(Ping(2));
      forward.cancel();
      child.publish(Ping(3));
    };
    subscribe(child, cancelAtOne, { accept: [Ping], delivery: 'synchronous' });
    const seen = [record(parent), record(parent, 'synchronous')];

    child.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('F1: made inside a handler, delivers nothing that was published before', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    const forwardAtOne = ({ data }: Message<number>): void => {
      if (data !== 1) return;
      child.publish(Ping(2));
      forwardAll(child, parent);
      child.publish(Ping(3));
    };
    subscribe(child, forwardAtOne, { accept: [Ping], delivery: 'synchronous' });
    const seen = [record(parent), record(parent, 'synchronous')];

    child.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([[3], [3]]);
  });

  it('F1: ends with either topic', async () => {
    const {
      bus,
      topics: [child, parent],
      record,
    } = topics('child', 'parent');
    forwardAll(child, parent);
    const [below, above] = [record(child), record(parent)];

    parent.complete();
    child.publish(Ping(1));
    await bus.settled();

    expect([below, above]).toEqual([[1], []]);
    const again = bus.topic<Message<number>>('parent');
    const seenAgain = record(again);
    child.publish(Ping(2));
    await bus.settled();
    expect(seenAgain).toEqual([]);
  });

  it('F1: between topics of which one has ended does nothing, and can be cancelled', () => {
    const {
      topics: [child, parent],
    } = topics('child', 'parent');
    parent.complete();

    const forwards = [forwardAll(child, parent), forwardAll(parent, child)];
    for (const forward of forwards) forward.cancel();

    expect(child.publish(Ping(1))).toBe(true);
  });

  it('F1: leaves nothing behind, once something is published, whether it was cancelled or its target ended', () => {
    const {
      bus,
      topics: [child],
    } = topics('child');
    for (let n = 0; n < 10; n++) {
      const parent = bus.topic<Message<number>>('parent');
      forwardAll(child, parent).cancel();
      forwardAll(child, parent);
      parent.complete();
    }

    child.publish(Ping(1));

    expect(child.audience.forwards.length).toBe(0);
  });
});

describe('forwards side by side', () => {
  it('F2: a message to one child is for its subscribers and the parent, not for a sibling', async () => {
    const {
      bus,
      topics: [left, right, parent],
      record,
    } = topics('left', 'right', 'parent');
    forwardAll(left, parent);
    forwardAll(right, parent);
    const seen = [record(left), record(right), record(parent)];

    left.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([[1], [], [1]]);
  });

  it("F2: messages to two children in turn reach the parent's subscribers in that turn", async () => {
    const {
      bus,
      topics: [left, right, parent],
      record,
    } = topics('left', 'right', 'parent');
    forwardAll(left, parent);
    forwardAll(right, parent);
    const observed: number[] = [];
    const seen = [record(parent), record(parent, 'synchronous'), observed];
    parent.subscribe(({ data }) => observed.push(data));

    for (let n = 0; n < 100; n++) (n % 2 === 0 ? left : right).publish(Ping(n));
    await bus.settled();

    const inTurn = Array.from({ length: 100 }, (_, n) => n);
    expect(seen).toEqual([inTurn, inTurn, inTurn]);
  });

  it("F2: keep the turn also when published from a sibling's handler", async () => {
    const {
      bus,
      topics: [left, right, parent],
      record,
    } = topics('left', 'right', 'parent');
    forwardAll(left, parent);
    forwardAll(right, parent);
    const answer = ({ data }: Message<number>): void => {
      if (data < 10) right.publish(Ping(data + 1));
    };
    subscribe(left, answer, { accept: [Ping], delivery: 'synchronous' });
    const seen = [record(parent), record(parent, 'synchronous')];

    left.publish(Ping(1));
    left.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });
});

describe('loops and diamonds', () => {
  it('F3: a topic forwarded to itself: nothing happens, and the handle can be cancelled', async () => {
    const {
      bus,
      topics: [numbers],
      record,
    } = topics('numbers');
    const seen = record(numbers);
    const forward = forwardAll(numbers, numbers);

    numbers.publish(Ping(1));
    forward.cancel();
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it.each([
    ['of two', ['a', 'b'] as const],
    ['of four', ['a', 'b', 'c', 'd'] as const],
  ])('F4: a forward that would close a cycle %s is refused, and changes nothing', async (_, names) => {
    const { bus, topics: chain, record } = topics(...names);
    const [first, last] = [chain[0], chain.at(-1)!];
    for (const [index, topic] of chain.slice(1).entries()) forwardAll(chain[index]!, topic);
    const seen = record(last);

    expect(() => forwardAll(last, first)).toThrow(
      expect.objectContaining({
        code: 'FORWARD_CYCLE',
        message: `[core] forwardAll(): "a" is already forwarded to "${last.name}"; this forward would close a cycle.`,
      }),
    );
    first.publish(Ping(1));
    last.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('F4: the other direction is free again once the forward is cancelled', () => {
    const {
      topics: [a, b],
    } = topics('a', 'b');

    forwardAll(a, b).cancel();

    expect(() => forwardAll(b, a)).not.toThrow();
  });

  it.each(bothDeliveries)('F4: across a diamond a message reaches a subscription once (%s)', async (delivery) => {
    const {
      bus,
      topics: [bottom, left, right, top],
      record,
    } = topics('bottom', 'left', 'right', 'top');
    forwardAll(bottom, left);
    forwardAll(bottom, right);
    forwardAll(left, top);
    const second = forwardAll(right, top);
    forwardAll(bottom, top);
    const observed: number[] = [];
    const seen = [record(top, delivery), record(left, delivery), observed];
    top.subscribe(({ data }) => observed.push(data));

    bottom.publish(Ping(1));
    right.publish(Ping(2));
    second.cancel();
    bottom.publish(Ping(3));
    right.publish(Ping(4));
    await bus.settled();

    expect(seen).toEqual([
      [1, 2, 3],
      [1, 3],
      [1, 2, 3],
    ]);
  });
});

describe('a call that cannot work', () => {
  it('is refused: topics of different buses', () => {
    const [
      {
        topics: [numbers],
      },
      {
        topics: [others],
      },
    ] = [topics('numbers'), topics('others')];

    expect(() => forwardAll(numbers, others)).toThrow(
      '[core] forwardAll(): expected two topics of one bus, got "others" (string). "numbers" belongs to another one.',
    );
  });

  it('is refused: something that is no topic', () => {
    const {
      topics: [numbers],
    } = topics('numbers');

    expect(() => forwardAll(5 as never, numbers)).toThrow(
      '[core] forwardAll(): expected from to be a topic of a bus, got 5 (number).',
    );
    expect(() => forwardAll(numbers, undefined as never)).toThrow(
      '[core] forwardAll(): expected to to be a topic of a bus, got undefined.',
    );
  });
});
