import type { Message } from './message.js';
import type { Topic } from './topic.js';

/** Who holds on to a state: an explicit publisher or a subscriber by itself, an implicit publisher by its entity id. */
export type StateHolder = object | string | null;

/** One id of a state manager: its topic, its last message, and who holds on to it. It ends with its topic. */
export class State<M extends Message> {
  readonly id: string;
  readonly topic: Topic<M>;
  data: M | undefined;
  readonly holders: Set<StateHolder> = new Set<StateHolder>();

  constructor(id: string, topic: Topic<M>) {
    this.id = id;
    this.topic = topic;
  }

  /** The last one to let go ends the topic. Returns whether it was held by that holder. */
  release(holder: StateHolder): boolean {
    const wasHeld = this.holders.delete(holder);
    if (wasHeld && this.holders.size === 0) this.topic.complete();
    return wasHeld;
  }
}
