import type { Clock } from '../ground/clock.js';
import type { BridgeEvent } from '../ground/events.js';
import { frameText } from '../protocol/frame.js';
import type { FrameRoom } from './frame-room.js';
import { FrameWindow, type SentFrame } from './frame-window.js';
import type { Outbox } from './outbox.js';
import { Overflow } from './overflow.js';
import { RecordQueue, type FrameLimits, type QueuedBatch } from './record-queue.js';
import { joined, type Batch } from '../protocol/batch.js';
import type { BridgeTransport } from '../protocol/transport.js';
import { RetryPause } from './retry-pause.js';
import { Waiters } from '../ground/waiters.js';

/** Records in a frame. */
const MAX_RECORDS = 512;

/** What a sender is given. */
export interface SenderContext {
  readonly transport: BridgeTransport;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly frameStart: string;
  readonly room: FrameRoom;
  readonly emit: (event: BridgeEvent) => void;
}

/**
 * Sends the records of one lane in order, each at least once: the sending half of a go-back-N protocol. Several frames
 * are in flight; a frame is confirmed when all before it are, and when it was stored behind them. When one fails, or was
 * stored in the wrong place, or the connection is lost, everything from the first record that is not confirmed is sent
 * again. While frames are in flight, what is published gathers into the next one.
 */
export class LaneSender {
  readonly lane: string;
  readonly #context: SenderContext;
  readonly #hasSnapshots: boolean;
  readonly #queue = new RecordQueue();
  /** The frames that its records in flight are in. */
  readonly #window = new FrameWindow();
  #lastNumber = 0;
  #isConnected = false;
  #isScheduled = false;
  readonly #pause: RetryPause;
  readonly #overflow: Overflow;
  readonly #waiters = new Waiters();

  constructor(lane: string, hasSnapshots: boolean, context: SenderContext) {
    this.lane = lane;
    this.#hasSnapshots = hasSnapshots;
    this.#context = context;
    this.#pause = new RetryPause(context.clock);
    this.#overflow = new Overflow((dropped) => context.emit({ type: 'outbox-overflow', topic: lane, dropped }));
  }

  /** Everything before this record is stored, or given up. */
  get base(): number {
    return this.#queue.first?.number ?? this.#lastNumber + 1;
  }

  /** Records that are not confirmed. */
  get waiting(): number {
    return this.#queue.length;
  }

  get inFlight(): number {
    return this.#queue.inFlight;
  }

  /** The number of the first record that is not in flight. */
  get nextToSend(): number {
    return this.#queue.next?.number ?? this.#lastNumber + 1;
  }

  /** Records that were given up for want of room. */
  get dropped(): number {
    return this.#overflow.dropped;
  }

  /** The number of the last record that was queued. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** @param isBounded whether its records count for the outbox's bound */
  push(batch: Batch, isBounded: boolean): void {
    this.#queue.push({ number: this.#lastNumber + 1, batch, isBounded });
    this.#lastNumber += batch.heads.length;
    if (isBounded) this.#makeRoom(batch);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(this.#flush);
  }

  connected(): void {
    this.#isConnected = true;
    this.#flush();
  }

  /** What is in flight may be lost. */
  disconnected(): void {
    this.#isConnected = false;
    this.#goBack();
  }

  /** Resolves when everything that is queued now is confirmed, or given up. Rejects when sending has ended before. */
  flushed(): Promise<void> {
    return this.#queue.length === 0 ? Promise.resolve() : this.#waiters.wait(this.#lastNumber);
  }

  /** Sends nothing any more. @param error what those are told who wait for what is not confirmed */
  stop(error: Error): void {
    this.#isConnected = false;
    this.#goBack();
    this.#overflow.tell();
    this.#waiters.end(error);
  }

  #makeRoom({ heads, bytes }: Batch): void {
    const { outbox } = this.#context;
    outbox.add(heads.length, bytes);
    while (outbox.isOverfull) {
      const dropped = this.#queue.dropOldest();
      if (dropped === undefined) return;
      outbox.remove(1, dropped.batch.bytes);
      outbox.dropped++;
      this.#waiters.passed(this.base);
      this.#overflow.add();
    }
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    const { targetLength, maxBytes } = this.#context.room;
    const limits: FrameLimits = { records: MAX_RECORDS, length: targetLength, bytes: maxBytes };
    while (this.#isConnected && !this.#pause.isOn) {
      if (!this.#window.hasRoom(this.#queue.fills(limits))) return;
      this.#dropUnsendable();
      const batches = this.#queue.send(limits);
      if (batches.length === 0) return;
      this.#send(batches);
    }
  };

  /** Gives up what comes next and fitted into a frame when it was published, and does not any more. */
  #dropUnsendable(): void {
    const { room, outbox, emit } = this.#context;
    for (let next = this.#queue.next; next !== undefined; next = this.#queue.next) {
      const { isBounded, batch } = next;
      const [head] = batch.heads;
      const error = room.refuses(batch);
      if (error === undefined) return;
      if (batch.heads.length > 1) {
        this.#queue.openNext();
        continue;
      }
      this.#queue.dropNext();
      if (isBounded) outbox.remove(1, batch.bytes);
      this.#waiters.passed(this.base);
      emit({ type: 'unsendable', topic: this.lane, messageType: head?.type ?? '', error });
    }
  }

  #send(batches: readonly QueuedBatch[]): void {
    const { transport, frameStart } = this.#context;
    const first = batches[0]?.number ?? 0;
    const records = joined(batches.map(({ batch }) => batch));
    const frame = this.#window.add(records.heads.length, records.bytes);
    transport.send(this.lane, frameText(frameStart, first, this.base, this.#hasSnapshots, records)).then(
      (position) => this.#stored(frame, position),
      (error: unknown) => this.#failed(frame, error),
    );
  }

  /** Answers to what was given up on since are of no interest. */
  #stored(frame: SentFrame, position: number): void {
    if (!this.#window.has(frame)) return;
    frame.position = position;
    for (let count = this.#window.confirmFirst(); count !== undefined; count = this.#window.confirmFirst()) {
      if (count === 'misplaced') this.#goBack();
      else this.#confirm(count);
    }
    this.#flush();
  }

  #confirm(count: number): void {
    this.#pause.succeeded();
    let messages = 0;
    let bytes = 0;
    for (const { batch, isBounded } of this.#queue.confirm(count)) {
      if (!isBounded) continue;
      messages += batch.heads.length;
      bytes += batch.bytes;
    }
    this.#context.outbox.remove(messages, bytes);
    this.#overflow.tell();
    this.#waiters.passed(this.base);
  }

  #failed(frame: SentFrame, error: unknown): void {
    if (!this.#window.has(frame)) return;
    this.#goBack();
    this.#context.emit({ type: 'retry', topic: this.lane, error });
    this.#pause.begin(this.#flush);
  }

  #goBack(): void {
    this.#window.clear();
    this.#queue.goBack();
    this.#pause.stop();
  }
}
