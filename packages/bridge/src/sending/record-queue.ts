import { Fifo } from '../ground/fifo.js';
import { apart, type Batch } from '../protocol/batch.js';

/** Records that wait to be sent or confirmed. */
export interface QueuedBatch {
  /** The number of the first of them in the lane; the others follow. Numbers are missing where records were given up. */
  readonly number: number;
  readonly batch: Batch;
  /** Whether they count for the outbox's bound. */
  readonly isBounded: boolean;
}

/** What a frame may have. */
export interface FrameLimits {
  readonly records: number;
  /** Characters of data, where it has several batches. */
  readonly length: number;
  readonly bytes: number;
}

/**
 * The records of a lane, in order: first those in flight, then those that wait. Those that wait are in two queues, what
 * counts for the bound and what does not, so that the oldest that may be given up is found at once, however many wait and
 * whatever is in flight.
 */
export class RecordQueue {
  #sent: QueuedBatch[] = [];
  #sentCount = 0;
  #waitingCount = 0;
  /** Characters of data. */
  #waitingLength = 0;
  readonly #bounded = new Fifo<QueuedBatch>();
  readonly #unbounded = new Fifo<QueuedBatch>();

  /** How many records there are. */
  get length(): number {
    return this.#sentCount + this.#waitingCount;
  }

  /** How many are in flight. */
  get inFlight(): number {
    return this.#sentCount;
  }

  /** The first of all. */
  get first(): QueuedBatch | undefined {
    return this.#sent[0] ?? this.next;
  }

  /** The first that is not in flight. */
  get next(): QueuedBatch | undefined {
    const [bounded, unbounded] = [this.#bounded.first, this.#unbounded.first];
    if (bounded === undefined || unbounded === undefined) return bounded ?? unbounded;
    return bounded.number < unbounded.number ? bounded : unbounded;
  }

  /** Whether those that are not in flight fill a frame. */
  fills({ records, length }: FrameLimits): boolean {
    return this.#waitingCount >= records || this.#waitingLength >= length;
  }

  push(queued: QueuedBatch): void {
    this.#waits(queued);
    this.#queueOf(queued).push(queued);
  }

  /** Takes those that come next and follow each other without a gap, within the limits: from now on they are in flight. */
  send(limits: FrameLimits): readonly QueuedBatch[] {
    const run: QueuedBatch[] = [];
    let [records, length, bytes] = [0, 0, 0];
    for (let { next } = this; next !== undefined; { next } = this) {
      const { batch } = next;
      records += batch.heads.length;
      length += batch.data.length;
      bytes += batch.bytes + batch.heads.length;
      const previous = run.at(-1);
      if (previous !== undefined) {
        if (records > limits.records || length > limits.length || bytes > limits.bytes) break;
        if (endOf(previous) !== next.number) break;
      }
      run.push(next);
      this.#take(this.#queueOf(next));
      this.#sentCount += batch.heads.length;
    }
    this.#sent.push(...run);
    return run;
  }

  /** Takes out the records of a frame, the first of those in flight. */
  confirm(count: number): readonly QueuedBatch[] {
    let batches = 0;
    for (let left = count; left > 0; batches++) left -= this.#sent[batches]?.batch.heads.length ?? left;
    this.#sentCount -= count;
    return this.#sent.splice(0, batches);
  }

  /** Those in flight wait again. O(in flight). */
  goBack(): void {
    for (const queued of this.#sent) this.#waits(queued);
    this.#bounded.unshift(this.#sent.filter(({ isBounded }) => isBounded));
    this.#unbounded.unshift(this.#sent.filter(({ isBounded }) => !isBounded));
    this.#sent = [];
    this.#sentCount = 0;
  }

  /** Takes out the oldest record that counts for the bound and is not in flight. */
  dropOldest(): QueuedBatch | undefined {
    this.#open(this.#bounded);
    return this.#take(this.#bounded);
  }

  /** Takes out the first record that is not in flight. */
  dropNext(): QueuedBatch | undefined {
    this.openNext();
    const { next } = this;
    return next && this.#take(this.#queueOf(next));
  }

  /** What comes next is one record from now on, and the others of its batch follow, each alone. */
  openNext(): void {
    const { next } = this;
    if (next !== undefined) this.#open(this.#queueOf(next));
  }

  #open(queue: Fifo<QueuedBatch>): void {
    const { first } = queue;
    if (first === undefined || first.batch.heads.length === 1) return;
    this.#take(queue);
    const opened = apart(first.batch).map((batch, index) => ({ ...first, number: first.number + index, batch }));
    for (const queued of opened) this.#waits(queued);
    queue.unshift(opened);
  }

  #waits({ batch }: QueuedBatch): void {
    this.#waitingCount += batch.heads.length;
    this.#waitingLength += batch.data.length;
  }

  #take(queue: Fifo<QueuedBatch>): QueuedBatch | undefined {
    const taken = queue.shift();
    this.#waitingCount -= taken?.batch.heads.length ?? 0;
    this.#waitingLength -= taken?.batch.data.length ?? 0;
    return taken;
  }

  #queueOf({ isBounded }: QueuedBatch): Fifo<QueuedBatch> {
    return isBounded ? this.#bounded : this.#unbounded;
  }
}

/** The number of the record after the last one. */
function endOf({ number, batch }: QueuedBatch): number {
  return number + batch.heads.length;
}
