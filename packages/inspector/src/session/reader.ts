import type { Inspected } from './inspected.js';

/** A batch of records as JSON, and how many before it were gone before they could be read. */
export interface Batch {
  readonly records: readonly string[];
  readonly lost: number;
}

/** Where one client is in what was recorded. */
export class Reader {
  readonly #inspected: Inspected;
  #next: number;

  constructor(inspected: Inspected) {
    this.#inspected = inspected;
    this.#next = inspected.tape.ring.first;
  }

  /** Whether something is gone that was to be read. */
  get hasLost(): boolean {
    return this.#next < this.#inspected.tape.ring.first;
  }

  /** Begins with the oldest that is kept. */
  rewind(): void {
    this.#next = this.#inspected.tape.ring.first;
  }

  /** Goes on with what comes from now on. */
  skip(): void {
    this.#next = this.#inspected.tape.ring.end;
  }

  /** The next ones, as many as a batch takes; none when there are none. */
  read(): Batch {
    const { tape, view, limits } = this.#inspected;
    const lost = Math.max(0, tape.ring.first - this.#next);
    this.#next += lost;
    const records: string[] = [];
    let size = 0;
    while (records.length < limits.batchRecords && size < limits.batchSize) {
      const kept = tape.ring.at(this.#next);
      if (kept === undefined) break;
      this.#next++;
      const text = JSON.stringify(view.recordOf(kept));
      size += text.length;
      records.push(text);
    }
    return { records, lost };
  }
}
