import type { PublishedRecord } from '../../protocol/records.js';
import { BoundedList } from '../ground/bounded-list.js';
import { Deliveries } from './deliveries.js';
import type { DeliveryRecord } from './delivery-record.js';
import type { Delivery, MessageRow } from './message-row.js';

/** How much is kept. */
export interface MessageBounds {
  /** Messages at most. */
  readonly messages: number;
  /** Characters of what was received of them, about, at most. */
  readonly characters: number;
}

/** Told of rows that are new, or of which something else is known now. */
export type RowListener = (row: MessageRow) => void;

/** The last messages, in the order in which they came. Everything is of constant cost. */
export class MessageTable {
  readonly #bounds: MessageBounds;
  readonly #rows = new BoundedList<LiveRow>();
  readonly #byId = new Map<number, LiveRow>();
  readonly #listeners = new Set<RowListener>();
  #characters = 0;
  #nextSequence = 0;

  constructor(bounds: MessageBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** How many have been taken, those that are gone among them. */
  get taken(): number {
    return this.#nextSequence;
  }

  /** The sequence of the first row that is kept. */
  get firstSequence(): number {
    return this.#nextSequence - this.#rows.length;
  }

  get last(): MessageRow | undefined {
    return this.#rows.last;
  }

  get(id: number): MessageRow | undefined {
    return this.#byId.get(id);
  }

  bySequence(sequence: number): MessageRow | undefined {
    return this.#rows.at(sequence - this.firstSequence);
  }

  /** @returns what takes the listener away */
  listen(listener: RowListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param characters how much was received of it, about */
  publish(record: PublishedRecord, characters: number): void {
    if (this.#byId.has(record.id)) return;
    const row = new LiveRow(record, this.#nextSequence++, characters);
    this.#rows.push(row);
    this.#byId.set(row.id, row);
    this.#characters += characters;
    if (row.cause !== undefined) this.#byId.get(row.cause)?.children.push(row.id);
    this.#forget();
    this.#tell(row);
  }

  /** @returns what is known of it now; `undefined` when the message is no longer kept */
  deliver(record: DeliveryRecord): Delivery | undefined {
    const row = this.#byId.get(record.id);
    if (row === undefined) return undefined;
    const known = row.deliveries.length;
    const delivery = row.noted.note(record);
    // That a handler is called with it changes nothing that is filtered by, unless nobody knew of that delivery: it had not to wait.
    if (record.is !== 'began' || row.deliveries.length > known) this.#tell(row);
    return delivery;
  }

  #forget(): void {
    const { messages, characters } = this.#bounds;
    while (this.#rows.length > messages || (this.#characters > characters && this.#rows.length > 1)) {
      const row = this.#rows.shift();
      if (row === undefined) return;
      this.#byId.delete(row.id);
      this.#characters -= row.characters;
    }
  }

  #tell(row: MessageRow): void {
    for (const listener of this.#listeners) listener(row);
  }
}

/** A row as the table itself sees it. */
class LiveRow implements MessageRow {
  readonly id: number;
  readonly sequence: number;
  readonly at: number;
  readonly topic: string;
  readonly type: string;
  readonly eid: string | null;
  readonly cause: number | undefined;
  readonly data: MessageRow['data'];
  readonly children: number[] = [];
  readonly characters: number;
  readonly noted: Deliveries = new Deliveries();

  constructor({ id, at, topic, type, eid, cause, data }: PublishedRecord, sequence: number, characters: number) {
    this.id = id;
    this.sequence = sequence;
    this.at = at;
    this.topic = topic;
    this.type = type;
    this.eid = eid;
    this.cause = cause;
    this.data = data;
    this.characters = characters;
  }

  get deliveries(): readonly Delivery[] {
    return this.noted.list;
  }
}
