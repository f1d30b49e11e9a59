import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject, firstValueFrom } from 'rxjs';
import type { StasisError } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '../../src/client/client.js';
import type { StatsDClientOptions } from '../../src/client/options.js';
import { Inbox } from '../support/inbox.js';
import { breakOff, startStreamServer, type StreamServer } from '../support/stream-server.js';
import { openUdpReceiver } from '../support/udp-receiver.js';
import { openUnixReceiver, startPythonReceiver, type UnixReceiver } from '../support/unix-receivers.js';

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

describe.each([
  ['through the same package', openUnixReceiver],
  ['through the sockets of Python', startPythonReceiver],
])('over unix datagrams, which are received %s', (_how, open) => {
  const protocol = 'unixgram';
  let path: string;

  async function receiver(): Promise<UnixReceiver> {
    const opened = await open(path);
    cleanUps.push(() => opened.close());
    return opened;
  }

  beforeEach(() => {
    path = socketPath();
  });

  it('sends packets as datagrams of at most 8192 bytes, without a newline at their end', async () => {
    const server = await receiver();
    const { statsd } = clientOf({ protocol, path });
    statsd.increment('a');
    statsd.gauge('größe', -5);
    await statsd.flush();
    expect(await server.packets(1)).toEqual(['a:1|c\ngröße:0|g\ngröße:-5|g']);
    expect(statsd.statistics()).toEqual({ lines: 3, packets: 1, bytes: 30, errors: 0, dropped: 0 });
    for (let n = 0; n < 1000; n++) statsd.increment('name.of.a.counter');
    await statsd.close();
    const packets = await server.packets(4);
    expect(packets.slice(1).map((packet) => packet.length)).toEqual([8183, 8183, 5631]);
  });

  it('D2: sends them with one when asked to, and no more bytes than told', async () => {
    const server = await receiver();
    const { statsd } = clientOf({ protocol, path, addNewline: true, maxPacketBytes: 14 });
    for (const name of ['a', 'b', 'c']) statsd.increment(name);
    await statsd.close();
    expect(await server.packets(2)).toEqual(['a:1|c\nb:1|c\n', 'c:1|c\n']);
  });

  it('sends every packet of a burst that is far more than the server has room for, in order', async () => {
    const server = await receiver();
    const { statsd } = clientOf({ protocol, path, maxPacketBytes: 100 });
    for (let n = 0; n < 20_000; n++) statsd.gauge('level', n);
    await statsd.close();
    const { packets, dropped, errors } = statsd.statistics();
    expect({ dropped, errors }).toEqual({ dropped: 0, errors: 0 });
    const lines = (await server.packets(packets)).join('\n').split('\n');
    expect(lines).toEqual(Array.from({ length: 20_000 }, (_, n) => `level:${n}|g`));
  });

  it('loses nothing of what was logged before there was a server, and while it was away', async () => {
    const { statsd, errors$ } = clientOf({ protocol, path });
    const missing = firstValueFrom(errors$);
    statsd.increment('early');
    await statsd.flush();
    expect((await missing).message).toBe(`[statsd] cannot connect to unixgram ${path}: connect ENOENT ${path}.`);
    const first = await receiver();
    expect(await first.packets(1)).toEqual(['early:1|c']);
    await statsd.flush();

    await first.close();
    const refused = firstValueFrom(errors$);
    statsd.increment('meanwhile');
    await statsd.flush();
    expect(await refused).toMatchObject({
      code: 'TRANSPORT',
      message: `[statsd] lost the connection to unixgram ${path}: connect ECONNREFUSED ${path}.`,
    });

    const second = await receiver();
    statsd.gauge('later', -5);
    const packets = await second.packets(2);
    expect(packets).toEqual(['meanwhile:1|c', 'later:0|g\nlater:-5|g']);
    await statsd.flush();
    expect(statsd.statistics()).toMatchObject({ lines: 4, packets: 3, dropped: 0 });
  });

  it('sends to the server that has taken over the path, without an error', async () => {
    const first = await receiver();
    const { statsd } = clientOf({ protocol, path });
    statsd.increment('a');
    await statsd.flush();
    await first.packets(1);
    await first.close();
    const second = await receiver();
    statsd.increment('b');
    expect(await second.packets(1)).toEqual(['b:1|c']);
    await statsd.flush();
    expect(statsd.statistics()).toMatchObject({ lines: 2, packets: 2, errors: 0, dropped: 0 });
  });
});

describe('over unix datagrams, to a server that does not read', () => {
  let path: string;
  let server: UnixReceiver;

  beforeEach(async () => {
    path = socketPath();
    server = await startPythonReceiver(path, false);
    cleanUps.push(() => server.close());
  });

  it('holds back what it has no room for, within the outbox, and sends it when there is room', async () => {
    const { statsd, errors$ } = clientOf({ protocol: 'unixgram', path, maxPacketBytes: 100, maxOutboxBytes: 1000 });
    const full = firstValueFrom(errors$);
    statsd.gauge('level', 0);
    await statsd.flush();
    for (let n = 1; n < 20_000; n++) statsd.gauge('level', n);
    expect((await full).message).toContain(`[statsd] the outbox for unixgram ${path} is full`);
    server.read();
    await statsd.close();
    const { lines, packets, dropped } = statsd.statistics();
    const received = (await server.packets(packets)).join('\n').split('\n');
    expect(lines).toBe(20_000);
    expect(received).toHaveLength(lines - dropped);
    expect(received.at(-1)).toBe('level:19999|g');
  });

  it('flushes and closes within timeoutMs, and counts what it could not send', async () => {
    const { statsd } = clientOf({ protocol: 'unixgram', path, maxPacketBytes: 100, timeoutMs: 50 });
    for (let n = 0; n < 20_000; n++) statsd.gauge('level', n);
    await statsd.flush();
    await statsd.close();
    const { lines, packets, dropped } = statsd.statistics();
    server.read();
    const received = (await server.packets(packets)).join('\n').split('\n');
    expect(packets).toBeGreaterThan(0);
    expect(received).toHaveLength(lines - dropped);
    expect(received.at(-1)).toBe(`level:${received.length - 1}|g`);
  });
});

describe('over a stream of packets', () => {
  it('sends each behind its length, and again through a new connection', async () => {
    const path = socketPath();
    const inbox = new Inbox();
    const server = await streamServer({ path }, (socket) => {
      let bytes = Buffer.alloc(0);
      socket.on('data', (data) => {
        bytes = Buffer.concat([bytes, data]);
        while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32LE()) {
          const end = 4 + bytes.readUInt32LE();
          inbox.add(bytes.subarray(4, end).toString());
          bytes = bytes.subarray(end);
        }
      });
    });
    const { statsd, errors$ } = clientOf({ protocol: 'unixstream', path });
    statsd.increment('größe');
    statsd.gauge('b', -5);
    expect(await inbox.atLeast(1)).toEqual(['größe:1|c\nb:0|g\nb:-5|g']);
    const lost = firstValueFrom(errors$);
    breakOff(server.connections[0]!);
    await lost;
    statsd.increment('c');
    expect(await inbox.atLeast(2)).toEqual(['größe:1|c\nb:0|g\nb:-5|g', 'c:1|c']);
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
