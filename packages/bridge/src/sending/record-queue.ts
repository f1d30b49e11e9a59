/** A record that waits to be sent or confirmed. */
export interface QueuedRecord {
  /** Its number in the lane. Numbers are missing where the outbox overflowed. */
  readonly number: number;
  readonly text: string;
  /** At least as many bytes as it takes on the wire. */
  readonly bytes: number;
  /** Whether it counts for the outbox's bound. */
  readonly isBounded: boolean;
}

const COMPACT_AT = 4096;

/** A queue of records with an index: the first so many are in flight. */
export class RecordQueue {
  #records: QueuedRecord[] = [];
  #head = 0;

  get length(): number {
    return this.#records.length - this.#head;
  }

  push(record: QueuedRecord): void {
    this.#records.push(record);
  }

  at(index: number): QueuedRecord | undefined {
    return this.#records[this.#head + index];
  }

  /** The records that follow each other without a gap from this index on: at least one, if there is one, within the limits. */
  runFrom(index: number, maxRecords: number, maxBytes: number): QueuedRecord[] {
    const run: QueuedRecord[] = [];
    let bytes = 0;
    for (let record = this.at(index); record !== undefined && run.length < maxRecords; record = this.at(++index)) {
      bytes += record.bytes + 1;
      const previous = run.at(-1);
      if (previous !== undefined && (bytes > maxBytes || previous.number !== record.number - 1)) break;
      run.push(record);
    }
    return run;
  }

  /** Takes so many from the front. */
  take(count: number): QueuedRecord[] {
    const taken = this.#records.slice(this.#head, this.#head + count);
    this.#head += taken.length;
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#records.length) {
      this.#records = this.#records.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** Takes the oldest bounded record from this index on. */
  takeBoundedFrom(index: number): QueuedRecord | undefined {
    if (index === 0 && this.at(0)?.isBounded === true) return this.take(1)[0];
    for (let at = this.#head + index; at < this.#records.length; at++) {
      if (this.#records[at]?.isBounded === true) return this.#records.splice(at, 1)[0];
    }
    return undefined;
  }
}
