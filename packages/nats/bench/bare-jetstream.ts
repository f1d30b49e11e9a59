import { AckPolicy, jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import type { Contender, Item, MakeContender } from './contender.js';

/** Publications that may be unconfirmed at a time. */
const WINDOW = 1024;
/** As many as a bridge puts into one frame. */
const BATCH = 512;

/** What one would write by hand: a JetStream message for each item, many of them in flight, and a consumer. */
export const bareJetStream: MakeContender = (servers, take) => {
  const toItems = (text: string): Item[] => [JSON.parse(text) as Item];
  return start('bare JetStream, a message each', 'BARE', servers, toItems, take, (publish) => ({
    publish: (item) => publish(JSON.stringify(item)),
  }));
};

/** The same with what is published in one go put together by hand. */
export const batchedJetStream: MakeContender = (servers, take) => {
  const toItems = (text: string): Item[] => JSON.parse(text) as Item[];
  return start('bare JetStream, batched by hand', 'BATCHED', servers, toItems, take, batching);
};

type Publisher = Pick<Contender, 'publish'>;

function batching(publish: (text: string) => void): Publisher {
  let batch: Item[] = [];
  const flush = (): void => {
    if (batch.length > 0) publish(JSON.stringify(batch));
    batch = [];
  };
  return {
    publish: (item) => {
      if (batch.length === 0) queueMicrotask(flush);
      batch.push(item);
      if (batch.length === BATCH) flush();
    },
  };
}

async function start(
  name: string,
  stream: string,
  servers: string,
  toItems: (text: string) => Item[],
  take: (item: Item) => void,
  publisher: (publish: (text: string) => void) => Publisher,
): Promise<Contender> {
  const [sender, receiver] = await Promise.all([connect({ servers }), connect({ servers })]);
  await makeStream(sender, stream);
  const stop = await consume(receiver, stream, (text) => {
    for (const item of toItems(text)) take(item);
  });
  const window = new Window(jetstream(sender), stream.toLowerCase());
  return {
    name,
    ...publisher((text) => window.publish(text)),
    room: () => window.room(),
    close: async () => {
      await stop();
      await Promise.all([sender.close(), receiver.close()]);
    },
  };
}

async function makeStream(connection: NatsConnection, name: string): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name, subjects: [name.toLowerCase()], max_bytes: 268_435_456 });
  await manager.consumers.add(name, { durable_name: 'reader', ack_policy: AckPolicy.All, max_ack_pending: 100_000 });
}

/** Reads for as long as nobody stops it; acknowledges as a bridge does: the last message speaks for those before it. */
async function consume(connection: NatsConnection, stream: string, take: (text: string) => void) {
  const consumer = await jetstream(connection).consumers.get(stream, 'reader');
  let count = 0;
  const messages = await consumer.consume({
    max_messages: 1000,
    callback: (message) => {
      take(message.string());
      if (++count % 64 === 0) message.ack();
    },
  });
  return () => messages.close();
}

class Window {
  readonly #client: JetStreamClient;
  readonly #subject: string;
  #inFlight = 0;
  #wake: (() => void) | undefined;

  constructor(client: JetStreamClient, subject: string) {
    this.#client = client;
    this.#subject = subject;
  }

  publish(text: string): void {
    this.#inFlight++;
    void this.#client.publish(this.#subject, text).then(() => {
      this.#inFlight--;
      if (this.#inFlight <= WINDOW / 2) this.#wake?.();
    });
  }

  async room(): Promise<void> {
    if (this.#inFlight < WINDOW) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
