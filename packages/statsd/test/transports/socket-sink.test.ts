import type { StasisError } from '@stasis-rx/core';
import { Journal } from '../../src/packets/journal.js';
import { SocketSink } from '../../src/transports/socket-sink.js';
import { fakeLinks } from '../support/fake-links.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function sinkOf({ maxOutboxBytes = 100 } = {}) {
  const { links, openLink } = fakeLinks();
  const errors: StasisError[] = [];
  const journal = new Journal((error) => errors.push(error));
  const sink = new SocketSink({ target: 'tcp here:1', openLink, maxOutboxBytes, timeoutMs: 1000 }, journal);
  const send = (...texts: string[]) => {
    for (const text of texts) sink.send({ text, bytes: text.length, lines: 1 });
  };
  return { sink, send, links, errors, figures: () => journal.statistics(0) };
}

function openSink(options?: { maxOutboxBytes: number }) {
  const parts = sinkOf(options);
  parts.send('first');
  const link = parts.links[0]!;
  link.events.onOpen();
  link.take();
  return { ...parts, link };
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe('SocketSink', () => {
  it('opens its link with the first packet, and writes what waited, in order', () => {
    const { send, links } = sinkOf();
    expect(links).toHaveLength(0);
    send('a', 'b');
    expect(links[0]!.written).toEqual([]);
    links[0]!.events.onOpen();
    send('c');
    expect(links[0]!.written).toEqual(['a', 'b', 'c']);
  });

  it('counts a packet as sent when the system has taken it', () => {
    const { send, link, figures } = openSink();
    send('second');
    expect(figures()).toMatchObject({ packets: 1, bytes: 5 });
    link.take();
    expect(figures()).toMatchObject({ packets: 2, bytes: 11, dropped: 0, errors: 0 });
  });

  it('holds packets back while the link is full', () => {
    const { send, link } = openSink();
    link.isWritable = false;
    send('a', 'b', 'c');
    expect(link.written).toEqual(['first', 'a']);
    link.isWritable = true;
    link.events.onDrain();
    expect(link.written).toEqual(['first', 'a', 'b', 'c']);
  });

  it('has at most 64 KiB and a packet under way, so that what is too much is bounded by the outbox, also on UDP', () => {
    const { send, link, figures } = openSink({ maxOutboxBytes: 100_000 });
    const packet = 'x'.repeat(1000);
    for (let n = 0; n < 500; n++) send(packet);
    // It never says that it has enough.
    expect(link.isWritable).toBe(true);
    expect(link.written).toHaveLength(1 + 66);
    expect(figures()).toMatchObject({ packets: 1, dropped: 500 - 66 - 100 });
    for (let n = 0; n < 166; n++) link.take();
    expect(link.written).toHaveLength(1 + 66 + 100);
    expect(figures()).toMatchObject({ packets: 167, dropped: 334 });
    expect(link.isReferenced).toBe(false);
  });

  it('flushes when the system has taken what was sent before', async () => {
    const { sink, send, link } = openSink();
    expect(await isSettled(sink.flush())).toBe(true);
    send('a', 'b');
    const flushed = sink.flush();
    send('c');
    link.take();
    expect(await isSettled(flushed)).toBe(false);
    link.take();
    expect(await isSettled(flushed)).toBe(true);
  });

  it('reports and counts a packet that failed by itself, and goes on', () => {
    const { send, link, errors, figures } = openSink();
    send('a', 'b');
    link.take(new Error('too big'));
    link.take();
    expect(errors.map(({ message }) => message)).toEqual([
      '[statsd] cannot send to tcp here:1: too big (1 metric line lost).',
    ]);
    expect(figures()).toMatchObject({ packets: 2, dropped: 1, errors: 1 });
  });

  it('counts what was written and not taken when the link broke, and keeps what waited', () => {
    const { send, link, links, errors, figures } = openSink();
    link.isWritable = false;
    send('written', 'waiting');
    link.events.onLost(new Error('reset'));
    expect(errors.map(({ message }) => message)).toEqual([
      '[statsd] lost the connection to tcp here:1: reset (1 metric line lost).',
    ]);
    expect(figures().dropped).toBe(1);
    jest.advanceTimersByTime(100);
    links[1]!.events.onOpen();
    expect(links[1]!.written).toEqual(['waiting']);
  });

  it('keeps what was written and has certainly not been sent when the link broke, in its place', () => {
    const { send, link, links, errors, figures } = openSink();
    send('a', 'b');
    link.take();
    link.isWritable = false;
    send('c', 'd');
    link.events.onLost(new Error('gone'), true);
    expect(errors.map(({ message }) => message)).toEqual(['[statsd] lost the connection to tcp here:1: gone.']);
    expect(figures()).toMatchObject({ packets: 2, dropped: 0 });
    jest.advanceTimersByTime(100);
    links[1]!.events.onOpen();
    expect(links[1]!.written).toEqual(['b', 'c', 'd']);
    for (let n = 0; n < 3; n++) links[1]!.take();
    expect(figures()).toMatchObject({ packets: 5, dropped: 0 });
  });

  it('keeps no more of it than the outbox may hold, and says so', () => {
    const { send, link, links, errors, figures } = openSink({ maxOutboxBytes: 5 });
    send('aa', 'bb');
    link.isWritable = false;
    send('c', 'd', 'e');
    link.events.onLost(new Error('gone'), true);
    expect(errors.map(({ message }) => message)).toEqual([
      '[statsd] lost the connection to tcp here:1: gone (1 metric line lost).',
    ]);
    expect(figures().dropped).toBe(1);
    jest.advanceTimersByTime(100);
    links[1]!.events.onOpen();
    expect(links[1]!.written).toEqual(['bb', 'c', 'd', 'e']);
  });

  it('never writes a packet twice, also when the system calls back late', () => {
    const { send, link, links, figures } = openSink();
    send('a');
    link.events.onLost();
    link.take();
    expect(figures()).toMatchObject({ packets: 1, dropped: 1 });
    jest.advanceTimersByTime(5000);
    expect(links).toHaveLength(1);
  });

  it('drops the oldest packets when too much waits, and reports it once until all is well', () => {
    const { send, links, errors, figures } = sinkOf({ maxOutboxBytes: 3 });
    send('a', 'b', 'c', 'd', 'e');
    expect(figures().dropped).toBe(2);
    expect(errors.map(({ message }) => message)).toEqual([
      '[statsd] the outbox for tcp here:1 is full (1 metric line lost).',
    ]);
    links[0]!.events.onOpen();
    expect(links[0]!.written).toEqual(['c', 'd', 'e']);
    links[0]!.isWritable = false;
    send('f', 'g', 'h', 'i', 'j');
    expect(figures()).toMatchObject({ dropped: 3, errors: 2 });
  });

  it('does not make a flush wait for a server that is away', async () => {
    const { sink, send, links } = sinkOf();
    send('a');
    const flushed = sink.flush();
    expect(await isSettled(flushed)).toBe(false);
    links[0]!.events.onLost(new Error('refused'));
    expect(await isSettled(flushed)).toBe(true);
    send('b');
    expect(await isSettled(sink.flush())).toBe(true);
    jest.advanceTimersByTime(100);
    links[1]!.events.onOpen();
    expect(links[1]!.written).toEqual(['a', 'b']);
  });

  it('keeps the process alive only while something is under way', () => {
    const { send, link } = openSink();
    expect(link.isReferenced).toBe(false);
    send('a');
    expect(link.isReferenced).toBe(true);
    link.take();
    expect(link.isReferenced).toBe(false);
  });

  describe('on closing', () => {
    it('opens nothing when nothing was ever sent', async () => {
      const { sink, links } = sinkOf();
      await sink.close();
      expect(links).toHaveLength(0);
      expect(jest.getTimerCount()).toBe(0);
    });

    it('ends the link when everything was taken', async () => {
      const { sink, send, link } = openSink();
      send('a');
      const closed = sink.close();
      expect(link.end).toBe('none');
      link.take();
      await closed;
      expect(link.end).toBe('closed');
      expect(jest.getTimerCount()).toBe(0);
    });

    it('tries once more when it waits for the server, and then sends what waited', async () => {
      const { sink, send, links, figures } = sinkOf();
      send('a');
      links[0]!.events.onLost(new Error('refused'));
      const closed = sink.close();
      links[1]!.events.onOpen();
      links[1]!.take();
      await closed;
      expect(figures()).toMatchObject({ packets: 1, dropped: 0 });
    });

    it('drops and counts what waited when that fails too', async () => {
      const { sink, send, links, errors, figures } = sinkOf();
      send('a', 'b');
      links[0]!.events.onLost(new Error('refused'));
      const closed = sink.close();
      links[1]!.events.onLost(new Error('refused'));
      await closed;
      expect(errors.at(-1)?.message).toBe('[statsd] cannot connect to tcp here:1: refused (2 metric lines lost).');
      expect(figures()).toMatchObject({ packets: 0, dropped: 2, errors: 2 });
      expect(jest.getTimerCount()).toBe(0);
    });

    it('drops and counts also what could be sent again', async () => {
      const { sink, send, link, figures } = openSink();
      send('a', 'b');
      const closed = sink.close();
      link.events.onLost(new Error('gone'), true);
      await closed;
      expect(figures()).toMatchObject({ packets: 1, dropped: 2 });
      expect(jest.getTimerCount()).toBe(0);
    });

    it('gives up on a server that takes nothing', async () => {
      const { sink, send, link, errors, figures } = openSink();
      send('a');
      const closed = sink.close();
      jest.advanceTimersByTime(1000);
      await closed;
      expect(link.end).toBe('destroyed');
      expect(errors.at(-1)?.message).toContain('not everything could be sent within 1000 ms (1 metric line lost).');
      expect(figures().dropped).toBe(1);
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});
