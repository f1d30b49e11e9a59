import { isAsynchronous, settlement, type Asynchronous } from '../errors/settlement.js';
import type { Consumer } from '../mailbox/consumer.js';
import type { BacklogLimits } from '../mailbox/limits.js';
import { Mailbox } from '../mailbox/mailbox.js';
import type { Clock, Stopwatch } from '../mailbox/stopwatch.js';
import type { TimeSlice } from '../mailbox/time-slice.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { Turn } from '../mailbox/turn.js';
import type { Message } from '../messages/message.js';
import type { Origin } from '../watching/origin.js';
import type { DispatchError } from '../watching/dispatch-error.js';
import { publicationOf, type Publication } from '../watching/publication.js';
import type { Tracking } from '../watching/tracking.js';
import type { HandlerCall, Receiver } from '../topics/recipient.js';
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
  /** Synchronous delivery: the handler, while a message may go to it past the mailbox, which is while that is idle. */
  idleHandler: HandlerCall | undefined;
  /** Until the subscription is done. */
  handler: HandlerCall | undefined;
  readonly mailbox: Mailbox<Message, Origin>;
  readonly owner: HandlerOwner;
  readonly #isSynchronous: boolean;
  readonly #topic: Topic;
  readonly #slice: TimeSlice;
  readonly #delivery: Trampoline;

  constructor(
    handler: Handler,
    { isSynchronous, turn, limits }: HandlerSettings,
    owner: HandlerOwner,
    { busyMailboxes, delivery }: Pick<SubscriptionsContext, 'busyMailboxes' | 'delivery'>,
  ) {
    this.handler = handler as HandlerCall; // nothing but a topic is ever an origin: it only has no name for itself below
    this.idleHandler = isSynchronous ? this.handler : undefined;
    this.owner = owner;
    this.#isSynchronous = isSynchronous;
    this.#topic = owner.topic;
    this.#slice = turn.slice;
    this.#delivery = delivery;
    this.mailbox = new Mailbox(this, turn, busyMailboxes, limits, owner.tally);
  }

  receive(message: Message, origin: Origin, stopwatch?: Stopwatch): boolean {
    const { idleHandler } = this;
    if (idleHandler === undefined) return this.mailbox.receive(message, origin);
    try {
      const result =
        stopwatch === undefined
          ? idleHandler(message, origin, this.owner)
          : this.#callTimed(idleHandler, message, origin, stopwatch);
      if (result !== undefined) this.settle(result, message, origin);
    } catch (error) {
      this.fail(error, message, origin);
    }
    return true;
  }

  settle(result: unknown, message: Message, origin: Origin): void {
    if (!isAsynchronous(result)) return;
    this.#occupy();
    this.mailbox.settle(result, message, origin);
  }

  receiveTracked(message: Message, publication: Publication, stopwatch: Stopwatch | undefined): boolean {
    if (this.idleHandler === undefined) return this.#queueTracked(message, publication);
    try {
      this.settle(this.#callTracked(message, publication, 'within', stopwatch), message, publication);
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
    if (backlog.pushed > pushed) publication.tracking?.queued(this.owner, backlog.length);
    return isWithinHighWater;
  }

  /** The mailbox's: one message. */
  handle(message: Message, origin: Origin | undefined, isSampled: boolean, isFinal: boolean): unknown {
    if (isFinal && !this.owner.takeFinal()) return undefined;
    const handler = this.handler as HandlerCall;
    const clock = isSampled ? this.#slice : undefined;
    const publication = origin && publicationOf(origin);
    if (publication !== undefined) return this.#callTracked(message, publication, 'run', clock);
    const topic = origin ?? this.#topic;
    return clock === undefined ? handler(message, topic, this.owner) : this.#callTimed(handler, message, topic, clock);
  }

  /** The mailbox's: it is empty, and the last message has been handled. */
  idle(): void {
    if (this.#isSynchronous && !this.mailbox.isPaused) this.idleHandler = this.handler;
  }

  pause(): void {
    this.#occupy();
    this.mailbox.pause();
  }

  resume(): void {
    this.mailbox.resume();
    if (!this.mailbox.isActive) this.idle();
  }

  /** The mailbox's: a message whose handling failed. */
  fail(cause: unknown, message: Message, origin: Origin | undefined): void {
    const error = this.owner.failed(cause, message, origin ?? this.#topic);
    if (origin !== undefined) publicationOf(origin)?.tracking?.ended(this.owner, error);
  }

  /** Lets go of the handler, and of what is still queued. */
  end(): void {
    this.#occupy();
    this.handler = undefined;
    this.mailbox.backlog.clear();
  }

  /** From now on what comes goes by way of the mailbox. */
  #occupy(): void {
    if (this.idleHandler !== undefined) this.#delivery.detours++;
    this.idleHandler = undefined;
  }

  /** @param way `within`: on the publisher's stack; `run`: later, in the publisher's context */
  #callTracked(message: Message, publication: Publication, way: 'within' | 'run', clock: Clock | undefined): unknown {
    const { topic, tracking } = publication;
    const handler = this.handler as HandlerCall;
    const handle = (): unknown => handler(message, topic, this.owner);
    const call = (): unknown => publication[way](handle);
    return this.#told(tracking, clock === undefined ? call : () => this.#callTimed(call, message, topic, clock));
  }

  /** Tells of the beginning and of the end. A failure is told of by {@link HandlerCalls.fail}. */
  #told(tracking: Tracking | undefined, call: () => unknown): unknown {
    if (tracking === undefined) return call();
    tracking.began(this.owner);
    const result = call();
    if (isAsynchronous(result)) return this.#toldLater(tracking, result);
    tracking.ended(this.owner, undefined);
    return undefined;
  }

  async #toldLater(tracking: Tracking, result: Asynchronous): Promise<void> {
    await settlement(result);
    tracking.ended(this.owner, undefined);
  }

  /** The time of an asynchronous handler includes what it awaits. */
  #callTimed(handler: HandlerCall, message: Message, topic: Origin, clock: Clock): unknown {
    const startedAt = clock.now();
    let result: unknown;
    try {
      result = handler(message, topic, this.owner);
    } finally {
      const endedAt = clock.look();
      if (!isAsynchronous(result)) this.owner.tally.took(endedAt - startedAt, message);
    }
    return isAsynchronous(result) ? this.#timedTo(result, message, startedAt) : undefined;
  }

  async #timedTo(result: Asynchronous, message: Message, startedAt: number): Promise<void> {
    try {
      await settlement(result);
    } finally {
      this.owner.tally.took(performance.now() - startedAt, message);
    }
  }
}
