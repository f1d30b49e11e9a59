import { isAsynchronous, settlement, type Asynchronous } from '../errors/settlement.js';
import type { Consumer } from '../mailbox/consumer.js';
import type { BacklogLimits } from '../mailbox/limits.js';
import { Mailbox } from '../mailbox/mailbox.js';
import type { Clock, Stopwatch } from '../mailbox/stopwatch.js';
import type { Turn } from '../mailbox/turn.js';
import type { Message } from '../messages/message.js';
import type { Origin } from '../watching/origin.js';
import type { DispatchError } from '../watching/dispatch-error.js';
import { publicationOf, type Publication } from '../watching/publication.js';
import type { Tracking } from '../watching/tracking.js';
import type { Receiver } from '../topics/recipient.js';
import type { Topic } from '../topics/topic.js';
import type { SubscriptionMonitor } from './subscription-monitor.js';
import type { Handler, Subscription } from './subscription.js';
import type { SubscriptionsContext } from './subscriptions-context.js';

/** The subscription whose handler it is. */
export interface HandlerOwner extends Subscription {
  readonly tally: SubscriptionMonitor;
  /** Its handler threw or rejected: reports that. Returns what it has reported. */
  failed(cause: unknown, message: Message, origin: Origin): DispatchError;
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
  #handler: Handler | undefined;

  constructor(
    handler: Handler,
    { isSynchronous, turn, limits }: HandlerSettings,
    owner: HandlerOwner,
    { busyMailboxes }: Pick<SubscriptionsContext, 'busyMailboxes'>,
  ) {
    this.#handler = handler;
    this.isSynchronous = isSynchronous;
    if (isSynchronous) this.#handlerWhileIdle = handler;
    this.#owner = owner;
    this.#topic = owner.topic;
    this.#clock = turn.slice; // which has to look at the clock now and then in any case
    this.mailbox = new Mailbox(this, turn, busyMailboxes, limits, owner.tally);
  }

  /** Whether the handler may still be called. */
  get isOpen(): boolean {
    return this.#handler !== undefined;
  }

  /** Synchronous delivery: past the mailbox while that is idle and the final message is not on its way. */
  receive(message: Message, origin: Origin, stopwatch: Stopwatch | undefined): boolean {
    const handler = this.#handlerWhileIdle;
    if (handler === undefined) return this.mailbox.receive(message, origin);
    try {
      const result =
        stopwatch === undefined
          ? handler(message, topicOf(origin), this.#owner)
          : this.#callTimed(handler, message, topicOf(origin), stopwatch, stopwatch.lookedAt);
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

  receiveTracked(message: Message, publication: Publication, stopwatch: Stopwatch | undefined): boolean {
    if (this.#handlerWhileIdle === undefined) return this.#queueTracked(message, publication);
    try {
      const handle = this.#handling(message, publication);
      const call = (): unknown => publication.within(handle);
      const timed = stopwatch && (() => this.#timed(message, stopwatch, stopwatch.lookedAt, call));
      const result = this.#told(publication.tracking, timed ?? call);
      if (result !== undefined) this.#settle(result, message, publication);
    } catch (error) {
      this.fail(error, message, publication);
    }
    return true;
  }

  #queueTracked(message: Message, publication: Publication): boolean {
    const { backlog } = this.mailbox;
    const { pushed } = backlog;
    publication.capture();
    const isWithinHighWater = this.mailbox.receive(message, publication);
    if (backlog.pushed > pushed) publication.tracking?.queued(this.#owner, backlog.length);
    return isWithinHighWater;
  }

  /** The mailbox's: one message. */
  handle(message: Message, origin: Origin | undefined, isSampled: boolean, isFinal: boolean): unknown {
    if (isFinal && !this.#owner.takeFinal()) return undefined;
    const handler = this.#handler as Handler;
    const publication = origin && publicationOf(origin);
    if (publication !== undefined) return this.#handleTracked(message, publication, isSampled);
    const topic = origin === undefined ? this.#topic : topicOf(origin);
    if (!isSampled) return handler(message, topic, this.#owner);
    return this.#callTimed(handler, message, topic, this.#clock, this.#clock.look());
  }

  /** The mailbox's: it is empty, and the last message has been handled. */
  idle(): void {
    if (this.isSynchronous && !this.mailbox.isPaused) this.#handlerWhileIdle = this.#handler;
  }

  pause(): void {
    this.#handlerWhileIdle = undefined;
    this.mailbox.pause();
  }

  resume(): void {
    this.mailbox.resume();
    if (!this.mailbox.isActive) this.idle();
  }

  /** The mailbox's: a message whose handling failed. */
  fail(cause: unknown, message: Message, origin: Origin | undefined): void {
    const error = this.#owner.failed(cause, message, origin ?? this.#topic);
    if (origin !== undefined) publicationOf(origin)?.tracking?.ended(this.#owner, error);
  }

  /** Lets go of the handler, and of what is still queued. */
  end(): void {
    this.#handler = this.#handlerWhileIdle = undefined;
    this.mailbox.clear();
  }

  /** By itself, as what is tracked is: a function that makes another one allocates for it whenever it is called. */
  #callTimed(handler: Handler, message: Message, topic: Topic, clock: Clock, startedAt: number): unknown {
    return this.#timed(message, clock, startedAt, () => handler(message, topic, this.#owner));
  }

  #handleTracked(message: Message, publication: Publication, isSampled: boolean): unknown {
    const handle = this.#handling(message, publication);
    const call = (): unknown => publication.run(handle);
    const timed = (): unknown => this.#timed(message, this.#clock, this.#clock.look(), call);
    return this.#told(publication.tracking, isSampled ? timed : call);
  }

  #handling(message: Message, { topic }: Publication): () => unknown {
    const handler = this.#handler as Handler;
    return () => handler(message, topicOf(topic), this.#owner);
  }

  /** Tells of the beginning and of the end. A failure is told of by {@link HandlerCalls.fail}. */
  #told(tracking: Tracking | undefined, call: () => unknown): unknown {
    if (tracking === undefined) return call();
    tracking.began(this.#owner);
    const result = call();
    if (isAsynchronous(result)) return this.#toldLater(tracking, result);
    tracking.ended(this.#owner, undefined);
    return undefined;
  }

  async #toldLater(tracking: Tracking, result: Asynchronous): Promise<void> {
    await settlement(result);
    tracking.ended(this.#owner, undefined);
  }

  /** The time of an asynchronous handler includes what it awaits. */
  #timed(message: Message, clock: Clock, startedAt: number, call: () => unknown): unknown {
    let result: unknown;
    try {
      result = call();
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
