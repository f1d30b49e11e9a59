import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Link, OpenLink } from '../../src/transports/link.js';
import { tcpLinks, unixLinks, unixStreamLinks } from '../../src/transports/stream-link.js';
import { breakOff, startStreamServer, type StreamServer } from '../support/stream-server.js';

const directory = mkdtempSync(join(tmpdir(), 'stasis-rx-'));
const path = join(directory, 'statsd.sock');
let server: StreamServer;

afterEach(() => server.close());
afterAll(() => rmSync(directory, { recursive: true }));

async function open(openLink: OpenLink) {
  const lost = jest.fn<void, [Error?]>();
  const drained = jest.fn();
  const link = await new Promise<Link>((resolve) => {
    const opening = openLink({ onOpen: () => resolve(opening), onDrain: drained, onLost: lost });
  });
  return { link, lost, drained, close: () => new Promise<void>((resolve) => link.close(resolve)) };
}

type OnConnection = Parameters<typeof startStreamServer>[1];
const kinds: [string, (onConnection?: OnConnection) => Promise<StreamServer>, () => OpenLink][] = [
  ['TCP', (onConnection) => startStreamServer(undefined, onConnection), () => tcpLinks('127.0.0.1', server.port)],
  ['unix', (onConnection) => startStreamServer({ path }, onConnection), () => unixLinks(path)],
];

describe.each(kinds)('a %s link', (kind, start, links) => {
  beforeEach(async () => {
    server = await start();
  });

  it('sends packets in order', async () => {
    const { link, close } = await open(links());
    const taken = await new Promise<boolean>((resolve) => {
      link.write('a:1|c\n', () => undefined);
      link.write('b:1|c\n', () => resolve(true));
    });
    expect(taken).toBe(true);
    expect(await server.lines(2)).toEqual(['a:1|c', 'b:1|c']);
    await close();
  });

  it('sends everything that was written before it closes', async () => {
    const { link, close, lost } = await open(links());
    const lines = Array.from({ length: 20_000 }, (_, index) => `metric.number.${index}:1|c`);
    for (const line of lines) link.write(`${line}\n`, () => undefined);
    await close();
    expect(await server.lines(lines.length)).toEqual(lines);
    expect(lost).not.toHaveBeenCalled();
  });

  it('says when it is full, and when there is room again', async () => {
    const { link, drained, close } = await open(links());
    const packet = `${'x'.repeat(1_000_000)}\n`;
    await new Promise<void>((resolve) => {
      drained.mockImplementation(resolve);
      while (link.write(packet, () => undefined));
    });
    expect(drained).toHaveBeenCalledTimes(1);
    await close();
  });

  it('is lost, once, when the server ends the connection', async () => {
    let onLost: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (onLost = resolve));
    const { lost } = await open((events) =>
      links()({
        ...events,
        onLost(error) {
          events.onLost(error);
          onLost();
        },
      }),
    );
    await server.connected(1);
    server.connections[0]!.end('goodbye\n');
    await ended;
    await new Promise(setImmediate);
    expect(lost).toHaveBeenCalledTimes(1);
  });

  it('is lost when the server says goodbye, though it has not read what was written', async () => {
    await server.close();
    server = await start((socket) => socket.pause());
    let onLost: (error?: Error) => void = () => undefined;
    const ended = new Promise<Error | undefined>((resolve) => (onLost = resolve));
    const link = await new Promise<Link>((resolve) => {
      const opening = links()({ onOpen: () => resolve(opening), onDrain: () => undefined, onLost });
    });
    link.write('x'.repeat(10_000_000), () => undefined);
    await server.connected(1);
    server.connections[0]!.end();
    expect(await ended).toBeUndefined();
  });

  it('is lost when the connection breaks', async () => {
    const error = await new Promise<Error | undefined>((resolve) => {
      const link = links()({
        onOpen: () => {
          link.write('a:1|c\n', () => undefined);
          void server.lines(1).then(() => breakOff(server.connections[0]!));
        },
        onDrain: () => undefined,
        onLost: resolve,
      });
    });
    // On a unix socket, a server that dies just ends the stream.
    if (kind === 'TCP') expect(error).toHaveProperty('code', 'ECONNRESET');
    else expect(error).toBeUndefined();
  });

  it.each(['destroyed', 'closed'])('says nothing after it was %s, before it was open', async (how) => {
    const events = { onOpen: jest.fn(), onDrain: jest.fn(), onLost: jest.fn() };
    const link = links()(events);
    if (how === 'destroyed') link.destroy();
    await new Promise<void>((resolve) => link.close(resolve));
    expect(events.onOpen).not.toHaveBeenCalled();
    expect(events.onLost).not.toHaveBeenCalled();
  });

  it('is lost when its socket ends without a word', async () => {
    const resume = jest.spyOn(Socket.prototype, 'resume');
    const lost = new Promise<Error | undefined>((onLost) => {
      links()({ onOpen: () => (resume.mock.contexts[0] as Socket).destroy(), onDrain: () => undefined, onLost });
    });
    expect(await lost).toBeUndefined();
    resume.mockRestore();
  });

  it('throws what the server sends away', async () => {
    const { close, lost } = await open(links());
    await server.connected(1);
    await new Promise((resolve) => server.connections[0]!.write('x'.repeat(200_000), resolve));
    await close();
    expect(lost).not.toHaveBeenCalled();
  });
});

describe('a link to a stream of packets', () => {
  it('writes each packet behind its length, in bytes, as four bytes with the lowest first', async () => {
    const received: Buffer[] = [];
    let onBytes: () => void = () => undefined;
    server = await startStreamServer({ path }, (socket) => {
      socket.on('data', (data) => {
        received.push(data);
        onBytes();
      });
    });
    const { link, close } = await open(unixStreamLinks(path));
    const long = 'x'.repeat(300);
    link.write('größe:1|g', () => undefined);
    link.write(long, () => undefined);
    const expected = Buffer.concat([
      Buffer.from([11, 0, 0, 0]),
      Buffer.from('größe:1|g'),
      Buffer.from([44, 1, 0, 0]),
      Buffer.from(long),
    ]);
    await new Promise<void>((resolve) => {
      onBytes = () => {
        if (Buffer.concat(received).length >= expected.length) resolve();
      };
      onBytes();
    });
    expect(Buffer.concat(received)).toEqual(expected);
    await close();
  });
});

describe('a link to nobody', () => {
  beforeEach(async () => {
    server = await startStreamServer();
  });

  it.each<[string, () => OpenLink, string]>([
    ['TCP', () => tcpLinks('127.0.0.1', server.port), 'ECONNREFUSED'],
    ['unix', () => unixLinks(join(directory, 'nobody.sock')), 'ENOENT'],
    ['TCP to an unknown host', () => tcpLinks('no-such-host.invalid', 8125), 'getaddrinfo'],
  ])('is lost with the reason: %s', async (_kind, links, reason) => {
    const openLink = links();
    await server.close();
    const error = await new Promise<Error | undefined>((resolve) => {
      openLink({ onOpen: () => undefined, onDrain: () => undefined, onLost: resolve });
    });
    expect(error?.message).toContain(reason);
    server = await startStreamServer();
  });
});
