import type { Failure } from '../topics/audience.js';
import type { Message } from '../messages/message.js';
import { MessageQueue } from '../mailbox/message-queue.js';
import { startSubscription } from './subscribe.js';
import type { Subscription } from './subscription.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Topic } from '../topics/topic.js';
import type { TopicIterator } from '../topics/topic-iterator.js';

/**
 * A topic as an async iterator. Its handler is a promise that the next pull resolves: the mailbox is the buffer, and
 * its water marks apply.
 */
export function iterate<M extends Message>(topic: Topic<M>): TopicIterator<M> {
  return new LiveTopicIterator(topic);
}

/** Who waits for the next message. */
interface Pull<M> {
  readonly resolve: (result: IteratorResult<M>) => void;
  readonly reject: (error: unknown) => void;
}

class LiveTopicIterator<M extends Message> implements TopicIterator<M> {
  readonly #pulls = new MessageQueue<Pull<M>, never>();
  readonly #subscription: Subscription;
  #held: M | undefined;
  #release: (() => void) | undefined;
  #isEnded = false;
  #failure: Failure | undefined;

  constructor(topic: Topic<M>) {
    const options = { name: `for await (${topic.name})` };
    const end = this.#end.bind(this);
    this.#subscription = startSubscription(
      topic as unknown as Topic,
      (message) => this.#receive(message),
      options,
      end,
    );
  }

  next(): Promise<IteratorResult<M>> {
    return new Promise((resolve, reject) => {
      this.#pulls.push({ resolve, reject });
      this.#answer();
    });
  }

  async return(value?: unknown): Promise<IteratorResult<M>> {
    this.#leave();
    return { value: await value, done: true };
  }

  async throw(error?: unknown): Promise<IteratorResult<M>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #receive(message: Message): Promise<void> | undefined {
    if (this.#isEnded || SubscriptionChange.is(message)) return undefined;
    this.#held = message as M;
    if (this.#answer()) return undefined;
    return new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  /** Answers a pull with what is held; once the end has come, the first with the error, if there is one, all others with the end. Returns whether nothing is held any more. */
  #answer(): boolean {
    const pulls = this.#pulls;
    while (pulls.length > 0 && (this.#held !== undefined || this.#isEnded)) {
      const value = this.#held;
      const failure = this.#failure;
      const { resolve, reject } = pulls.shift();
      this.#drop();
      if (value !== undefined) resolve({ value, done: false });
      else if (failure !== undefined) reject(failure.error);
      else resolve({ value: undefined, done: true });
    }
    return this.#held === undefined;
  }

  #drop(): void {
    this.#held = this.#failure = undefined;
    this.#release?.();
  }

  #end(failure: Failure | undefined): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#drop();
    this.#failure = failure;
    this.#answer();
  }

  #leave(): void {
    this.#subscription.unsubscribe();
    this.#end(undefined);
    this.#failure = undefined;
  }
}
