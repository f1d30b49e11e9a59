import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnixDatagramSocket } from '../../src/transports/unix-datagram-socket.js';
import { loadUnixDgram, type UnixDgram } from '../../src/transports/unix-dgram.js';
import { fakeUnixDgram } from '../support/fake-unix-dgram.js';
import { startStreamServer } from '../support/stream-server.js';
import { openUnixReceiver } from '../support/unix-receivers.js';

let directory: string;
let path: string;
let unixDgram: UnixDgram;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'stasis-rx-'));
  path = join(directory, 'statsd.sock');
  unixDgram = await loadUnixDgram();
});
afterEach(() => rmSync(directory, { recursive: true }));

const onRoom = () => undefined;
const packet = Buffer.from('a:1|c');

describe('UnixDatagramSocket', () => {
  it('sends a datagram, which is the packet', async () => {
    const receiver = await openUnixReceiver(path);
    const socket = new UnixDatagramSocket(unixDgram, path, onRoom);
    expect(socket.send(packet)).toBe(true);
    expect(await receiver.packets(1)).toEqual(['a:1|c']);
    socket.close();
    await receiver.close();
  });

  it('throws what Node would, when nobody listens at the path', async () => {
    const open = () => new UnixDatagramSocket(unixDgram, path, onRoom);
    expect(open).toThrow(
      expect.objectContaining({ message: `connect ENOENT ${path}`, code: 'ENOENT', syscall: 'connect', path }),
    );
    const receiver = await openUnixReceiver(path);
    await receiver.close();
    expect(open).toThrow(`connect ECONNREFUSED ${path}`);
    rmSync(path);
    writeFileSync(path, '');
    expect(open).toThrow(`connect ECONNREFUSED ${path}`);
  });

  it('throws when a stream socket is there', async () => {
    const server = await startStreamServer({ path });
    expect(() => new UnixDatagramSocket(unixDgram, path, onRoom)).toThrow(`connect EPROTOTYPE ${path}`);
    await server.close();
  });

  it('throws when the server has gone, and when the packet is too long', async () => {
    const receiver = await openUnixReceiver(path);
    const socket = new UnixDatagramSocket(unixDgram, path, onRoom);
    expect(() => socket.send(Buffer.alloc(1_000_000))).toThrow(`send EMSGSIZE ${path}`);
    await receiver.close();
    expect(() => socket.send(packet)).toThrow(`send ECONNREFUSED ${path}`);
    socket.close();
  });

  it('says when the server has no room, and when there is some again', async () => {
    const receiver = await openUnixReceiver(path);
    let roomAgain: () => void = () => undefined;
    const room = new Promise<void>((resolve) => (roomAgain = resolve));
    const socket = new UnixDatagramSocket(unixDgram, path, () => roomAgain());
    let taken = 0;
    while (socket.send(packet)) taken++;
    expect(taken).toBeGreaterThan(0);
    await room;
    expect(socket.send(packet)).toBe(true);
    expect(await receiver.packets(taken + 1)).toHaveLength(taken + 1);
    socket.close();
    await receiver.close();
  });

  it('is closed once, whatever the system says to it', () => {
    const { module, sockets } = fakeUnixDgram();
    const socket = new UnixDatagramSocket(module, path, onRoom);
    socket.close();
    expect(() => socket.close()).not.toThrow();
    expect(sockets[0]!.isOpen).toBe(false);
  });

  it('leaves no socket open that it could not connect', () => {
    const { module, sockets, answers } = fakeUnixDgram();
    answers.push({ on: 'connect', answer: -13 });
    expect(() => new UnixDatagramSocket(module, path, onRoom)).toThrow(`connect EACCES ${path}`);
    expect(sockets[0]!.isOpen).toBe(false);
    answers.push({ on: 'socket', answer: -24 });
    expect(() => new UnixDatagramSocket(module, path, onRoom)).toThrow(`socket EMFILE ${path}`);
  });

  it('passes on what is not an error of the system', () => {
    const createSocket = () => {
      throw new Error('not on this platform');
    };
    expect(() => new UnixDatagramSocket({ createSocket }, path, onRoom)).toThrow('not on this platform');
  });
});
