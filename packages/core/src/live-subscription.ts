import type { Observable, Unsubscribable } from 'rxjs';
import { assertStrings } from './assert.js';
import type { BacklogLimits } from './backlog.js';
import type { BusContext } from './bus-context.js';
import { DispatchError, type StasisError } from './errors.js';
import type { Filter } from './filter.js';
import { Mailbox, type Consumer } from './mailbox.js';
import type { Message } from './message.js';
import { assertMessageTypes, type AnyMessageType } from './message-type.js';
import type { ErrorHook } from './report-error.js';
import { contain, isAsynchronous, settlement } from './settlement.js';
import type { Clock, Stopwatch } from './stopwatch.js';
import { subscriptionChange, type SubscriptionChangeData } from './subscription-change.js';
import { SubscriptionMonitor, type Congestion } from './subscription-monitor.js';
import type { Handler, Subscription } from './subscription.js';
import type { Topic } from './topic.js';
import type { Turn } from './turn.js';

/** What a subscription is made of, validated. */
export interface SubscriptionSettings {
  readonly name?: string | undefined;
  readonly filter: Filter;
  readonly isSynchronous: boolean;
  readonly turn: Turn;
  readonly limits: BacklogLimits;
  readonly signal?: AbortSignal | undefined;
  readonly onError?: ErrorHook<StasisError> | undefined;
  readonly onFinal?: ((message: Message<SubscriptionChangeData>) => unknown) | undefined;
}

/** The class behind {@link Subscription}. */
export class LiveSubscription implements Subscription, Consumer<Message, Topic> {
  /** Synchronous delivery: the handler while a message may go to it past the mailbox, which is while that is idle. */
  #direct: Handler | undefined;
  readonly mailbox: Mailbox<Message, Topic>;
  readonly monitor: SubscriptionMonitor;
  readonly id: string;
  readonly name: string;
  readonly topic: Topic;
  readonly isSynchronous: boolean;
  /** Whether feeding it may have something to tell even when it is within high water: a drop, or a call of a user's dispatcher. */
  readonly isStaged: boolean;
  isSubscribed = true;
  isDone = false;
  readonly #context: BusContext;
  readonly #settings: SubscriptionSettings;
  #handler: Handler | undefined;
  #final: Message<SubscriptionChangeData> | undefined;
  /** Decided when it ends: a filter changed later holds for nothing any more. */
  #isFinalAccepted = false;
  #listening: Unsubscribable | undefined;
  #joiners: (() => void)[] = [];

  constructor(topic: Topic, handler: Handler, settings: SubscriptionSettings) {
    this.topic = topic;
    this.isSynchronous = settings.isSynchronous;
    this.isStaged = settings.isSynchronous || settings.turn.isForeign || settings.limits.capacity < Infinity;
    this.#handler = handler;
    this.#settings = settings;
    const { context } = topic.audience;
    this.#context = context;
    this.id = `${topic.name}#${++context.subscriptionCount}`;
    this.name = settings.name ?? (handler.name || this.id);
    this.monitor = new SubscriptionMonitor(this.id, context, settings.limits, settings.onError);
    if (this.isSynchronous) this.#direct = handler;
    this.mailbox = new Mailbox(this, settings.turn, context.activity, settings.limits, this.monitor);
  }

  get depth(): number {
    return this.mailbox.backlog.length;
  }

  get congestion$(): Observable<Congestion> {
    return this.monitor.congestion$;
  }

  /** Joins the audience and announces itself there; its own announcement is the first message it gets (S3). */
  start(): this {
    this.#context.delivery.stage(() => this.#start());
    return this;
  }

  accepts(type: AnyMessageType): boolean {
    return this.#settings.filter.accepts(type);
  }

  accept(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.accept', 'types', types);
    this.#settings.filter.accept(types);
    this.topic.audience.changed();
  }

  decline(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.decline', 'types', types);
    this.#settings.filter.decline(types);
    this.topic.audience.changed();
  }

  acceptFormats(...formats: readonly string[]): void {
    assertStrings('subscription.acceptFormats', 'formats', formats);
    this.#settings.filter.acceptFormats(formats);
    this.topic.audience.changed();
  }

  acceptAll(): void {
    this.#settings.filter.acceptAll();
    this.topic.audience.changed();
  }

  isFinal(message: Message): boolean {
    return this.#final !== undefined && message === this.#final;
  }

  unsubscribe(): void {
    if (this.isSubscribed) this.#context.delivery.stage(() => this.#end());
  }

  join(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#handler === undefined) resolve();
      else this.#joiners.push(resolve);
    });
  }

  publishSync(message: Message): Promise<void> {
    this.topic.publish(message);
    return new Promise((resolve) => {
      this.#afterDeliveries(resolve);
    });
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.unsubscribe();
    return this.join();
  }

  /** Synchronous delivery: past the mailbox while that is idle and the final message is not on its way. */
  receive(message: Message, origin: Topic, stopwatch: Stopwatch | undefined): boolean {
    const handler = this.#direct;
    if (handler === undefined) return this.mailbox.receive(message, origin);
    try {
      const result =
        stopwatch === undefined
          ? handler(message, origin, this)
          : this.#invokeTimed(handler, message, origin, stopwatch, stopwatch.lookedAt);
      if (result !== undefined && isAsynchronous(result)) {
        this.#direct = undefined;
        this.mailbox.settle(result, message, origin);
      }
    } catch (error) {
      this.fail(error, message, origin);
    }
    return true;
  }

  /** The mailbox's: one message. */
  handle(message: Message, origin: Topic | undefined, isSampled: boolean, isFinal: boolean): unknown {
    if (isFinal) {
      this.isDone = true;
      if (!this.#isFinalAccepted) return undefined;
    }
    const handler = this.#handler as Handler;
    if (!isSampled) return handler(message, origin ?? this.topic, this);
    const { slice } = this.#settings.turn; // which has to look at the clock now and then in any case
    return this.#invokeTimed(handler, message, origin ?? this.topic, slice, slice.look());
  }

  /** The mailbox's: it is empty, and the last message has been handled. */
  idle(): void {
    if (this.isSynchronous) this.#direct = this.#handler;
  }

  /** The mailbox's: a message whose handling failed. */
  fail(cause: unknown, message: Message, origin: Topic | undefined): void {
    const error = new DispatchError((origin ?? this.topic).name, this.id, message, cause);
    this.#context.report(error, this.#settings.onError);
  }

  /** The time of an asynchronous handler includes what it awaits. */
  #invokeTimed(handler: Handler, message: Message, origin: Topic, clock: Clock, startedAt: number): unknown {
    let result: unknown;
    try {
      result = handler(message, origin, this);
    } finally {
      const endedAt = clock.look();
      if (!isAsynchronous(result)) this.monitor.took(endedAt - startedAt, message);
    }
    return isAsynchronous(result) ? this.#timedTo(settlement(result), message, startedAt) : undefined;
  }

  #timedTo(settled: Promise<unknown>, message: Message, startedAt: number): Promise<unknown> {
    return settled.finally(() => {
      this.monitor.took(performance.now() - startedAt, message);
    });
  }

  #start(): void {
    const { id, name, topic } = this;
    const { signal } = this.#settings;
    const audience = topic.audience;
    this.#context.subscriptions.add(this);
    audience.add(this);
    this.#context.events.emit({ type: 'subscribed', topic: topic.name, subscription: id, name });
    audience.announce(subscriptionChange(topic.name, id, 'Subscribe'));
    if (audience.isEnded) this.#end();
    else if (signal !== undefined) this.#listenTo(signal);
  }

  /** The others see the "Unsubscribe" before what the final message may bring about (T3). */
  #end(): void {
    const { id, topic } = this;
    const final = subscriptionChange(topic.name, id, 'Unsubscribe');
    this.isSubscribed = false;
    this.#final = final;
    this.#isFinalAccepted = this.#settings.filter.acceptsFinal;
    this.#listening?.unsubscribe();
    topic.audience.remove(this);
    topic.audience.announce(final);
    if (this.isSynchronous) this.#context.delivery.defer(() => this.mailbox.receiveLast(final));
    else this.mailbox.pushLast(final);
    this.#afterDeliveries(() => this.#finish(final));
    this.#context.events.emit({ type: 'unsubscribed', topic: topic.name, subscription: id });
  }

  /** Calls back once this subscription has handled everything that was published so far. */
  #afterDeliveries(callback: () => void): void {
    this.#context.delivery.defer(() => {
      this.mailbox.whenHandled(callback);
    });
  }

  #listenTo(signal: AbortSignal): void {
    this.#listening = this.#context.signals.abort$(signal).subscribe(() => {
      this.unsubscribe();
    });
  }

  /** The final message has been handled: tell who waits, and hold on to nothing. */
  #finish(final: Message<SubscriptionChangeData>): void {
    this.#handler = this.#direct = undefined;
    this.mailbox.clear();
    this.#context.subscriptions.delete(this);
    contain(
      () => this.#settings.onFinal?.(final),
      (error) => this.fail(error, final, undefined),
    );
    this.monitor.complete();
    this.#context.events.emit({ type: 'done', topic: this.topic.name, subscription: this.id });
    for (const resolve of this.#joiners.splice(0)) resolve();
  }
}
