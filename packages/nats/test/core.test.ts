import { subscribe } from '@stasis-rx/core';
import { eventually, join, Note, State, upTo } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

describe('over core NATS', () => {
  let server: NatsServer;
  const mode = 'core';

  beforeAll(async () => {
    server = await startNatsServer();
  });

  afterAll(() => server.stop());

  it('B7: what a connection that is cut has lost is a gap, and the cache is put right', async () => {
    const [a, b] = await Promise.all([join('a', server.url, { mode }), join('b', server.url, { mode })]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => b.numbers.length === 1);
    const back = b.connection.reconnect();
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n: 1 + n }));
    a.topic.publish(State({ id: 'y', n: 1 }));
    await back;
    await eventually(() => b.cache.get(State, 'y', 'a') !== undefined);
    a.topic.publish(Note({ id: 'x', n: 200 }));
    await eventually(() => b.numbers.includes(200));
    expect([...b.numbers].sort((one, other) => one - other)).toEqual(b.numbers);
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);

  it('B12: a burst of small frames loses nothing', async () => {
    const [a, b] = await Promise.all([join('a', server.url, { mode }), join('b', server.url, { mode })]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const n of upTo(5000)) {
      a.topic.publish(Note({ id: 'x', n }));
      await Promise.resolve();
      await Promise.resolve();
    }
    await eventually(() => b.numbers.length >= 5000);
    expect(b.numbers).toEqual(upTo(5000));
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);

  it('B12: frames that a slow bus has no room for are a gap, and slow nobody', async () => {
    const [a, b, c] = await Promise.all([
      join('a', server.url, { mode }),
      join('b', server.url, { mode }),
      join('c', server.url, { mode }),
    ]);
    await Promise.all([a.bridge.ready, b.bridge.ready, c.bridge.ready]);
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    subscribe(b.topic, () => gate, { accept: [Note], highWater: 1 });
    const id = 'x'.repeat(10_000);
    for (const n of upTo(1500)) {
      a.topic.publish(Note({ id, n }));
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => c.numbers.length === 1500);
    expect(b.numbers.length).toBeLessThan(10);
    release?.();
    await eventually(() => b.bridge.statistics().topics[0]!.depth === 0);
    a.topic.publish(Note({ id, n: 1501 }));
    await eventually(() => b.numbers.includes(1501));
    const { missed } = b.bridge.statistics().topics[0]!;
    expect(missed).toBeGreaterThan(0);
    expect(b.numbers.length + missed).toBe(1501);
    await Promise.all([a.leave(), b.leave(), c.leave()]);
  }, 20_000);
});
