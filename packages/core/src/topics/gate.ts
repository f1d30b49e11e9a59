import { StasisError } from '../errors/errors.js';
import type { Reporter } from '../errors/observers.js';
import { platformContexts, type Contexts } from '../mailbox/contexts.js';
import { MessageQueue } from '../mailbox/message-queue.js';
import type { Probes } from '../watching/probes.js';

/** What a gate needs of its bus. */
export interface GateContext extends Reporter {
  readonly contexts: Contexts | undefined;
  readonly probes: Probes;
}

/** While a bus is held: what is to happen on it, in order (H1). */
export class Gate {
  readonly #capacity: number;
  readonly #context: GateContext;
  readonly #kept = new MessageQueue<() => unknown, never>();
  /** What a plain observer sees is the publisher's context, whatever that of a queued handler is (K1). */
  readonly #contexts: Contexts | undefined;
  #isHeld = false;
  /** Whether publishes have been refused since it was held. */
  #isOverflowing = false;
  #whenReleased: (() => void)[] = [];

  constructor(capacity: number, context: GateContext) {
    this.#capacity = capacity;
    this.#context = context;
    this.#contexts = context.contexts ?? platformContexts();
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** How many publishes and ends of topics are kept. */
  get size(): number {
    return this.#kept.length;
  }

  /** Keeps a publish, as it was made: in the context and as the consequence of what there is now. Returns `false` when there is no room. */
  keep(publish: () => unknown): boolean {
    if (this.size >= this.#capacity) {
      if (!this.#isOverflowing) this.#context.report(this.overflow('publish'));
      this.#isOverflowing = true;
      return false;
    }
    this.#kept.push(this.#asNow(publish));
    return true;
  }

  /** Runs the task in its turn: now, or after what is kept, whatever the capacity. */
  pass(task: () => void): void {
    if (this.isHeld) this.#kept.push(this.#asNow(task));
    else task();
  }

  hold(): void {
    this.#isHeld = true;
  }

  /**
   * Has what is kept happen, one after the other, as if each were published now. A hold that is made
   * meanwhile stops it. Returns whether it has come to its end.
   */
  release(): boolean {
    this.#isHeld = this.#isOverflowing = false;
    while (this.size > 0 && !this.isHeld) this.#attempt(this.#kept.shift());
    for (const resolve of this.#whenReleased.splice(0)) resolve();
    return !this.isHeld;
  }

  /** Whether nothing has been refused since the bus was held. */
  get hasRoom(): boolean {
    return !this.#isOverflowing;
  }

  whenReleased(): Promise<void> {
    return new Promise((resolve) => this.#whenReleased.push(resolve));
  }

  /** Says to whoever made the call that it is not kept. */
  overflow(call: string): StasisError {
    return new StasisError(
      'OVERFLOW',
      `[core] ${call}(): the bus is held and keeps ${this.#capacity} publishes: no more until bus.release().`,
    );
  }

  /** Whoever asked for it has gone on long ago. */
  #attempt(task: () => unknown): void {
    try {
      task();
    } catch (cause) {
      this.#context.report(
        new StasisError('DELIVERY', '[core] something kept while the bus was held failed.', { cause }),
      );
    }
  }

  #asNow(task: () => unknown): () => unknown {
    const { probes } = this.#context;
    const contexts = this.#contexts;
    const caused = probes.keep(task);
    if (contexts === undefined) return caused;
    const captured = contexts.capture();
    return () => contexts.run(captured, caused);
  }
}
