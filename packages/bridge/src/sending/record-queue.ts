import { Fifo } from '../ground/fifo.js';
import type { WrittenRecord } from '../protocol/record.js';

/** A record that waits to be sent or confirmed. */
export interface QueuedRecord {
  /** Its number in the lane. Numbers are missing where records were given up. */
  readonly number: number;
  readonly record: WrittenRecord;
  /** Whether it counts for the outbox's bound. */
  readonly isBounded: boolean;
}

/**
 * The records of a lane, in order: first those in flight, then those that wait. Those that wait are in two queues, what
 * counts for the bound and what does not, so that the oldest that may be given up is found at once, however many wait and
 * whatever is in flight.
 */
export class RecordQueue {
  #sent: QueuedRecord[] = [];
  #waitingBytes = 0;
  readonly #bounded = new Fifo<QueuedRecord>();
  readonly #unbounded = new Fifo<QueuedRecord>();

  get length(): number {
    return this.#sent.length + this.#bounded.length + this.#unbounded.length;
  }

  /** How many are in flight. */
  get inFlight(): number {
    return this.#sent.length;
  }

  /** The first of all. */
  get first(): QueuedRecord | undefined {
    return this.#sent[0] ?? this.next;
  }

  /** The first that is not in flight. */
  get next(): QueuedRecord | undefined {
    const [bounded, unbounded] = [this.#bounded.first, this.#unbounded.first];
    if (bounded === undefined || unbounded === undefined) return bounded ?? unbounded;
    return bounded.number < unbounded.number ? bounded : unbounded;
  }

  /** Whether those that are not in flight fill a frame. */
  fills(maxRecords: number, maxBytes: number): boolean {
    return this.#bounded.length + this.#unbounded.length >= maxRecords || this.#waitingBytes >= maxBytes;
  }

  push(queued: QueuedRecord): void {
    this.#waitingBytes += queued.record.bytes;
    this.#queueOf(queued).push(queued);
  }

  /** Takes those that come next and follow each other without a gap, within the limits: from now on they are in flight. */
  send(maxRecords: number, maxBytes: number): readonly QueuedRecord[] {
    const run: QueuedRecord[] = [];
    let bytes = 0;
    for (let { next } = this; next !== undefined && run.length < maxRecords; { next } = this) {
      bytes += next.record.bytes + 1;
      const previous = run.at(-1);
      if (previous !== undefined && (bytes > maxBytes || previous.number !== next.number - 1)) break;
      run.push(next);
      this.#take(this.#queueOf(next));
    }
    this.#sent.push(...run);
    return run;
  }

  /** Takes out so many of those in flight, from the first on. */
  confirm(count: number): readonly QueuedRecord[] {
    return this.#sent.splice(0, count);
  }

  /** Those in flight wait again. O(length), if there are any. */
  goBack(): void {
    if (this.#sent.length === 0) return;
    for (const { record } of this.#sent) this.#waitingBytes += record.bytes;
    this.#bounded.unshift(this.#sent.filter(({ isBounded }) => isBounded));
    this.#unbounded.unshift(this.#sent.filter(({ isBounded }) => !isBounded));
    this.#sent = [];
  }

  /** Takes out the oldest that counts for the bound and is not in flight. */
  dropOldest(): QueuedRecord | undefined {
    return this.#take(this.#bounded);
  }

  /** Takes out the first that is not in flight. */
  dropNext(): QueuedRecord | undefined {
    const { next } = this;
    return next === undefined ? undefined : this.#take(this.#queueOf(next));
  }

  #take(queue: Fifo<QueuedRecord>): QueuedRecord | undefined {
    const taken = queue.shift();
    this.#waitingBytes -= taken?.record.bytes ?? 0;
    return taken;
  }

  #queueOf({ isBounded }: QueuedRecord): Fifo<QueuedRecord> {
    return isBounded ? this.#bounded : this.#unbounded;
  }
}
