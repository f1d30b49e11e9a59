import { isAsynchronous, settlement, type Asynchronous } from '../errors/settlement.js';
import type { Consumer } from '../mailbox/consumer.js';
import type { Contexts } from '../mailbox/contexts.js';
import type { BacklogLimits } from '../mailbox/limits.js';
import { Mailbox } from '../mailbox/mailbox.js';
import type { Clock, Stopwatch } from '../mailbox/stopwatch.js';
import type { Turn } from '../mailbox/turn.js';
import type { Message } from '../messages/message.js';
import type { Origin } from '../topics/origin.js';
import { Publication } from '../topics/publication.js';
import type { Receiver } from '../topics/recipient.js';
import type { Topic } from '../topics/topic.js';
import { inContext } from './in-context.js';
import type { SubscriptionMonitor } from './subscription-monitor.js';
import type { Handler, Subscription } from './subscription.js';
import type { SubscriptionsContext } from './subscriptions-context.js';

/** The subscription whose handler it is. */
export interface HandlerOwner extends Subscription {
  readonly tally: SubscriptionMonitor;
  /** Its handler threw or rejected. */
  failed(cause: unknown, message: Message, origin: Origin): void;
  /** The final message is about to be handled. Returns whether the handler gets it. */
  takeFinal(): boolean;
}

/** How messages come to a handler. */
export interface HandlerSettings {
  readonly isSynchronous: boolean;
  readonly turn: Turn;
  readonly limits: BacklogLimits;
}

/**
 * Calls a subscription's handler, one message at a time: with what its mailbox hands over or, when delivery is synchronous,
 * with what comes while that is idle.
 */
export class HandlerCalls implements Consumer<Message, Origin>, Receiver {
  /** Synchronous delivery: the handler while a message may go to it past the mailbox, which is while that is idle. */
  #handlerWhileIdle: Handler | undefined;
  readonly mailbox: Mailbox<Message, Origin>;
  readonly isSynchronous: boolean;
  readonly #owner: HandlerOwner;
  readonly #topic: Topic;
  readonly #clock: Clock;
  readonly #contexts: Contexts | undefined;
  #handler: Handler | undefined;

  constructor(
    handler: Handler,
    { isSynchronous, turn, limits }: HandlerSettings,
    owner: HandlerOwner,
    bus: Pick<SubscriptionsContext, 'busyMailboxes' | 'contexts'>,
  ) {
    this.#handler = inContext(handler, bus.contexts);
    this.isSynchronous = isSynchronous;
    if (isSynchronous) this.#handlerWhileIdle = this.#handler;
    this.#owner = owner;
    this.#topic = owner.topic;
    this.#contexts = bus.contexts;
    this.#clock = turn.slice; // which has to look at the clock now and then in any case
    this.mailbox = new Mailbox(this, turn, bus.busyMailboxes, limits, owner.tally);
  }

  /** Whether the handler may still be called. */
  get isOpen(): boolean {
    return this.#handler !== undefined;
  }

  /** Synchronous delivery: past the mailbox while that is idle and the final message is not on its way. */
  receive(message: Message, origin: Origin, stopwatch: Stopwatch | undefined): boolean {
    const handler = this.#handlerWhileIdle;
    if (handler === undefined) return this.#queue(message, origin);
    try {
      const result =
        stopwatch === undefined
          ? handler(message, origin as unknown as Topic, this.#owner)
          : this.#callTimed(handler, message, origin, stopwatch, stopwatch.lookedAt);
      if (result !== undefined) this.#settle(result, message, origin);
    } catch (error) {
      this.fail(error, message, origin);
    }
    return true;
  }

  /** By itself, as most handlers return nothing: what is called for each message is to be short. */
  #settle(result: unknown, message: Message, origin: Origin): void {
    if (!isAsynchronous(result)) return;
    this.#handlerWhileIdle = undefined;
    this.mailbox.settle(result, message, origin);
  }

  #queue(message: Message, origin: Origin): boolean {
    const contexts = this.#contexts;
    return this.mailbox.receive(message, contexts === undefined ? origin : new Publication(origin, contexts.capture()));
  }

  /** The mailbox's: one message. */
  handle(message: Message, origin: Origin | undefined, isSampled: boolean, isFinal: boolean): unknown {
    if (isFinal && !this.#owner.takeFinal()) return undefined;
    const handler = this.#handler as Handler;
    if (!isSampled) return handler(message, origin === undefined ? this.#topic : topicOf(origin), this.#owner);
    return this.#callTimed(handler, message, origin ?? this.#topic, this.#clock, this.#clock.look());
  }

  /** The mailbox's: it is empty, and the last message has been handled. */
  idle(): void {
    if (this.isSynchronous) this.#handlerWhileIdle = this.#handler;
  }

  /** The mailbox's: a message whose handling failed. */
  fail(cause: unknown, message: Message, origin: Origin | undefined): void {
    this.#owner.failed(cause, message, origin ?? this.#topic);
  }

  /** Lets go of the handler, and of what is still queued. */
  end(): void {
    this.#handler = this.#handlerWhileIdle = undefined;
    this.mailbox.clear();
  }

  /** The time of an asynchronous handler includes what it awaits. */
  #callTimed(handler: Handler, message: Message, origin: Origin, clock: Clock, startedAt: number): unknown {
    let result: unknown;
    try {
      result = handler(message, topicOf(origin), this.#owner);
    } finally {
      const endedAt = clock.look();
      if (!isAsynchronous(result)) this.#owner.tally.took(endedAt - startedAt, message);
    }
    return isAsynchronous(result) ? this.#timedTo(result, message, startedAt) : undefined;
  }

  async #timedTo(result: Asynchronous, message: Message, startedAt: number): Promise<void> {
    try {
      await settlement(result);
    } finally {
      this.#owner.tally.took(performance.now() - startedAt, message);
    }
  }
}

/** Nothing but a topic is ever an origin: it only has no name for itself below. */
function topicOf(origin: Origin): Topic {
  return origin as unknown as Topic;
}
