import type { AnyMessageType } from '../messages/message-type.js';

/** Times are taken of the first message and of every 64th: a clock read costs more than a delivery. */
const SAMPLE_MASK = 63;

/** Whether the time of the n-th message, counted from 0, is taken. */
export function isSampled(n: number): boolean {
  return (n & SAMPLE_MASK) === 0;
}

/** How many there are from the n-th message up to the next whose time is taken: none if it is the n-th itself. */
export function untilSampled(n: number): number {
  return -n & SAMPLE_MASK;
}

/** The shortest and the longest of the times that were taken; empty before the first. */
export class TimeRange {
  lowestMs: number | null = null;
  highestMs: number | null = null;

  /** Takes a time. Returns whether it is the longest so far. */
  take(elapsedMs: number): boolean {
    if (this.lowestMs === null || elapsedMs < this.lowestMs) this.lowestMs = elapsedMs;
    if (this.highestMs !== null && elapsedMs <= this.highestMs) return false;
    this.highestMs = elapsedMs;
    return true;
  }
}

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
