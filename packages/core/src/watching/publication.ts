import type { Contexts } from '../mailbox/contexts.js';
import type { Origin } from './origin.js';
import type { Tracking } from './tracking.js';

/**
 * One publish, where somebody needs to know it: for its context, a receipt or a probe. It goes with the message, into
 * mailboxes in place of the topic from which it comes.
 */
export class Publication implements Origin {
  readonly topic: Origin;
  readonly tracking: Tracking | undefined;
  readonly #contexts: Contexts | undefined;
  #captured: unknown;
  #isCaptured = false;

  constructor(topic: Origin, contexts: Contexts | undefined, tracking: Tracking | undefined) {
    this.topic = topic;
    this.tracking = tracking;
    this.#contexts = contexts;
  }

  get name(): string {
    return this.topic.name;
  }

  /** Keeps the context of now for what is called on another stack. Does it once, on the publisher's. */
  capture(): void {
    if (this.#contexts === undefined || this.#isCaptured) return;
    this.#isCaptured = true;
    this.#captured = this.#contexts.capture();
  }

  /** Calls what the message brings about on the publisher's stack. */
  within(call: () => unknown): unknown {
    return this.tracking === undefined ? call() : this.tracking.within(call);
  }

  /** Calls what it brings about on another stack: in the context that was captured. */
  run(call: () => unknown): unknown {
    if (!this.#isCaptured) return this.within(call);
    return this.#contexts?.run(this.#captured, () => this.within(call));
  }

  /** The same task, for another stack. */
  keep(task: () => void): () => void {
    this.capture();
    const contexts = this.#contexts;
    return contexts === undefined ? task : () => void contexts.run(this.#captured, task);
  }
}

/** The publication that stands in place of a topic, if one does. By what it has: another loaded copy of core may have made it. */
export function publicationOf(origin: Origin): Publication | undefined {
  return (origin as Partial<Publication>).topic === undefined ? undefined : (origin as unknown as Publication);
}
