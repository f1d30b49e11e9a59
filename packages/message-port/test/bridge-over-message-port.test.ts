import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createBus, InvalidArgumentError, subscribe } from '@stasis-rx/core';
import { bridgeOverMessagePort, type Port } from '@stasis-rx/message-port';
import { fakePorts } from './support/fake-ports.js';
import { join, Note, upTo, type Member } from './support/member.js';

const plain = { topics: ['calls'], types: [Note] };

/** What an end of another bridge posts. */
const beat = (eid: string, lanes: readonly unknown[] = [['calls', 1, 0]]): unknown[] => [
  'stasis-rx',
  null,
  JSON.stringify({ v: 2, o: eid, e: 'e1', k: 'beat', h: 0, l: lanes }),
];

/** Whether a port keeps the process alive; the declarations do not have the function that says so. */
const holds = (port: MessagePort): boolean => (port as MessagePort & { hasRef(): boolean }).hasRef();

describe('bridgeOverMessagePort', () => {
  const ports: MessagePort[] = [];

  const channel = (): readonly [MessagePort, MessagePort] => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    return [port1, port2];
  };

  const together = async ([one, other]: readonly [Port, Port]): Promise<readonly [Member, Member]> => {
    const [a, b] = [join('a', one), join('b', other)];
    await Promise.all([a.link.ready, b.link.ready]);
    return [a, b];
  };

  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  const fakeWindow: Record<string, unknown> = { ...fakePorts('target')[0] };
  fakeWindow.window = fakeWindow;

  it.each([
    ['port to have postMessage, and listeners for messages, got undefined', undefined, plain],
    ['port to have postMessage, and listeners for messages, got "worker.js" (string)', 'worker.js', plain],
    ['port to have postMessage, and listeners for messages, got Object', { postMessage: () => undefined }, plain],
    ['port to have postMessage, and listeners for messages, got EventTarget', new EventTarget(), plain],
    ['topics to be an array', fakePorts('target')[0], { ...plain, topics: 'calls' }],
    ['types[0] to be a message type, got "note" (string)', fakePorts('target')[0], { ...plain, types: ['note'] }],
    ['types to be an array', fakePorts('emitter')[0], { ...plain, types: Note }],
    ['options with topics and types, got undefined', fakePorts('emitter')[0], undefined],
  ])('B2: says that it expected %s', (text, port, options) => {
    const make = () => bridgeOverMessagePort(createBus(), port as never, options as never);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(`[message-port] bridgeOverMessagePort(): expected ${text}`);
  });

  it('B2: says that a window is no port, and what to do', () => {
    const make = () => bridgeOverMessagePort(createBus(), fakeWindow as never, plain);
    expect(make).toThrow('Make a MessageChannel, post one of its ports to the window, and give the other one.');
  });

  it.each(['target', 'emitter', 'emitter of events'] as const)('B4: goes over a port that is a(n) %s', async (kind) => {
    const [a, b] = await together(fakePorts(kind));
    a.publish(200);
    b.publish(100);
    await a.until(() => a.numbers('b').length >= 100);
    await b.until(() => b.numbers('a').length >= 200);
    expect([a.numbers('b'), b.numbers('a')]).toEqual([upTo(100), upTo(200)]);
    await Promise.all([a.link.close(), b.link.close()]);
  });

  it('B10: leaves other messages on the port alone, and reports what is none of a bridge though it is marked', async () => {
    const [one, other] = channel();
    const [a, b] = await together([one, other]);
    await b.until(() => b.events.some(({ type }) => type === 'snapshot')); // while they come, frames wait and may be dropped
    const seen: unknown[] = [];
    other.on('message', (data: unknown) => {
      if (!Array.isArray(data) || data[0] !== 'stasis-rx') seen.push(data);
    });
    const others = [undefined, null, 1, 'text', {}, [], { data: 1 }, { data: null }, ['x', 'calls', '{}']];
    const junk = [
      ...[undefined, 1, {}, [], '', '{', '[]', 'null', '{"v":1}'].flatMap((content) => [
        ['stasis-rx', 'calls', content],
        ['stasis-rx', null, content],
      ]),
      ['stasis-rx'],
      ['stasis-rx', 'calls', 'x'.repeat(9_000_000)],
    ];
    for (const data of [...others, ['stasis-rx', 'elsewhere', '{}'], ...junk]) one.postMessage(data);
    a.publish(1);
    await b.until(() => b.state('a') === 1);
    expect(seen).toEqual(others);
    expect(b.events.flatMap((event) => (event.type === 'rejected' ? event.reason : []))).toEqual([
      ...junk.slice(1).map(() => 'malformed'),
      'oversized',
    ]);
    expect(b.events.filter(({ type }) => type === 'error')).toEqual([]);
    await Promise.all([a.link.close(), b.link.close()]);
  });

  it('B6, B10: what cannot be posted is tried again, what cannot be read is told of', async () => {
    const [one, other] = fakePorts('target');
    const [a, b] = await together([one, other]);
    one.isBroken = true;
    a.publish(1);
    await a.until(() => a.events.some(({ type }) => type === 'retry'));
    one.isBroken = false;
    await a.link.flushed();
    await b.until(() => b.state('a') === 1);
    other.tell('messageerror', undefined);
    expect(b.events.at(-1)).toMatchObject({
      type: 'error',
      error: { message: 'a message on the port cannot be read' },
    });
    await Promise.all([a.link.close(), b.link.close()]);
  });

  it('B9, B13: when the port is closed the peer has left, its entries with it, and the bridge ends', async () => {
    const [one, other] = channel();
    const [a, b] = await together([one, other]);
    a.publish(3);
    await b.until(() => b.state('a') === 3);
    other.close();
    for (const member of [a, b]) await member.until(() => member.events.at(-1)?.type === 'closed');
    expect(b.state('a')).toBeUndefined();
    expect(b.events.map(({ type }) => type).slice(-4)).toEqual(['disconnected', 'peer-left', 'error', 'closed']);
    expect(b.link.peers()).toEqual([]);
    a.publish(1);
    await expect(a.link.flushed()).rejects.toMatchObject({ code: 'BRIDGE_CLOSED' });
    await Promise.all([a.link.close(), b.link.close()]);
  });

  it('B12, B13: what had come when the port was closed is delivered before the bridge ends', async () => {
    const [one, other] = channel();
    const [a, b] = await together([one, other]);
    const handled: number[] = [];
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    subscribe(b.bus.topic('calls'), ({ data }) => (handled.push(data.n), gate), { accept: [Note], highWater: 5 });
    a.publish(2000);
    await a.link.flushed();
    one.close();
    await b.until(() => b.events.at(-1)?.type === 'disconnected');
    expect(b.state('a')).toBeUndefined();
    expect(handled).toEqual([1]);
    release?.();
    await b.until(() => b.events.at(-1)?.type === 'closed');
    await b.bus.close();
    expect(handled).toEqual(upTo(2000));
    expect(b.events.filter(({ type }) => type === 'gap')).toEqual([]);
  });

  it('B9, B13: a peer that is known by its beats only has left too', async () => {
    const [one, other] = channel();
    const b = join('b', other, { caches: [] });
    one.postMessage(beat('quiet'));
    await b.until(() => b.link.peers().includes('quiet'));
    one.close();
    await b.until(() => b.events.at(-1)?.type === 'closed');
    expect(b.events).toContainEqual({ type: 'peer-left', peer: 'quiet', reason: 'left' });
  });

  it('B9: a peer that says nothing any more is lost where nobody tells that the other end is gone', async () => {
    const [one, other] = fakePorts('target');
    const [a, b] = await together([one, other]);
    a.publish(3);
    await b.until(() => b.state('a') === 3);
    one.isSilent = true;
    await b.until(() => b.events.some((event) => event.type === 'peer-left' && event.reason === 'lost'));
    expect(b.state('a')).toBeUndefined();
    await Promise.all([a.link.close(), b.link.close()]);
  });

  it('B13: a port that is closed before a bridge is ready ends it', async () => {
    const [one, other] = channel();
    const { link, events, until } = join('a', one, { discoveryMs: 60_000 });
    other.close();
    await expect(link.ready).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await until(() => events.at(-1)?.type === 'closed');
  });

  it('B13: a bridge that is closed leaves the port open, holds no process, and another one can follow', async () => {
    const [one, other] = channel();
    const [a, b] = await together([one, other]);
    expect(holds(one)).toBe(true);
    await a.link.close();
    expect(holds(one)).toBe(false);
    await b.until(() => !b.link.peers().includes('a'));
    const again = join('a', one, { state: 9 });
    await b.until(() => b.state('a') === 9);
    one.unref();
    again.publish(1);
    await b.until(() => b.state('a') === 1);
    await Promise.all([again.link.close(), b.link.close()]);
  });
});
