import { TimeRange } from '../mailbox/sampling.js';
import type { AnyMessageType } from '../messages/message.js';

/** What is counted of a topic. */
export class TopicCounters {
  dispatched = 0;
  notDispatched = 0;
  readonly times: TimeRange = new TimeRange();
}

/** What is counted of a message type. */
export interface TypeCounters {
  readonly name: string;
  published: number;
  unused: number;
}

/** What is counted of the message types of a bus. */
export class MessageTypeCounters {
  readonly #counters = new Map<unknown, TypeCounters>();

  /** `count` messages of the type were published. */
  add({ identity, name }: AnyMessageType, count: number, isUsed: boolean): void {
    let counters = this.#counters.get(identity);
    if (counters === undefined) this.#counters.set(identity, (counters = { name, published: 0, unused: 0 }));
    counters.published += count;
    if (!isUsed) counters.unused += count;
  }

  values(): Iterable<TypeCounters> {
    return this.#counters.values();
  }
}
