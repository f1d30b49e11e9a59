import type { NatsConnection } from '@nats-io/nats-core';
import { createBus, messageType } from '@stasis-rx/core';
import { bridge } from '@stasis-rx/nats';

const Note = messageType<{ n: number }>('note');

/** A connection whose server answers pings when it is told to. */
function frozenConnection() {
  const pings: (() => void)[] = [];
  const published: string[] = [];
  let isFrozen = false;
  const connection = {
    info: { headers: true, max_payload: 1_048_576 },
    status: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }),
    closed: () => new Promise(() => undefined),
    subscribe: () => ({ unsubscribe: () => undefined }),
    publish: (subject: string) => void published.push(subject),
    flush: () => (isFrozen ? new Promise<void>((resolve) => pings.push(resolve)) : Promise.resolve()),
  };
  return {
    connection: connection as unknown as NatsConnection,
    frames: () => published.filter((subject) => subject.startsWith('stasis.data.')).length,
    freeze: () => (isFrozen = true),
    thaw: () => {
      isFrozen = false;
      for (const answer of pings.splice(0)) answer();
    },
  };
}

const quiet = () => new Promise((resolve) => setImmediate(resolve));

describe('core mode, while the server does not read', () => {
  it('B6: what it has not read counts for the bounds of the outbox, and no more is sent than may be on its way', async () => {
    const server = frozenConnection();
    const bus = createBus({ eid: 'a' });
    const options = { topics: ['calls'], types: [Note], mode: 'core', maxOutboxMessages: 100 } as const;
    const link = bridge(bus, server.connection, options);
    await quiet();
    server.freeze();
    let isDrained = false;
    for (let n = 0; n < 1000; n++) {
      bus.topic('calls').publish(Note({ n }));
      if (n % 10 === 0) await quiet();
    }
    void link.drained().then(() => (isDrained = true));
    await quiet();
    const { messages, dropped } = link.statistics().outbox;
    expect([messages, dropped, isDrained]).toEqual([100, 900, false]);
    expect(server.frames()).toBe(8);
    server.thaw();
    await link.flushed();
    expect([link.statistics().outbox.messages, isDrained]).toEqual([0, true]);
    await link.close();
  });
});
