import type { Link } from '../../src/transports/link.js';
import { unixDatagramLinks } from '../../src/transports/unix-datagram-link.js';
import { fakeUnixDgram, type FakeUnixDgram } from '../support/fake-unix-dgram.js';

const ENOENT = -2;
const EMFILE = -24;
const EMSGSIZE = -90;
const ECONNREFUSED = -111;

let system: FakeUnixDgram;
let events: { onOpen: jest.Mock; onDrain: jest.Mock; onLost: jest.Mock };

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  system = fakeUnixDgram();
  events = { onOpen: jest.fn(), onDrain: jest.fn(), onLost: jest.fn() };
});
afterEach(() => {
  jest.useRealTimers();
});

/** Starts to open a link, and lets the package load. */
async function begin(): Promise<Link> {
  const link = unixDatagramLinks('/run/statsd.sock', async () => system.module)(events);
  expect(events.onOpen).not.toHaveBeenCalled();
  await Promise.resolve();
  await Promise.resolve();
  return link;
}

async function openLink() {
  const link = await begin();
  expect(events.onOpen).toHaveBeenCalledTimes(1);
  const written: (string | Error)[] = [];
  const write = (text: string) => link.write(text, (error) => written.push(error ?? text));
  return { link, write, written };
}

const turn = () => jest.advanceTimersByTime(0);
const codes = () => events.onLost.mock.calls.map(([error]) => (error as NodeJS.ErrnoException).code);

describe('a unix datagram link', () => {
  it('sends each packet as a datagram, and says so on a later turn', async () => {
    const { write, written } = await openLink();
    expect(system.sockets[0]).toMatchObject({ path: '/run/statsd.sock' });
    expect(write('a:1|c')).toBe(true);
    expect(write('b:1|c')).toBe(true);
    expect(system.sockets[0]!.sent).toEqual(['a:1|c', 'b:1|c']);
    expect(written).toEqual([]);
    turn();
    expect(written).toEqual(['a:1|c', 'b:1|c']);
  });

  it('has a socket only while there is something to send, so that it does not keep the process alive', async () => {
    const { link, write } = await openLink();
    link.setRef(true);
    expect(system.sockets[0]!.isOpen).toBe(true);
    link.setRef(false);
    expect(system.sockets[0]!.isOpen).toBe(false);
    write('a');
    expect(system.sockets).toMatchObject([{ isOpen: false }, { isOpen: true, path: '/run/statsd.sock', sent: ['a'] }]);
    link.setRef(false);
    expect(system.sockets[1]!.isOpen).toBe(false);
  });

  it.each([
    ['socket', EMFILE, 'EMFILE'],
    ['connect', ENOENT, 'ENOENT'],
  ] as const)('is lost when its first socket cannot be had: %s', async (on, answer, code) => {
    system.answers.push({ on, answer });
    await begin();
    expect(events.onOpen).not.toHaveBeenCalled();
    expect(codes()).toEqual([code]);
  });

  it('is lost when the package cannot be loaded', async () => {
    const error = new Error('not installed');
    unixDatagramLinks('/run/statsd.sock', () => Promise.reject(error))(events);
    await Promise.resolve();
    await Promise.resolve();
    expect(events.onLost.mock.calls).toEqual([[error, true]]);
  });

  it('sends a packet through a new socket at once when another server has come to the path', async () => {
    const { write, written } = await openLink();
    system.answers.push({ on: 'send', answer: ECONNREFUSED });
    expect(write('a')).toBe(true);
    turn();
    expect(written).toEqual(['a']);
    expect(system.sockets).toMatchObject([
      { isOpen: false, sent: [] },
      { isOpen: true, sent: ['a'] },
    ]);
    expect(events.onLost).not.toHaveBeenCalled();
  });

  it('is lost, once and later, when there is no other server; what it was given has not been sent', async () => {
    const { link, write, written } = await openLink();
    system.answers.push({ on: 'send', answer: ECONNREFUSED }, { on: 'connect', answer: ENOENT });
    expect(write('a')).toBe(false);
    expect(events.onLost).not.toHaveBeenCalled();
    turn();
    expect(codes()).toEqual(['ENOENT']);
    expect(events.onLost).toHaveBeenCalledWith(expect.anything(), true);
    expect(written).toEqual([]);
    expect(system.sockets.some(({ isOpen }) => isOpen)).toBe(false);
    link.destroy();
    turn();
    expect(events.onLost).toHaveBeenCalledTimes(1);
  });

  it('is lost when a new socket is refused as well', async () => {
    const { link, write } = await openLink();
    link.setRef(false);
    system.answers.push({ on: 'send', answer: ECONNREFUSED });
    expect(write('a')).toBe(false);
    turn();
    expect(codes()).toEqual(['ECONNREFUSED']);
  });

  it('gives a packet that is too long back with its error, and goes on', async () => {
    const { write, written } = await openLink();
    system.answers.push({ on: 'send', answer: EMSGSIZE });
    expect(write('long')).toBe(true);
    expect(write('short')).toBe(true);
    turn();
    expect(written).toEqual([expect.objectContaining({ code: 'EMSGSIZE' }), 'short']);
    expect(events.onLost).not.toHaveBeenCalled();
  });

  describe('to a server that has no room', () => {
    it('waits with the packet until there is some, and then says that the next one can come', async () => {
      const { write, written } = await openLink();
      system.answers.push({ on: 'send', answer: 'full' });
      expect(write('a')).toBe(false);
      jest.advanceTimersByTime(60_000);
      expect(written).toEqual([]);
      system.sockets[0]!.roomAgain();
      expect(events.onDrain).toHaveBeenCalledTimes(1);
      turn();
      expect(written).toEqual(['a']);
      expect(system.sockets[0]!.sent).toEqual(['a']);
      system.sockets[0]!.roomAgain();
      expect(events.onDrain).toHaveBeenCalledTimes(1);
    });

    it('does not try without end where the system says that there is room when there is none', async () => {
      const { write } = await openLink();
      for (let n = 0; n < 3; n++) system.answers.push({ on: 'send', answer: 'full' });
      write('a');
      system.sockets[0]!.roomAgain();
      expect(system.answers).toHaveLength(1);
      system.sockets[0]!.roomAgain();
      jest.advanceTimersByTime(9);
      expect(system.answers).toHaveLength(1);
      jest.advanceTimersByTime(1);
      expect(system.answers).toHaveLength(0);
      system.sockets[0]!.roomAgain();
      jest.advanceTimersByTime(10);
      expect(system.sockets[0]!.sent).toEqual(['a']);
      expect(events.onDrain).toHaveBeenCalledTimes(1);
      system.answers.push({ on: 'send', answer: 'full' });
      write('b');
      system.sockets[0]!.roomAgain();
      expect(system.sockets[0]!.sent).toEqual(['a', 'b']);
    });

    it('is lost when the server goes, and has not sent the packet', async () => {
      const { write, written } = await openLink();
      system.answers.push({ on: 'send', answer: 'full' });
      write('a');
      system.answers.push({ on: 'send', answer: ECONNREFUSED }, { on: 'connect', answer: ECONNREFUSED });
      system.sockets[0]!.roomAgain();
      turn();
      expect(codes()).toEqual(['ECONNREFUSED']);
      expect(events.onDrain).not.toHaveBeenCalled();
      expect(written).toEqual([]);
    });

    it('leaves nothing behind when it is ended', async () => {
      const { link, write, written } = await openLink();
      for (let n = 0; n < 2; n++) system.answers.push({ on: 'send', answer: 'full' });
      write('a');
      system.sockets[0]!.roomAgain();
      system.sockets[0]!.roomAgain();
      link.destroy();
      expect(jest.getTimerCount()).toBe(0);
      system.sockets[0]!.roomAgain();
      expect(system.sockets).toMatchObject([{ isOpen: false, sent: [] }]);
      expect(written).toEqual([]);
    });
  });

  it.each(['destroyed', 'closed'])('opens no socket when it was %s while the package was loaded', async (how) => {
    const link = unixDatagramLinks('/run/statsd.sock', async () => system.module)(events);
    const onClosed = jest.fn();
    if (how === 'destroyed') link.destroy();
    else link.close(onClosed);
    await Promise.resolve();
    await Promise.resolve();
    expect(onClosed).toHaveBeenCalledTimes(how === 'closed' ? 1 : 0);
    expect(system.sockets).toHaveLength(0);
    expect(events.onOpen).not.toHaveBeenCalled();
    expect(events.onLost).not.toHaveBeenCalled();
  });

  it('says nothing of a package that failed to load after it was ended', async () => {
    const link = unixDatagramLinks('/run/statsd.sock', () => Promise.reject(new Error('late')))(events);
    link.destroy();
    await Promise.resolve();
    await Promise.resolve();
    expect(events.onLost).not.toHaveBeenCalled();
  });
});
