import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject, firstValueFrom } from 'rxjs';
import type { StasisError } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '../src/client.js';
import type { StatsDClientOptions } from '../src/options.js';
import { breakOff, startStreamServer, type StreamServer } from './support/stream-server.js';
import { openUdpReceiver } from './support/udp-receiver.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function clientOf(options: StatsDClientOptions): { statsd: StatsDClient; errors$: Subject<StasisError> } {
  const errors$ = new Subject<StasisError>();
  const statsd = createStatsDClient({ timeoutMs: 2000, onError: (error) => errors$.next(error), ...options });
  cleanUps.push(() => statsd.close());
  return { statsd, errors$ };
}

async function streamServer(...where: Parameters<typeof startStreamServer>): Promise<StreamServer> {
  const server = await startStreamServer(...where);
  cleanUps.push(() => server.close());
  return server;
}

async function udpReceiver() {
  const receiver = await openUdpReceiver();
  cleanUps.push(() => receiver.close());
  return receiver;
}

function socketPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'stasis-rx-'));
  cleanUps.push(() => rmSync(directory, { recursive: true }));
  return join(directory, 'statsd.sock');
}

describe('over UDP', () => {
  it('keeps a burst that is more than the outbox may hold from the system, and drops the oldest of it', async () => {
    const receiver = await udpReceiver();
    const { statsd, errors$ } = clientOf({ port: receiver.port, maxOutboxBytes: 20_000 });
    statsd.increment('warm');
    await statsd.flush();
    const full = firstValueFrom(errors$);
    for (let n = 0; n < 200_000; n++) statsd.increment('some.counter.name');
    expect((await full).message).toContain('is full');
    await statsd.flush();
    const { lines, bytes, dropped } = statsd.statistics();
    // 64 KiB and a packet with the system, the outbox, and the packet that is being filled.
    expect(bytes).toBeLessThan(65_536 + 1432 + 20_000 + 1432 + 1432);
    expect(lines).toBe(200_001);
    expect(dropped).toBeGreaterThan(190_000);
  });

  it('sends packets without a newline at their end', async () => {
    const receiver = await udpReceiver();
    const { statsd } = clientOf({ port: receiver.port });
    statsd.increment('a');
    statsd.gauge('größe', -5);
    await statsd.flush();
    expect(await receiver.packets(1)).toEqual(['a:1|c\ngröße:0|g\ngröße:-5|g']);
    expect(statsd.statistics()).toEqual({ lines: 3, packets: 1, bytes: 30, errors: 0, dropped: 0 });
  });

  it('D2: sends them with one when asked to', async () => {
    const receiver = await udpReceiver();
    const { statsd } = clientOf({ port: receiver.port, addNewline: true });
    statsd.increment('a');
    await statsd.close();
    expect(await receiver.packets(1)).toEqual(['a:1|c\n']);
  });

  it('sends without being asked, after the flush interval', async () => {
    const receiver = await udpReceiver();
    const { statsd } = clientOf({ port: receiver.port, flushIntervalMs: 0 });
    statsd.increment('a');
    expect(await receiver.packets(1)).toEqual(['a:1|c']);
    statsd.increment('b');
    expect(await receiver.packets(2)).toEqual(['a:1|c', 'b:1|c']);
  });

  it('reports a host name that is not known, keeps the metrics, and drops them on closing', async () => {
    const { statsd, errors$ } = clientOf({ host: 'no-such-host.invalid' });
    const error = firstValueFrom(errors$);
    statsd.increment('a');
    await statsd.flush();
    expect(await error).toMatchObject({ code: 'TRANSPORT', cause: { syscall: 'getaddrinfo' } });
    expect(statsd.statistics()).toMatchObject({ errors: 1, dropped: 0 });
    await statsd.close();
    expect(statsd.statistics()).toMatchObject({ lines: 1, packets: 0, dropped: 1 });
  });
});

describe.each(['tcp', 'unix'] as const)('over %s', (protocol) => {
  let where: { host: string; port: number } | { path: string };
  let server: StreamServer;

  beforeEach(async () => {
    where = protocol === 'tcp' ? { host: '127.0.0.1', port: 0 } : { path: socketPath() };
    server = await streamServer(where);
    if ('port' in where) where.port = server.port;
  });

  it('ends every line with a newline', async () => {
    const { statsd } = clientOf({ protocol, ...where });
    statsd.increment('a');
    statsd.gauge('b', -5);
    await statsd.flush();
    expect(await server.lines(3)).toEqual(['a:1|c', 'b:0|g', 'b:-5|g']);
    expect(statsd.statistics()).toEqual({ lines: 3, packets: 1, bytes: 19, errors: 0, dropped: 0 });
  });

  it('uses one connection, and none before the first packet', async () => {
    const { statsd } = clientOf({ protocol, ...where });
    expect(server.connections).toHaveLength(0);
    statsd.increment('a');
    await statsd.flush();
    statsd.increment('b');
    await statsd.flush();
    await server.lines(2);
    expect(server.connections).toHaveLength(1);
  });

  it('sends everything before it closes', async () => {
    const { statsd } = clientOf({ protocol, ...where });
    for (let count = 0; count < 10_000; count++) statsd.increment('a.rather.long.name.for.a.counter');
    await statsd.close();
    expect(await server.lines(10_000)).toHaveLength(10_000);
    expect(statsd.statistics()).toMatchObject({ lines: 10_000, dropped: 0, errors: 0 });
  });

  it('connects again after a connection was lost, and keeps what was logged meanwhile', async () => {
    const { statsd, errors$ } = clientOf({ protocol, ...where });
    statsd.increment('before');
    await server.lines(1);
    const lost = firstValueFrom(errors$);
    breakOff(server.connections[0]!);
    expect((await lost).message).toContain(`[statsd] lost the connection to ${protocol} `);
    statsd.increment('meanwhile');
    expect(await server.lines(2)).toEqual(['before:1|c', 'meanwhile:1|c']);
    expect(statsd.statistics()).toMatchObject({ lines: 2, packets: 2, errors: 1, dropped: 0 });
  });

  it('sends what was logged before there was a server', async () => {
    await server.close();
    const { statsd, errors$ } = clientOf({ protocol, ...where });
    const refused = firstValueFrom(errors$);
    statsd.increment('a');
    statsd.gauge('b', -5);
    await statsd.flush();
    expect((await refused).message).toContain(`[statsd] cannot connect to ${protocol} `);
    const restarted = await streamServer(where);
    statsd.increment('c');
    expect(await restarted.lines(4)).toEqual(['a:1|c', 'b:0|g', 'b:-5|g', 'c:1|c']);
    expect(statsd.statistics().dropped).toBe(0);
  });

  it('counts what the bound of its outbox costs, and delivers the newest', async () => {
    await server.close();
    const { statsd, errors$ } = clientOf({ protocol, ...where, maxPacketBytes: 8, maxOutboxBytes: 24 });
    const full = firstValueFrom(errors$);
    for (let count = 0; count < 10; count++) statsd.gauge('abc', count);
    await statsd.flush();
    expect((await full).message).toContain('the outbox for');
    expect(statsd.statistics()).toMatchObject({ lines: 10, dropped: 7 });
    const restarted = await streamServer(where);
    expect(await restarted.lines(3)).toEqual(['abc:7|g', 'abc:8|g', 'abc:9|g']);
  });

  it('is not held up by a server that does not read, and counts what it could not send', async () => {
    await server.close();
    const silent = await streamServer(where, (socket) => socket.pause());
    if ('port' in where) where.port = silent.port;
    const { statsd } = clientOf({ protocol, ...where, timeoutMs: 50, maxOutboxBytes: 100_000, maxPacketBytes: 50_000 });
    const name = 'x'.repeat(200);
    for (let count = 0; count < 100_000; count++) statsd.increment(name);
    await statsd.close();
    const { lines, bytes, dropped } = statsd.statistics();
    expect(lines).toBe(100_000);
    expect(dropped).toBeGreaterThan(0);
    expect(bytes / (name.length + 5) + dropped).toBe(lines);
  });

  it('leaves no connection behind', async () => {
    const { statsd } = clientOf({ protocol, ...where });
    statsd.increment('a');
    await server.lines(1);
    const [connection] = server.connections;
    await statsd.close();
    if (!connection!.closed) await once(connection!, 'close');
    expect(server.connections).toHaveLength(0);
  });
});
