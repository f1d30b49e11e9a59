import {
  AckPolicy,
  DeliverPolicy,
  type Consumer,
  type ConsumerMessages,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos, nuid } from '@nats-io/nats-core';

/** Frames asked for at a time. */
const BATCH = 256;
const PULL_MS = 10_000;
const IDLE_HEARTBEAT_MS = 1_000;
const RETRY_MS = 250;
const FORGET_AFTER_MS = 60_000;

/** What every consumer of a bridge is given. */
export interface ConsumerContext {
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  readonly stream: string;
  /** Finds the stream; one that is gone is made again, when there are settings to make it by. */
  readonly openStream: () => Promise<StreamInfo>;
  readonly failed: (error: unknown) => void;
}

/** What a consumer reads, and who takes it. */
export interface Reading {
  /** One subject or several; with several the server has to be of version 2.10 or later. */
  readonly subjects: string | string[];
  /** Whether frames are acknowledged: by the one that is done, all before it are. */
  readonly isAcknowledged: boolean;
  /** Takes a frame. What it returns, if anything, is waited for before the next one is taken. */
  readonly take: (message: JsMsg) => Promise<void> | undefined;
  /**
   * There is another consumer on the server, which knows nothing of the frames that the last one brought.
   * @param isAnother whether another stream has the name now, which counts from its start: what is known of it comes again
   */
  readonly renewed: (isAnother: boolean) => void;
}

/**
 * Reads a stream in order, from a place of its own: it remembers the last frame that came, so that any consumer on the
 * server, made after whatever went wrong, goes on where the last one stopped. It takes so many frames at a time, and no more
 * while somebody has to wait.
 */
export class StreamConsumer {
  readonly #context: ConsumerContext;
  readonly #reading: Reading;
  /** Which stream of that name it reads. */
  #created: string;
  #next: number;
  #consumer: Consumer | undefined;
  #messages: ConsumerMessages | undefined;
  /** Frames that the present consumer has brought. */
  #taken = 0;
  #isConnected = true;
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** @param created which stream of the name; @param next the place in it from which to read */
  constructor(created: string, next: number, reading: Reading, context: ConsumerContext) {
    this.#created = created;
    this.#next = next;
    this.#reading = reading;
    this.#context = context;
  }

  /** Which stream of that name it reads. */
  get created(): string {
    return this.#created;
  }

  /** The place in the stream from which to go on. */
  get next(): number {
    return this.#next;
  }

  /** Frames in the stream that have not been taken: those not sent to this bus yet, and those on their way. */
  async lag(): Promise<number> {
    const consumer = this.#consumer;
    if (consumer === undefined) throw new Error('there is no consumer now');
    const { num_pending, delivered } = await consumer.info();
    if (consumer !== this.#consumer) throw new Error('there is another consumer now');
    return num_pending + Math.max(0, delivered.consumer_seq - this.#taken);
  }

  /** Reads until it is closed. Resolves when the first consumer is there; whatever goes wrong later is tried again. */
  async open(): Promise<void> {
    const consumer = await this.#create();
    void this.#run(consumer);
  }

  /** The connection is lost or back: what was asked for will not come. Without one, nothing is asked for. */
  restart(isConnected: boolean): void {
    this.#isConnected = isConnected;
    this.#messages?.stop();
    this.#messages = undefined;
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const isConnected = this.#isConnected;
    this.restart(false);
    const deleted = this.#consumer?.delete().catch(() => false);
    if (isConnected) await deleted; // Without a connection the server forgets it by itself.
  }

  async #run(first: Consumer): Promise<void> {
    for (let consumer: Consumer | undefined = first; !this.#isClosed; consumer = await this.#createAgain()) {
      if (consumer === undefined) continue;
      try {
        while (await this.#pull(consumer));
      } catch (error) {
        this.#context.failed(error);
        await this.#pause();
      }
    }
  }

  async #createAgain(): Promise<Consumer | undefined> {
    while (!this.#isConnected && !this.#isClosed) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#isClosed) return undefined;
    const stale = this.#consumer;
    this.#consumer = undefined;
    try {
      const consumer = await this.#create();
      void stale?.delete().catch(() => false);
      return consumer;
    } catch (error) {
      this.#context.failed(error);
      await this.#pause();
      return undefined;
    }
  }

  async #create(): Promise<Consumer> {
    const { manager, client, stream, openStream } = this.#context;
    const { created, state } = await openStream();
    // A stream that was made anew counts from the start.
    const isAnother = this.#created !== created || this.#next > state.last_seq + 1;
    if (isAnother) this.#next = Math.max(1, state.first_seq);
    this.#created = created;
    const name = `stasis-${nuid.next()}`;
    await manager.consumers.add(stream, {
      name,
      ...this.#filterAndAcknowledgement(),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#next,
      inactive_threshold: nanos(FORGET_AFTER_MS),
      mem_storage: true,
    });
    this.#reading.renewed(isAnother);
    this.#taken = 0;
    this.#consumer = await client.consumers.get(stream, name);
    return this.#consumer;
  }

  #filterAndAcknowledgement(): Partial<Parameters<JetStreamManager['consumers']['add']>[1]> {
    const { subjects, isAcknowledged } = this.#reading;
    return {
      ...(typeof subjects === 'string' ? { filter_subject: subjects } : { filter_subjects: subjects }),
      ...(isAcknowledged
        ? { ack_policy: AckPolicy.All, ack_wait: nanos(300_000), max_ack_pending: 4096 }
        : { ack_policy: AckPolicy.None }),
    };
  }

  /** Takes one batch. Returns whether the consumer is as good as before. */
  async #pull(consumer: Consumer): Promise<boolean> {
    const messages = await consumer.fetch({ max_messages: BATCH, expires: PULL_MS, idle_heartbeat: IDLE_HEARTBEAT_MS });
    this.#messages = messages;
    if (this.#isClosed) messages.stop();
    for await (const message of messages) {
      this.#taken++;
      this.#next = Math.max(this.#next, message.seq + 1);
      const waits = this.#reading.take(message);
      if (waits !== undefined) await waits;
      if (this.#isClosed) return false;
    }
    return !this.#isClosed && this.#messages === messages;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
