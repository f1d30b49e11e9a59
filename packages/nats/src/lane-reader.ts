import type { TransportReceiver } from '@stasis-rx/bridge';
import type { StreamInfo } from '@nats-io/jetstream';
import { Acknowledger } from './acknowledger.js';
import { LaneFlow } from './lane-flow.js';
import type { StreamReader } from './stream-reader.js';
import { StreamConsumer, type ConsumerContext } from './stream-consumer.js';
import type { Subjects } from './subjects.js';

/** Reads one lane by a consumer of its own. A frame is acknowledged once its messages are in the mailboxes. */
export class LaneReader implements StreamReader {
  readonly #consumer: StreamConsumer;
  readonly #acknowledger = new Acknowledger();

  /** @param stream as it is: what is stored there from now on will be read */
  constructor(
    lane: string,
    { created, state }: StreamInfo,
    subjects: Subjects,
    receiver: TransportReceiver,
    context: ConsumerContext,
  ) {
    const flow = new LaneFlow(lane, subjects, receiver, (message) => this.#acknowledger.done(message));
    const reading = {
      subjects: subjects.lane(lane),
      isAcknowledged: true,
      take: (message: Parameters<LaneFlow['take']>[0]) => {
        flow.take(message);
        return flow.isFull ? flow.room() : undefined;
      },
      renewed: () => this.#acknowledger.forget(),
    };
    this.#consumer = new StreamConsumer(created, state.last_seq + 1, reading, context);
  }

  open(): Promise<void> {
    return this.#consumer.open();
  }

  lag(): Promise<number> {
    return this.#consumer.lag();
  }

  restart(isConnected: boolean): void {
    this.#consumer.restart(isConnected);
  }

  close(): Promise<void> {
    this.#acknowledger.flush();
    return this.#consumer.close();
  }
}
