import type { Message } from '../messages/message.js';

/** What `for await` iterates over a topic by, as a generator has it. Leaving it drops what is queued. */
export interface TopicIterator<M extends Message> extends AsyncIterableIterator<M> {
  /** The next message; rejects, once, with the error that the topic has ended by. */
  next(): Promise<IteratorResult<M>>;
  /** Leaves it, and resolves with the value. */
  return(value?: unknown): Promise<IteratorResult<M>>;
  /** Leaves it, and rejects with the error. */
  throw(error?: unknown): Promise<IteratorResult<M>>;
  /** Itself. */
  [Symbol.asyncIterator](): this;
  /** Leaves it. */
  [Symbol.asyncDispose](): Promise<void>;
}
