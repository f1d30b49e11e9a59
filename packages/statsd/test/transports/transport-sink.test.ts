import type { StasisError } from '@stasis-rx/core';
import { Journal } from '../../src/packets/journal.js';
import { TransportError } from '../../src/transports/transport-error.js';
import { TransportSink } from '../../src/transports/transport-sink.js';
import type { StatsDTransport } from '../../src/transports/transport.js';

const packet = { text: 'a:1|c\nb:1|c', bytes: 11, lines: 2 };

function sinkOf(transport: Partial<StatsDTransport>) {
  const errors: StasisError[] = [];
  const journal = new Journal((error) => errors.push(error));
  const sink = new TransportSink({ send: () => undefined, close: () => undefined, ...transport }, 1000, journal);
  return { sink, errors, figures: () => journal.statistics(0) };
}

function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('TransportSink', () => {
  it('hands over the text of a packet, and nothing else', () => {
    const send = jest.fn();
    const { sink, figures } = sinkOf({ send });
    sink.send(packet);
    expect(send.mock.calls).toEqual([['a:1|c\nb:1|c']]);
    expect(figures()).toMatchObject({ packets: 1, bytes: 11 });
  });

  it('calls the methods on the transport itself', async () => {
    const transport = {
      sent: [] as string[],
      send(text: string) {
        this.sent.push(text);
      },
      close() {
        this.sent.push('closed');
      },
    };
    const sink = new TransportSink(transport, 1000, new Journal());
    sink.send(packet);
    await sink.close();
    expect(transport.sent).toEqual([packet.text, 'closed']);
  });

  it('waits, on flush, for promises that were returned before', async () => {
    const first = deferred();
    const second = deferred();
    const results = [first.promise, second.promise];
    const { sink, figures } = sinkOf({ send: () => results.shift() });
    sink.send(packet);
    const flushed = sink.flush();
    sink.send(packet);
    expect(figures().packets).toBe(0);
    first.resolve();
    await flushed;
    expect(figures().packets).toBe(1);
    second.resolve();
    await sink.flush();
    expect(figures().packets).toBe(2);
  });

  it('contains a transport that throws', () => {
    const cause = new Error('full');
    const { sink, errors, figures } = sinkOf({
      send: () => {
        throw cause;
      },
    });
    expect(() => sink.send(packet)).not.toThrow();
    expect(errors).toEqual([expect.objectContaining({ code: 'TRANSPORT', droppedLines: 2, cause })]);
    expect(errors[0]).toBeInstanceOf(TransportError);
    expect(errors[0]?.message).toBe('[statsd] the transport cannot send: full (2 metric lines lost).');
    expect(figures()).toEqual({ lines: 0, packets: 0, bytes: 0, errors: 1, dropped: 2 });
  });

  it('contains a transport that rejects', async () => {
    const { sink, errors, figures } = sinkOf({ send: () => Promise.reject(new Error('away')) });
    sink.send(packet);
    await sink.flush();
    expect(errors[0]?.message).toContain('away');
    expect(figures()).toMatchObject({ packets: 0, dropped: 2 });
  });

  it('closes the transport after the last packet was taken', async () => {
    const order: string[] = [];
    const taken = deferred();
    const { sink } = sinkOf({
      send: () => taken.promise.then(() => order.push('taken')),
      close: () => order.push('closed'),
    });
    sink.send(packet);
    const closed = sink.close();
    taken.resolve();
    await closed;
    expect(order).toEqual(['taken', 'closed']);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('stuck');
      },
    ],
    ['rejects', () => Promise.reject(new Error('stuck'))],
  ])('contains a transport whose close %s', async (_what, close) => {
    const { sink, errors } = sinkOf({ close });
    await sink.close();
    expect(errors.map(({ message }) => message)).toEqual(['[statsd] the transport cannot close: stuck.']);
  });
});
