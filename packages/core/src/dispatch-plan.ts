import type { Observer } from 'rxjs';
import type { Audience } from './audience.js';
import type { BusContext } from './bus-context.js';
import type { CacheWriter } from './cache-writer.js';
import { isSampled } from './counters.js';
import type { Delivery } from './delivery.js';
import { StasisError } from './errors.js';
import type { Mailbox } from './mailbox.js';
import type { Message } from './message.js';
import type { AnyMessageType } from './message-type.js';
import { SubscriptionChange } from './subscription-change.js';
import type { LiveSubscription } from './live-subscription.js';
import type { Topic } from './topic.js';

type SubscriptionMailbox = Mailbox<Message, Topic>;

/**
 * What a publish of one message type on one topic does, compiled: filters, forwards, diamonds and declined types are all
 * decided here, once, so that a publish is a comparison and a loop.
 *
 * A publish has three stages. First it feeds the mailboxes: no code of a user runs, so that the answer about congestion
 * is exact, and nested publishes queue in the order in which they are made (T3). Then it writes the caches (C3), and last
 * come the synchronous handlers and plain observers; each of these one message at a time for the whole bus.
 */
export class DispatchPlan {
  readonly type: AnyMessageType;
  readonly #audiences: readonly Audience[];
  readonly #version: number;
  readonly #origin: Topic;
  readonly #context: BusContext;
  readonly #delivery: Delivery;
  /** Mailboxes of the topic's own subscriptions. */
  readonly #own: SubscriptionMailbox[] = [];
  /** Mailboxes of subscriptions to topics that this one is forwarded to: they have to be told the origin. */
  readonly #forwarded: SubscriptionMailbox[] = [];
  readonly #writers: CacheWriter[] = [];
  readonly #synchronous: LiveSubscription[] = [];
  readonly #observers: Observer<Message>[] = [];
  readonly #passed: LiveSubscription[] = [];
  readonly #filtered: LiveSubscription[] = [];
  /** Whether a publish may run code of a user. */
  #isStaged = false;
  #hits = 0;
  #foldedHits = 0;

  constructor(origin: Audience, type: AnyMessageType, audiences: readonly Audience[]) {
    this.type = type;
    this.#origin = origin.topic;
    this.#context = origin.context;
    this.#delivery = origin.context.delivery;
    this.#audiences = audiences;
    this.#version = totalVersion(audiences);
  }

  /** Whether nothing has changed since the plan was made: versions only grow, so an equal sum means equal summands. */
  isCurrent(): boolean {
    return totalVersion(this.#audiences) === this.#version;
  }

  addSubscription(subscription: LiveSubscription): void {
    if (!subscription.accepts(this.type)) {
      this.#filtered.push(subscription);
      return;
    }
    this.#passed.push(subscription);
    if (subscription.isSynchronous) this.#synchronous.push(subscription);
    else if (subscription.topic === this.#origin) this.#own.push(subscription.mailbox);
    else this.#forwarded.push(subscription.mailbox);
    this.#isStaged ||= subscription.isStaged;
  }

  addWriters(writers: readonly CacheWriter[]): void {
    for (const writer of writers) this.#writers.push(writer);
    this.#isStaged ||= writers.length > 0;
  }

  addObservers(observers: readonly Observer<Message>[]): void {
    for (const observer of observers) this.#observers.push(observer); // too many, perhaps, to be arguments of one call
    this.#isStaged ||= observers.length > 0;
  }

  /** Delivers one message. Returns whether every mailbox that it fed is within high water. */
  dispatch(message: Message): boolean {
    if (isSampled(this.#hits++)) return this.#dispatchTimed(message);
    if (this.#isStaged) return this.#dispatchInStages(message, false);
    return this.#feed(message) || this.#alert();
  }

  /** Adds what was counted since the last time to the statistics: a publish itself counts one number. */
  fold(): void {
    const hits = this.#hits - this.#foldedHits;
    if (hits === 0) return;
    this.#foldedHits = this.#hits;
    const isUsed = this.#passed.length + this.#observers.length + this.#writers.length > 0;
    const { counters, context } = this.#origin.audience;
    if (isUsed) counters.dispatched += hits;
    else counters.notDispatched += hits;
    context.messageTypes.add(this.type, hits, isUsed);
    for (const subscription of this.#passed) subscription.monitor.passed += hits;
    for (const subscription of this.#filtered) subscription.monitor.filtered += hits;
  }

  #dispatchTimed(message: Message): boolean {
    const startedAt = performance.now();
    const isWithinHighWater = this.#isStaged
      ? this.#dispatchInStages(message, true)
      : this.#feed(message) || this.#alert();
    this.#origin.audience.counters.times.take(performance.now() - startedAt);
    return isWithinHighWater;
  }

  /** A mailbox is congested: whoever is to be told has waited until all mailboxes were fed. */
  #alert(): false {
    this.#delivery.flush();
    return false;
  }

  #dispatchInStages(message: Message, isTimed: boolean): boolean {
    const delivery = this.#delivery;
    const isNested = delivery.isBusy;
    if (isNested) delivery.defer(() => void this.#deliver(message, isTimed));
    else delivery.begin();
    let isWithinHighWater = this.#feed(message);
    if (this.#writers.length > 0 && !this.#write(message)) isWithinHighWater = false;
    if (isNested) return isWithinHighWater;
    try {
      return this.#deliver(message, isTimed) && isWithinHighWater;
    } finally {
      delivery.end();
    }
  }

  // Loops by index: an iterator for each publish costs as much as the delivery to one subscription.

  #feed(message: Message): boolean {
    const own = this.#own;
    let isWithinHighWater = true;
    for (let i = 0; i < own.length; i++) {
      if (!(own[i] as SubscriptionMailbox).push(message)) isWithinHighWater = false;
    }
    return this.#forwarded.length === 0 ? isWithinHighWater : this.#feedForwarded(message) && isWithinHighWater;
  }

  #feedForwarded(message: Message): boolean {
    const forwarded = this.#forwarded;
    let isWithinHighWater = true;
    for (let i = 0; i < forwarded.length; i++) {
      if (!(forwarded[i] as SubscriptionMailbox).pushFrom(message, this.#origin)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }

  /** Returns whether every mailbox that the updates fed is within high water, as far as they have been fed. */
  #write(message: Message): boolean {
    let isWithinHighWater = true;
    this.#context.writing.defer(() => {
      for (const writer of this.#writers) if (!writer.write(message)) isWithinHighWater = false;
    });
    return isWithinHighWater;
  }

  /** Returns whether every mailbox behind a synchronous handler is within high water. */
  #deliver(message: Message, isTimed: boolean): boolean {
    const synchronous = this.#synchronous;
    const observers = this.#observers;
    const origin = this.#origin;
    let isWithinHighWater = true;
    for (let i = 0; i < synchronous.length; i++) {
      if (!(synchronous[i] as LiveSubscription).receive(message, origin, isTimed)) isWithinHighWater = false;
    }
    for (let i = 0; i < observers.length; i++) this.#observe(observers[i] as Observer<Message>, message);
    return isWithinHighWater;
  }

  /** RxJS contains what its consumers throw, but not everything that can be handed to it as an observer. */
  #observe(observer: Observer<Message>, message: Message): void {
    try {
      observer.next(message);
    } catch (error) {
      this.#context.report(
        new StasisError('OBSERVER', `[core] an observer of topic "${this.#origin.name}" failed.`, { cause: error }),
      );
    }
  }
}

/** Compiles what a publish of the type on the topic of this audience does. Costs as much as the audiences are large. */
export function dispatchPlan(origin: Audience, type: AnyMessageType): DispatchPlan {
  const audiences = [...origin.reach()];
  const plan = new DispatchPlan(origin, type, audiences);
  if (origin.context.declined.has(type.name)) return plan;
  const isChange = type.identity === SubscriptionChange.identity;
  for (const audience of audiences) {
    for (const subscription of audience.subscriptions) {
      plan.addSubscription(subscription);
    }
    if (isChange) continue;
    plan.addWriters(audience.writers);
    plan.addObservers(audience.observers);
  }
  return plan;
}

function totalVersion(audiences: readonly Audience[]): number {
  let total = 0;
  for (let i = 0; i < audiences.length; i++) total += (audiences[i] as Audience).version;
  return total;
}
