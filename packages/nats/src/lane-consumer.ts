import type { TransportReceiver } from '@stasis-rx/bridge';
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
import { Acknowledger } from './acknowledger.js';
import type { Subjects } from './subjects.js';

/** Frames asked for at a time. */
const BATCH = 128;
/** Frames that may wait for the bus's mailboxes before no more are taken. */
const MAX_WAITING = 64;
const PULL_MS = 10_000;
const IDLE_HEARTBEAT_MS = 1_000;
const RETRY_MS = 250;
const FORGET_AFTER_MS = 60_000;

/** What a consumer is given. */
export interface ConsumerContext {
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  readonly stream: string;
  /** Finds the stream; one that is gone is made again, when there are settings to make it by. */
  readonly openStream: () => Promise<StreamInfo>;
  readonly subjects: Subjects;
  readonly receiver: TransportReceiver;
}

/**
 * Reads one lane of the stream in order, from a place of its own: it remembers the last frame that came, so that any
 * consumer, made after whatever went wrong, goes on where the last one stopped. It takes so many frames at a time, and
 * no more while they wait for the mailboxes: a lane that has to wait keeps no other waiting. A frame is acknowledged once
 * its messages are in the mailboxes.
 */
export class LaneConsumer {
  readonly lane: string;
  readonly #context: ConsumerContext;
  /** Which stream of that name it reads. */
  #created: string;
  /** The place in the stream from which to go on. */
  #next: number;
  #consumer: Consumer | undefined;
  #messages: ConsumerMessages | undefined;
  readonly #acknowledger = new Acknowledger();
  /** Frames that this consumer has brought. */
  #taken = 0;
  #waiting = 0;
  #isConnected = true;
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** @param stream as it is: what is stored there from now on will be read */
  constructor(lane: string, { created, state }: StreamInfo, context: ConsumerContext) {
    this.lane = lane;
    this.#created = created;
    this.#next = state.last_seq + 1;
    this.#context = context;
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
    this.#acknowledger.flush();
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
        this.#context.receiver.failed(error);
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
      this.#context.receiver.failed(error);
      await this.#pause();
      return undefined;
    }
  }

  async #create(): Promise<Consumer> {
    const { manager, client, stream, subjects, openStream } = this.#context;
    const { created, state } = await openStream();
    // A stream that was made anew counts from the start; what is known of it comes again, and is known.
    if (this.#created !== created || this.#next > state.last_seq + 1) this.#next = Math.max(1, state.first_seq);
    this.#created = created;
    const name = `stasis-${nuid.next()}`;
    await manager.consumers.add(stream, {
      name,
      filter_subject: subjects.lane(this.lane),
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#next,
      ack_policy: AckPolicy.All,
      ack_wait: nanos(300_000),
      max_ack_pending: 4096,
      inactive_threshold: nanos(FORGET_AFTER_MS),
      mem_storage: true,
    });
    this.#acknowledger.forget();
    this.#taken = 0;
    this.#consumer = await client.consumers.get(stream, name);
    return this.#consumer;
  }

  /** Takes one batch. Returns whether the consumer is as good as before. */
  async #pull(consumer: Consumer): Promise<boolean> {
    const messages = await consumer.fetch({ max_messages: BATCH, expires: PULL_MS, idle_heartbeat: IDLE_HEARTBEAT_MS });
    this.#messages = messages;
    if (this.#isClosed) messages.stop();
    for await (const message of messages) {
      this.#take(message);
      if (this.#waiting >= MAX_WAITING) await new Promise<void>((resolve) => (this.#wake = resolve));
      if (this.#isClosed) return false;
    }
    return !this.#isClosed && this.#messages === messages;
  }

  #take(message: JsMsg): void {
    const { receiver, subjects } = this.#context;
    this.#taken++;
    this.#next = Math.max(this.#next, message.seq + 1);
    const done = receiver.receive(this.lane, subjects.eidOf(message.subject), message.data);
    if (done === undefined) {
      this.#acknowledger.done(message);
      return;
    }
    this.#waiting++;
    void done.then(() => {
      this.#waiting--;
      this.#acknowledger.done(message);
      this.#wake?.();
    });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
