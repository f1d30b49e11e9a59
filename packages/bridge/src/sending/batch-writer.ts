import type { Message } from '@stasis-rx/core';
import type { BridgeEvent } from '../ground/events.js';
import { bytesOf } from '../ground/text.js';
import { restBytesOf, type Batch, type WrittenHead } from '../protocol/batch.js';
import { jsonCodec } from '../protocol/codec.js';
import { MAX_CHILD_LENGTH, type RecordKind } from '../protocol/record.js';
import type { RegisteredType } from '../protocol/type-registry.js';
import type { FrameRoom } from './frame-room.js';

/** Messages that wait to be written at most: so many are not in the outbox yet, where its bounds are. */
const MAX_WAITING = 256;

/** A message that is to be a record. */
export interface Writable {
  readonly kind: RecordKind;
  readonly registered: RegisteredType;
  readonly message: Message;
  readonly number: number;
  readonly child: string | null;
}

/** What a writer is given. */
export interface WriterContext {
  readonly room: FrameRoom;
  readonly emit: (event: BridgeEvent) => void;
}

/** Writes messages as records: many with one call of JSON where that can be, for a call each costs as much again. */
export class BatchWriter {
  readonly #lane: string;
  readonly #context: WriterContext;
  #waiting: Writable[] = [];
  #isWriting = false;
  /** What could not be written, and has not been told of. */
  readonly #untold: BridgeEvent[] = [];
  /** What the last records took each. */
  #typicalLength = 0;

  constructor(lane: string, context: WriterContext) {
    this.#lane = lane;
    this.#context = context;
  }

  /** How many messages wait to be written. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether so many wait that they are to be written now. */
  get isFull(): boolean {
    return this.#waiting.length >= MAX_WAITING;
  }

  /** The message will be written with those that follow. */
  add(writable: Writable): void {
    this.#waiting.push(writable);
  }

  /** Writes what waits, in order. What the code of a codec or of a message asks for meanwhile waits for the next time. */
  write(): Batch[] {
    if (this.#isWriting) return [];
    this.#isWriting = true;
    try {
      const waiting = this.#waiting;
      this.#waiting = [];
      const batches: Batch[] = [];
      for (let from = 0; from < waiting.length;) {
        const run = waiting.slice(from, from + this.#countTogether());
        batches.push(...this.#write(run));
        from += run.length;
      }
      return batches;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Tells of what could not be written: once the rest has its place, for whoever hears of it may publish. */
  tell(): void {
    for (const event of this.#untold.splice(0)) this.#context.emit(event);
  }

  /** Writes one; nothing of what cannot cross, which is to be told of. */
  one(writable: Writable): Batch | undefined {
    const { room } = this.#context;
    const { message, child } = writable;
    const { type, nameBytes, codec } = writable.registered;
    try {
      if (child !== null && child.length > MAX_CHILD_LENGTH) {
        throw new RangeError(`the pooled topic's name is longer than ${MAX_CHILD_LENGTH} characters`);
      }
      const text = JSON.stringify(codec.encode(message.data)) as string | undefined;
      const data = text ?? 'null';
      const heads = [headOf(writable, text !== undefined)];
      const batch = { heads, data, bytes: bytesOf(data) + nameBytes + restBytesOf(child) };
      const error = room.refuses(batch);
      if (error !== undefined) throw error;
      return batch;
    } catch (error) {
      this.#untold.push({ type: 'unsendable', topic: this.#lane, messageType: type.name, error });
      return undefined;
    }
  }

  /** Half of what a frame has room for, if they are as long as the last ones: then they fit nearly always. */
  #countTogether(): number {
    return Math.max(1, Math.floor(this.#context.room.targetLength / (2 * this.#typicalLength + 1)));
  }

  #write(run: readonly Writable[]): Batch[] {
    const together = this.#together(run);
    const batches = together === undefined ? run.flatMap((writable) => this.one(writable) ?? []) : [together];
    this.#typicalLength = batches.reduce((sum, { data }) => sum + data.length, 0) / run.length;
    return batches;
  }

  /** Nothing where one of them has to be looked at alone: it has a codec, or cannot be written, or all are too long. */
  #together(run: readonly Writable[]): Batch | undefined {
    const { maxBytes, targetLength } = this.#context.room;
    if (run.length === 1 || run.some(({ registered }) => registered.codec !== jsonCodec)) return undefined;
    const data = textOf(run);
    if (data === undefined || data.length > targetLength) return undefined;
    const heads: WrittenHead[] = [];
    let bytes = bytesOf(data) - (run.length - 1);
    for (const writable of run) {
      const { registered, message, child } = writable;
      if (child !== null && child.length > MAX_CHILD_LENGTH) return undefined;
      heads.push(headOf(writable, message.data !== undefined));
      bytes += registered.nameBytes + restBytesOf(child);
    }
    return bytes + run.length > maxBytes ? undefined : { heads, data, bytes };
  }
}

function headOf({ kind, registered, message, number, child }: Writable, hasData: boolean): WrittenHead {
  return { kind, type: registered.type.name, number, timestamp: message.timestamp, child, hasData };
}

/** The data of all as JSON, with commas between; nothing when one of them cannot be. */
function textOf(run: readonly Writable[]): string | undefined {
  try {
    return JSON.stringify(run.map(({ message }) => message.data)).slice(1, -1);
  } catch {
    return undefined;
  }
}
