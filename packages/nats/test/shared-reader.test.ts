import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';
import { createBus, subscribe } from '@stasis-rx/core';
import { bridge, type BridgeEvent, type NatsBridgeOptions } from '@stasis-rx/nats';
import { eventually, Note, upTo } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

const TOPICS = upTo(40).map((n) => `topic ${n}`);

/** A bus with forty topics. */
async function joinMany(
  eid: string,
  server: NatsServer,
  options: Partial<NatsBridgeOptions> = {},
  how: NodeConnectionOptions = {},
) {
  const bus = createBus({ eid });
  const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50, ...how });
  const got = new Map<string, number[]>();
  const events: BridgeEvent[] = [];
  for (const name of TOPICS) {
    const numbers: number[] = [];
    got.set(name, numbers);
    subscribe(
      bus.topic(name),
      ({ eid: from, data }) => {
        if (from === 'a') numbers.push(data.n);
      },
      { accept: [Note] },
    );
  }
  const link = bridge(bus, connection, {
    topics: TOPICS,
    types: [Note],
    stream: { name: 'MANY' },
    heartbeatMs: 100,
    ...options,
  });
  link.events$.subscribe((event) => events.push(event));
  await link.ready;
  const publish = (name: string, n: number): void => {
    bus.topic(name).publish(Note({ id: name, n }));
  };
  const leave = async (): Promise<void> => {
    await link.close({ signal: AbortSignal.timeout(3000) });
    await connection.close();
  };
  const gaps = (): number => events.filter(({ type }) => type === 'gap').length;
  return { bus, connection, link, got, events, publish, gaps, leave };
}

describe('one reader for many topics', () => {
  let server: NatsServer;

  beforeEach(async () => {
    server = await startNatsServer();
  });

  afterEach(() => server.stop());

  it('B4, B5: brings everything once and in order, by one consumer a process', async () => {
    const [a, b] = [await joinMany('a', server), await joinMany('b', server)];
    const manager = await jetstreamManager(b.connection);
    expect(await manager.consumers.list('MANY').next()).toHaveLength(2);
    for (const n of upTo(200)) for (const name of TOPICS) a.publish(name, n);
    await eventually(() => TOPICS.every((name) => b.got.get(name)?.length === 200));
    for (const name of TOPICS) expect(b.got.get(name)).toEqual(upTo(200));
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B12: a topic that waits keeps no other waiting, and misses nothing once it goes on', async () => {
    const [a, b] = [await joinMany('a', server), await joinMany('b', server)];
    const manager = await jetstreamManager(b.connection);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    subscribe(b.bus.topic('topic 1'), () => gate, { accept: [Note], highWater: 4, lowWater: 2 });
    for (const n of upTo(300)) {
      for (const name of ['topic 1', 'topic 2']) a.publish(name, n);
      if (n % 2 === 0) await a.link.flushed(); // many frames, and more than may wait
    }
    await eventually(() => b.got.get('topic 2')?.length === 300);
    const figures = b.link.statistics().topics[0];
    expect(figures?.depth).toBeGreaterThan(0);
    expect(b.got.get('topic 1')?.length).toBeLessThan(300);
    go();
    await eventually(() => b.got.get('topic 1')?.length === 300);
    expect(b.got.get('topic 1')).toEqual(upTo(300));
    for (const n of upTo(10)) a.publish('topic 1', 300 + n);
    await eventually(() => b.got.get('topic 1')?.length === 310);
    expect(b.gaps()).toBe(0);
    const readers = async (): Promise<number> => (await manager.consumers.list('MANY').next()).length;
    for (let tries = 0; tries < 100 && (await readers()) > 2; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await readers()).toBe(2);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B5, B7: goes on after the server was killed, and when the stream was made anew', async () => {
    const [a, b] = [await joinMany('a', server), await joinMany('b', server)];
    const publishAll = (from: number): void => {
      for (const n of upTo(50)) for (const name of TOPICS) a.publish(name, from + n);
    };
    publishAll(0);
    await server.kill();
    publishAll(50);
    await server.start();
    await eventually(() => TOPICS.every((name) => b.got.get(name)?.length === 100));
    const manager = await jetstreamManager(a.connection);
    await manager.streams.delete('MANY');
    publishAll(100);
    await eventually(() => TOPICS.every((name) => b.got.get(name)?.length === 150));
    for (const name of TOPICS) expect(b.got.get(name)).toEqual(upTo(150));
    expect(b.gaps()).toBe(0);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B7: finds out what is gone at the end of one topic, however busy the others are', async () => {
    const stream = { name: 'MANY', maxBytes: 20_000 };
    const a = await joinMany('a', server, { stream });
    const b = await joinMany('b', server, { stream }, { reconnectTimeWait: 500 });
    a.publish('topic 1', 1);
    await eventually(() => b.got.get('topic 1')?.length === 1);
    void b.connection.reconnect();
    await eventually(() => !b.link.statistics().isConnected);
    a.publish('topic 1', 2);
    await a.link.flushed();
    const publishOther = (): void => a.publish('topic 2', 1);
    for (const n of upTo(400)) {
      publishOther();
      if (n % 2 === 0) await a.link.flushed();
    }
    const isBusy = setInterval(publishOther, 1);
    const missedOf = (name: string): number =>
      b.link.statistics().topics.find(({ topic }) => topic === name)?.missed ?? 0;
    try {
      await eventually(() => missedOf('topic 1') === 1);
    } finally {
      clearInterval(isBusy);
    }
    expect(b.got.get('topic 1')).toEqual([1]);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B12: asks the server for nothing when nothing happens', async () => {
    const a = await joinMany('a', server);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { outMsgs } = a.connection.stats();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(a.connection.stats().outMsgs - outMsgs).toBeLessThanOrEqual(12); // ten beats, and somewhat more
    await a.leave();
  }, 30_000);
});
