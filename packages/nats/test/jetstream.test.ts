import { DiscardPolicy, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { subscribe } from '@stasis-rx/core';
import fc from 'fast-check';
import { eventually, join, Note, State, upTo } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

describe('over JetStream', () => {
  let server: NatsServer;

  beforeEach(async () => {
    server = await startNatsServer();
  });

  afterEach(() => server.stop());

  it('B5, B6: what is published while the server is killed arrives once, in order, after it has started again', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const n of upTo(1000)) a.topic.publish(Note({ id: 'x', n }));
    await server.kill();
    for (const n of upTo(1000)) a.topic.publish(Note({ id: 'x', n: 1000 + n }));
    await eventually(() => !a.bridge.statistics().isConnected);
    for (const n of upTo(1000)) a.topic.publish(Note({ id: 'x', n: 2000 + n }));
    expect(a.bridge.statistics().outbox.messages).toBeGreaterThanOrEqual(1000);
    await server.start();
    await eventually(() => b.numbers.length >= 3000);
    expect(b.numbers).toEqual(upTo(3000));
    expect(b.count('gap')).toBe(0);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B5: goes on as soon as the connection is back, however long it was lost', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    await server.kill();
    await eventually(() => !b.bridge.statistics().isConnected);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.start();
    await eventually(() => a.bridge.statistics().isConnected && b.bridge.statistics().isConnected);
    a.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => b.numbers.length === 1, 2000); // no request that was lost is waited for
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B5: a server that is frozen loses nothing and doubles nothing', async () => {
    const options = { jetstream: { timeout: 500 } };
    const [a, b] = await Promise.all([join('a', server.url, options), join('b', server.url, options)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    server.freeze();
    for (const n of upTo(1000)) a.topic.publish(Note({ id: 'x', n }));
    await eventually(() => a.count('retry') + a.count('disconnected') > 0); // whichever it notices first
    server.thaw();
    await eventually(() => b.numbers.length >= 1000);
    await a.bridge.flushed();
    expect(b.numbers).toEqual(upTo(1000));
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B7: frames beyond the limits of the stream are a gap, and the cache is put right', async () => {
    const stream = { name: 'TEST', maxBytes: 50_000 };
    const [a, b] = await Promise.all([join('a', server.url, { stream }), join('b', server.url, { stream })]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    subscribe(b.topic, () => gate, { accept: [Note], highWater: 1 });
    for (const n of upTo(20_000)) {
      a.topic.publish(Note({ id: 'x'.repeat(50), n }));
      if (n % 20 === 0) await a.bridge.flushed(); // small frames: more of them than a bus takes while it has to wait
    }
    a.topic.publish(State({ id: 'y', n: 1 }));
    await a.bridge.flushed();
    release?.();
    await eventually(() => b.count('gap') > 0 && b.cache.get(State, 'y', 'a') !== undefined);
    const { missed } = b.bridge.statistics().topics[0]!;
    await eventually(() => b.numbers.length + missed >= 20_000);
    expect([...b.numbers].sort((one, other) => one - other)).toEqual(b.numbers);
    expect(new Set(b.numbers).size).toBe(b.numbers.length);
    await Promise.all([a.leave(), b.leave()]);
  }, 60_000);

  it('B7: finds out what is gone at the end of one bus, however busy the others are', async () => {
    const stream = { name: 'TEST', maxBytes: 20_000 };
    const reconnectTimeWait = 500;
    const [a, b, c] = await Promise.all([
      join('a', server.url, { stream }),
      join('b', server.url, { stream }),
      join('c', server.url, { stream }, { reconnectTimeWait }),
    ]);
    await Promise.all([a.bridge.ready, b.bridge.ready, c.bridge.ready]);
    a.topic.publish(State({ id: 'x', n: 1 }));
    await eventually(() => c.cache.size === 1);
    void c.connection.reconnect();
    await eventually(() => !c.bridge.statistics().isConnected);
    a.topic.publish(State({ id: 'x', n: 2 }));
    await a.bridge.flushed();
    // In few round trips: all has to be gone before the third one is back.
    for (const n of upTo(200)) {
      b.topic.publish(Note({ id: 'x'.repeat(100), n }));
      if (n % 20 === 0) await b.bridge.flushed();
    }
    const isBusy = setInterval(() => b.topic.publish(Note({ id: 'x'.repeat(100), n: 0 })), 1);
    try {
      await eventually(() => c.cache.get(State, 'x', 'a')?.data.n === 2);
    } finally {
      clearInterval(isBusy);
    }
    const peers = c.events.flatMap((event) => (event.type === 'gap' ? event.peer : []));
    expect(new Set(peers)).toEqual(new Set(['a', 'b']));
    await Promise.all([a.leave(), b.leave(), c.leave()]);
  }, 30_000);

  it('B7: a stream that was deleted and made anew is read from its start', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n }));
    await eventually(() => b.numbers.length >= 100);
    const manager = await jetstreamManager(a.connection);
    await manager.streams.delete('TEST');
    await manager.streams.add({ name: 'TEST', subjects: ['stasis.data.>'] });
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n: 100 + n }));
    await eventually(() => b.numbers.length >= 200);
    expect(b.numbers).toEqual(upTo(200));
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B5: a stream that is gone with its server is made again, and read from its start', async () => {
    const stream = { name: 'TEST', storage: 'memory' } as const;
    const [a, b] = await Promise.all([join('a', server.url, { stream }), join('b', server.url, { stream })]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const n of upTo(10)) a.topic.publish(Note({ id: 'x', n }));
    await eventually(() => b.numbers.length === 10);
    await server.kill();
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n: 10 + n }));
    await server.start();
    for (const n of upTo(100)) {
      a.topic.publish(Note({ id: 'x', n: 110 + n }));
      await a.bridge.flushed();
    }
    await eventually(() => b.numbers.length >= 210);
    expect(b.numbers).toEqual(upTo(210));
    expect(b.count('gap')).toBe(0);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B12: acknowledges a frame only when its messages are in the mailboxes', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    subscribe(b.topic, () => gate, { accept: [Note], highWater: 10 });
    for (const n of upTo(2000)) a.topic.publish(Note({ id: 'x', n }));
    await a.bridge.flushed();
    const manager = await jetstreamManager(b.connection);
    const unacknowledged = async () => {
      const consumers = await manager.consumers.list('TEST').next();
      return Math.max(...consumers.map(({ num_ack_pending }) => num_ack_pending));
    };
    const ours = () => b.bridge.statistics().topics[0]!;
    await eventually(() => ours().lag === 0 && ours().depth > 0);
    expect(await unacknowledged()).toBeGreaterThan(0);
    release?.();
    await eventually(() => b.numbers.length >= 2000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await unacknowledged()).toBe(0);
    expect(b.numbers).toEqual(upTo(2000));
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B10: whatever anybody publishes on its subjects stops nothing', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const subject of [
      'stasis.data.calls.evil',
      'stasis.data.calls.=',
      'stasis.data.other.evil',
      'stasis.control.evil',
      'stasis.control.=zz',
    ]) {
      for (const data of ['', '{', 'null', '[]', '{"v":1}', new Uint8Array([0xff, 0xfe, 0x00]), 'x'.repeat(100_000)]) {
        a.connection.publish(subject, data);
      }
    }
    a.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => b.numbers.length === 1);
    await eventually(() => b.count('rejected') >= 7 * 4);
    expect(b.count('rejected')).toBe(7 * 4); // nobody listens to the topic that is not bridged
    expect(b.bridge.peers()).toEqual(['a']);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B10: hostile frames at an address of their own are reported one by one, and what is honest gets through', async () => {
    const [a, b] = await Promise.all([join('a', server.url), join('b', server.url)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const send = (data: string | Uint8Array) => a.connection.publish('stasis.data.calls.evil', data);
    const frame = (n: number, data: string) =>
      `{"v":2,"o":"evil","e":"e","i":"i","s":${n},"b":${n},"c":0,` +
      `"y":["note"],"h":[1,0],"t":[1,0],"n":[1,${n},1],"m":[1,1],"q":[1,null],"r":[${data}]}`;
    for (const bytes of fc.sample(fc.uint8Array({ maxLength: 500 }), 200)) send(bytes);
    const whole = frame(1, '{"id":"x","n":1}');
    for (let length = 0; length < whole.length; length += 3) send(whole.slice(0, length));
    send(frame(1, '{"__proto__":{"isAdmin":true},"id":"x","n":1}'));
    send(frame(2, `${'['.repeat(100_000)}${']'.repeat(100_000)}`));
    send(frame(3, '{"id":"x","n":3}').replace('"o":"evil"', '"o":"a"'));
    send(frame(3, '{"id":"x","n":3}'));
    await eventually(() => b.numbers.length === 1);
    a.topic.publish(Note({ id: 'x', n: 4 }));
    await eventually(() => b.numbers.length === 2);
    expect(b.numbers).toEqual([3, 4]);
    const reasons = b.events.flatMap((event) => (event.type === 'rejected' ? event.reason : []));
    const malformed = 200 + Math.ceil(whole.length / 3);
    expect(reasons.filter((reason) => reason === 'malformed').length).toBeGreaterThanOrEqual(malformed);
    expect(reasons.slice(malformed)).toEqual(expect.arrayContaining(['hostile', 'forged']));
    expect(b.bridge.statistics().topics[0]?.rejected).toBe(reasons.length);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);

  it('B13: a bridge is closed at the word of its signal while the server does not answer', async () => {
    const a = await join('a', server.url);
    await a.bridge.ready;
    server.freeze();
    a.topic.publish(Note({ id: 'x', n: 1 }));
    const stop = new AbortController();
    const closed = a.bridge.close({ signal: stop.signal });
    stop.abort();
    await closed;
    expect(a.count('closed')).toBe(1);
    server.thaw();
    await a.leave();
  }, 3000);

  it('B13: a connection that is closed ends the bridge', async () => {
    const a = await join('a', server.url);
    await a.bridge.ready;
    await a.connection.close();
    await eventually(() => a.count('closed') === 1);
    await a.bridge.close();
  });

  it('B13: a bridge that is closed while it opens leaves no reader behind', async () => {
    const a = await join('a', server.url);
    await a.bridge.ready;
    const manager = await jetstreamManager(a.connection);
    const readers = async () => (await manager.consumers.list('TEST').next()).length;
    for (const waitMs of [0, 1, 2, 4, 8]) {
      const b = await join('b', server.url, { topics: ['calls', 'desks', 'queues', 'trunks'], caches: [] });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await b.bridge.close({ signal: AbortSignal.abort() });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await readers()).toBe(1);
      await b.leave();
    }
    await a.leave();
  });

  it.each([
    ['STREAM', 'expected a stream "MISSING", got none', { stream: 'MISSING' }],
    ['STREAM', 'expected the stream "OTHER" to capture stasis.data.>, got elsewhere.>', { stream: 'OTHER' }],
    ['STREAM', 'to keep frames for every reader, got retention "workqueue"', { stream: 'WORK' }],
    ['STREAM', 'to keep frames for every reader, got retention "interest"', { stream: 'INTEREST', subject: 'i' }],
    ['STREAM', 'to make room by discarding the old, got discard "new"', { stream: 'NEW', subject: 'n' }],
    ['STREAM', 'to confirm what it stores, got no_ack', { stream: 'SILENT', subject: 's' }],
    [
      'STREAM',
      "to take messages of 1048576 bytes, the server's max_payload, got max_msg_size 1000",
      { stream: 'SMALL', subject: 'm' },
    ],
    [
      'STREAM',
      'for stasis.data.>: subjects overlap with an existing stream. Name that one',
      { stream: { name: 'SECOND' } },
    ],
    ['STREAM', 'replicas > 1 not supported', { stream: { name: 'MANY', replicas: 3 }, subject: 'r' }],
    ['STREAM', 'insufficient storage', { stream: { name: 'HUGE', maxBytes: 1e12 }, subject: 'h' }],
  ])('B6: rejects ready with %s: %s', async (code, text, options) => {
    const connection = await connect({ servers: server.url });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'OTHER', subjects: ['elsewhere.>'] });
    await manager.streams.add({ name: 'WORK', subjects: ['stasis.data.>'], retention: RetentionPolicy.Workqueue });
    await manager.streams.add({ name: 'INTEREST', subjects: ['i.data.>'], retention: RetentionPolicy.Interest });
    await manager.streams.add({ name: 'NEW', subjects: ['n.data.>'], discard: DiscardPolicy.New });
    await manager.streams.add({ name: 'SILENT', subjects: ['s.data.>'], no_ack: true });
    await manager.streams.add({ name: 'SMALL', subjects: ['m.data.>'], max_msg_size: 1000 });
    await connection.close();
    const a = await join('a', server.url, options);
    await expect(a.bridge.ready).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
    await a.leave();
  });
});
