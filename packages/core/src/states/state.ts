import type { ChildTopic } from '../topics/child-topic.js';
import type { Message } from '../messages/message.js';
import type { Topic } from '../topics/topic.js';

/** Who holds on to a state: an explicit publisher or a subscriber by itself, an implicit publisher by its entity id. */
export type StateHolder = object | string | null;

/** One id of a state manager: its topic, its last message, and who holds on to it. It ends with its topic. */
export class State<M extends Message> {
  readonly id: string;
  readonly topic: Topic<M>;
  data: M | undefined;
  readonly holders: Set<StateHolder> = new Set<StateHolder>();
  readonly #child: ChildTopic<M>;
  readonly #onEnd: () => void;
  readonly #stopWatching: () => void;

  /** @param onEnd called once, when it is held no more or its topic has ended */
  constructor(id: string, child: ChildTopic<M>, onEnd: () => void) {
    this.id = id;
    this.topic = child.topic;
    this.#child = child;
    this.#onEnd = onEnd;
    this.#stopWatching = this.topic.audience.onEnd(onEnd);
  }

  /** Returns whether it was held by that holder. The last one to let go ends the state. */
  release(holder: StateHolder): boolean {
    const wasHeld = this.holders.delete(holder);
    if (wasHeld && this.holders.size === 0 && !this.topic.isCompleted) this.#end();
    return wasHeld;
  }

  #end(): void {
    this.#stopWatching();
    this.#onEnd();
    this.#child.letGo();
  }
}
