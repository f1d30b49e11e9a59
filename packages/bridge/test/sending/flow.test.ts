import { subscribe } from '@stasis-rx/core';
import { columnsOf } from '../support/wire.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { eventually, Note, side, upTo } from '../support/side.js';

/** A handler that waits until it is let go, with a mailbox of a few messages. */
function slowly(topic: Parameters<typeof subscribe>[0], highWater: number) {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const handled: number[] = [];
  subscribe(topic, ({ data }) => (handled.push((data as { n: number }).n), gate), { accept: [Note], highWater });
  return { handled, release };
}

describe('flow', () => {
  it.each([1, 50])('B12: mailboxes stay within bounds, with %i messages in a frame', async (perFrame) => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const { handled, release } = slowly(b.topic, 5);
    for (const n of upTo(200)) {
      a.topic.publish(Note({ id: 'x', n }));
      if (n % perFrame === 0) await a.bridge.flushed();
    }
    expect(b.numbers('a').length).toBeLessThan(10);
    expect(b.bridge.statistics().topics[0]?.depth).toBeGreaterThan(0);
    release();
    await eventually(() => handled.length === 200);
    expect(handled).toEqual(upTo(200));
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B12: a frame is not done before its messages are in the mailboxes', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const { release } = slowly(b.topic, 5);
    const receiver = [...network.members].find((member) => member.receiver?.eid === 'b')?.receiver;
    const record = (n: number) => [0, 'note', n, 1_700_000_000_000, null, { id: 'x', n }];
    const records = upTo(50).map(record);
    const frame = { v: 2, o: 'other', e: 'e1', i: 'i1', s: 1, b: 1, c: 0, ...columnsOf(records) };
    let isDone = false;
    const done = receiver?.receive('calls', 'other', JSON.stringify(frame));
    expect(done).toBeInstanceOf(Promise);
    void done?.then(() => (isDone = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDone).toBe(false);
    release();
    await eventually(() => isDone);
    await b.bus.settled();
    expect(b.numbers('other')).toEqual(upTo(50));
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });
});
