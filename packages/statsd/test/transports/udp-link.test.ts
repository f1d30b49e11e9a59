import { Socket } from 'node:dgram';
import { udpLinks, type Lookup } from '../../src/transports/udp-link.js';
import { openUdpReceiver, type UdpReceiver } from '../support/udp-receiver.js';

let receiver: UdpReceiver;
beforeEach(async () => {
  receiver = await openUdpReceiver();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await receiver.close();
});

/** Opens a link and waits until it is open. */
async function openLink(host: string, lookup?: Lookup) {
  const [onLost, onDrain] = [jest.fn(), jest.fn()];
  const link = await new Promise<ReturnType<ReturnType<typeof udpLinks>>>((resolve) => {
    const opening = udpLinks(host, receiver.port, lookup)({ onOpen: () => resolve(opening), onDrain, onLost });
  });
  const write = (text: string) => new Promise<Error | null | undefined>((resolve) => link.write(text, resolve));
  const close = () => new Promise<void>((resolve) => link.close(resolve));
  return { link, onLost, onDrain, write, close };
}

describe('a UDP link', () => {
  it('sends each packet as a datagram', async () => {
    const { write, close } = await openLink('127.0.0.1');
    expect(await write('a:1|c')).toBeFalsy();
    expect(await write('b:1|c')).toBeFalsy();
    expect(await receiver.packets(2)).toEqual(['a:1|c', 'b:1|c']);
    await close();
  });

  it('D1: on Deno, which sends what waits together in any order, has one packet wait for the other', async () => {
    Object.assign(globalThis, { Deno: {} });
    try {
      const { link, write, close, onDrain } = await openLink('127.0.0.1');
      expect(link.write('a:1|c', () => expect(onDrain).not.toHaveBeenCalled())).toBe(false);
      expect(await receiver.packets(1)).toEqual(['a:1|c']);
      await write('b:1|c');
      expect(onDrain).toHaveBeenCalledTimes(2);
      await close();
    } finally {
      Reflect.deleteProperty(globalThis, 'Deno');
    }
  });

  it('sends to a host name, over IPv4 where there is a choice', async () => {
    const { write, close } = await openLink('localhost');
    await write('a:1|c');
    expect(await receiver.packets(1)).toEqual(['a:1|c']);
    await close();
  });

  it('looks a host name up again after a minute, and keeps the old address meanwhile and when that fails', async () => {
    let now = 1_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const answers: ((error: Error | null, address: string, family: number) => void)[] = [];
    const lookup = jest.fn<void, Parameters<Lookup>>((_host, _options, callback) => {
      if (answers.push(callback) === 1) process.nextTick(callback, null, '127.0.0.1', 4);
    });
    const { write, close } = await openLink('statsd.example', lookup);
    expect(lookup).toHaveBeenLastCalledWith('statsd.example', { order: 'ipv4first' }, expect.anything());
    now += 59_999;
    await write('a:1|c');
    expect(lookup).toHaveBeenCalledTimes(1);
    now += 1;
    await write('b:1|c');
    await write('c:1|c');
    expect(lookup).toHaveBeenCalledTimes(2);
    expect(lookup).toHaveBeenLastCalledWith('statsd.example', { family: 4 }, expect.anything());
    answers[1]!(new Error('no name server'), '', 0);
    await write('d:1|c');
    now += 60_000;
    await write('e:1|c');
    answers[2]!(null, '127.0.0.2', 4);
    await write('elsewhere:1|c');
    expect(await receiver.packets(5)).toEqual(['a:1|c', 'b:1|c', 'c:1|c', 'd:1|c', 'e:1|c']);
    await close();
  });

  it('never looks an address up again', async () => {
    const lookup = jest.fn<void, Parameters<Lookup>>((host, _options, callback) => {
      process.nextTick(callback, null, host, 4);
    });
    const { write, close } = await openLink('127.0.0.1', lookup);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    await write('a:1|c');
    expect(lookup).toHaveBeenCalledTimes(1);
    await close();
  });

  it('is lost when the host name is not known', async () => {
    const error = await new Promise<Error | undefined>((resolve) => {
      udpLinks('no-such-host.invalid', 8125)({ onOpen: jest.fn(), onDrain: jest.fn(), onLost: resolve });
    });
    expect(error).toHaveProperty('syscall', 'getaddrinfo');
  });

  it('says nothing more when it was ended during the look-up', async () => {
    let answer: () => void = () => undefined;
    const events = { onOpen: jest.fn(), onDrain: jest.fn(), onLost: jest.fn() };
    const link = udpLinks('statsd.example', 8125, (_host, _options, callback) => {
      answer = () => callback(null, '127.0.0.1', 4);
    })(events);
    await new Promise<void>((resolve) => link.close(resolve));
    answer();
    link.destroy();
    expect(events.onOpen).not.toHaveBeenCalled();
    expect(events.onLost).not.toHaveBeenCalled();
  });

  it('gives a packet that the system refuses back with its error', async () => {
    const { write, close } = await openLink('127.0.0.1');
    expect(await write('x'.repeat(70_000))).toHaveProperty('code', 'EMSGSIZE');
    expect(await write('a:1|c')).toBeFalsy();
    await close();
  });

  it('is lost when its socket fails', async () => {
    const unref = jest.spyOn(Socket.prototype, 'unref');
    const { onLost } = await openLink('127.0.0.1');
    const socket = unref.mock.contexts[0] as Socket;
    const error = new Error('no buffers');
    socket.emit('error', error);
    socket.emit('error', error);
    expect(onLost.mock.calls).toEqual([[error]]);
  });

  it('does not keep the process alive', async () => {
    const held = () => process.getActiveResourcesInfo().filter((type) => type === 'UDPWRAP').length;
    const before = held();
    const { write, close } = await openLink('127.0.0.1');
    await write('a:1|c');
    expect(held()).toBe(before);
    await close();
  });
});
