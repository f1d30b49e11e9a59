import type { BusDescription } from '@stasis-rx/core';
import type { InspectorRecord } from '../../protocol/records.js';

/** Keeps the records from its start to its stop, up to a number: then it stops by itself. */
export class Recorder {
  readonly #maxRecords: number;
  #records: InspectorRecord[] = [];
  #isRunning = false;
  #lost = 0;
  description: BusDescription | undefined;

  /** @param maxRecords how many at most */
  constructor(maxRecords = 500_000) {
    this.#maxRecords = maxRecords;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Whether it has stopped by itself. */
  get isFull(): boolean {
    return this.#records.length >= this.#maxRecords;
  }

  /** The ones kept: a live view of them. */
  get records(): readonly InspectorRecord[] {
    return this.#records;
  }

  /** How many were lost on the way while it ran. */
  get lost(): number {
    return this.#lost;
  }

  /** Begins with nothing. */
  start(description: BusDescription | undefined): void {
    this.#records = [];
    this.#lost = 0;
    this.description = description;
    this.#isRunning = true;
  }

  stop(): void {
    this.#isRunning = false;
  }

  add(record: InspectorRecord): void {
    if (!this.#isRunning) return;
    this.#records.push(record);
    if (this.isFull) this.#isRunning = false;
  }

  lose(records: number): void {
    if (this.#isRunning) this.#lost += records;
  }
}
