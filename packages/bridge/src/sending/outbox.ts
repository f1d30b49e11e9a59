import { Waiters } from '../ground/waiters.js';

/** How much may wait to be sent. */
export interface OutboxLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/**
 * What waits to be sent, or to be confirmed, in all lanes of a bridge together. It counts; the lanes hold the records.
 * Snapshots that were asked for are beside the bound: they are as many as the caches hold, and at most one set a lane
 * waits.
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  messages = 0;
  bytes = 0;
  maxMessages = 0;
  dropped = 0;
  readonly #waiters = new Waiters();

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  /** Whether there is more than may be. */
  get isOverfull(): boolean {
    return this.messages > this.#limits.maxMessages || this.bytes > this.#limits.maxBytes;
  }

  /** Whether it is less than half full: the sign for those who publish in bulk. */
  get isLow(): boolean {
    return this.messages <= this.#limits.maxMessages / 2 && this.bytes <= this.#limits.maxBytes / 2;
  }

  add(messages: number, bytes: number): void {
    this.messages += messages;
    this.bytes += bytes;
    this.maxMessages = Math.max(this.maxMessages, Math.min(this.messages, this.#limits.maxMessages));
  }

  remove(messages: number, bytes: number): void {
    this.messages -= messages;
    this.bytes -= bytes;
    if (this.isLow) this.#waiters.passed(Infinity);
  }

  /** Resolves when it is less than half full. Rejects when it has ended before. */
  drained(): Promise<void> {
    return this.isLow ? Promise.resolve() : this.#waiters.wait(0);
  }

  /** It will not empty any more. */
  end(error: Error): void {
    this.#waiters.end(error);
  }
}
