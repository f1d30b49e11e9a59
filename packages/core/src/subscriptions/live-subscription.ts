import type { Observable } from 'rxjs';
import { assertStrings } from '../errors/assert.js';
import type { Failure } from '../topics/audience.js';
import type { BacklogLimits } from '../mailbox/backlog.js';
import type { BusContext } from '../bus/bus-context.js';
import { DispatchError, type StasisError } from '../errors/errors.js';
import type { Filter } from './filter.js';
import { Mailbox, type Consumer } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import { assertMessageTypes, type AnyMessageType } from '../messages/message-type.js';
import { reportObserver, type Reporter } from '../errors/observers.js';
import type { ErrorHook } from '../errors/report-error.js';
import { contain, isAsynchronous, settlement, type Asynchronous } from '../errors/settlement.js';
import type { Clock, Stopwatch } from '../mailbox/stopwatch.js';
import { subscriptionChange, type SubscriptionChangeData } from '../messages/subscription-change.js';
import { SubscriptionMonitor, type Congestion } from './subscription-monitor.js';
import type { Handler, Subscription } from './subscription.js';
import type { Topic } from '../topics/topic.js';
import type { Turn } from '../mailbox/turn.js';

/** Whom a subscription calls beside its handler. */
export interface SubscriptionHooks {
  readonly onError?: ErrorHook<StasisError> | undefined;
  readonly onFinal?: ((message: Message<SubscriptionChangeData>) => unknown) | undefined;
  /** Called after all else, with what the topic has failed by, if it has. */
  readonly onEnd?: ((failure: Failure | undefined) => void) | undefined;
}

/** What a subscription is made of, validated. */
export interface SubscriptionSettings extends SubscriptionHooks {
  readonly name?: string | undefined;
  readonly filter: Filter;
  readonly isSynchronous: boolean;
  readonly turn: Turn;
  readonly limits: BacklogLimits;
}

/** The class behind {@link Subscription}. */
export class LiveSubscription implements Subscription, Consumer<Message, Topic>, Reporter {
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
  readonly #filter: Filter;
  readonly #clock: Clock;
  #handler: Handler | undefined;
  #hooks: SubscriptionHooks;
  #final: Message<SubscriptionChangeData> | undefined;
  /** Decided when it ends: a filter changed later holds for nothing any more. */
  #isFinalAccepted = false;
  #stopListening: (() => void) | undefined;
  #joiners: (() => void)[] = [];

  constructor(topic: Topic, handler: Handler, settings: SubscriptionSettings) {
    const { isSynchronous, filter, turn, limits, onError, onFinal, onEnd } = settings;
    this.topic = topic;
    this.isSynchronous = isSynchronous;
    this.isStaged = isSynchronous || turn.isForeign || limits.capacity < Infinity;
    this.#handler = handler;
    this.#filter = filter;
    this.#clock = turn.slice; // which has to look at the clock now and then in any case
    this.#hooks = { onError, onFinal, onEnd };
    const { context } = topic.audience;
    this.#context = context;
    this.id = `${topic.name}#${++context.subscriptionCount}`;
    this.name = settings.name ?? (handler.name || this.id);
    this.monitor = new SubscriptionMonitor(this.id, context, limits, this);
    if (this.isSynchronous) this.#direct = handler;
    this.mailbox = new Mailbox(this, turn, context.activity, limits, this.monitor);
  }

  get depth(): number {
    return this.mailbox.backlog.length;
  }

  get congestion$(): Observable<Congestion> {
    return this.monitor.congestion$;
  }

  /** Whether somebody learns of the error that the topic may end by. */
  get takesFailure(): boolean {
    return this.#hooks.onEnd !== undefined;
  }

  /** Joins the audience and announces itself there; its own announcement is the first message it gets (S3). */
  start(signal: AbortSignal | undefined): this {
    // First, for it may be refused: then nothing has been subscribed.
    if (signal !== undefined) {
      this.#stopListening = this.#context.signals.listen('subscribe', signal, () => {
        this.unsubscribe();
      });
    }
    this.#context.delivery.stage(() => this.#start(signal));
    return this;
  }

  accepts(type: AnyMessageType): boolean {
    return this.#filter.accepts(type);
  }

  accept(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.accept', 'types', types);
    this.#filter.accept(types);
    this.topic.audience.refiltered(this);
  }

  decline(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.decline', 'types', types);
    this.#filter.decline(types);
    this.topic.audience.refiltered(this);
  }

  acceptFormats(...formats: readonly string[]): void {
    assertStrings('subscription.acceptFormats', 'formats', formats);
    this.#filter.acceptFormats(formats);
    this.topic.audience.refiltered(this);
  }

  acceptAll(): void {
    this.#filter.acceptAll();
    this.topic.audience.refiltered(this);
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
    return this.#invokeTimed(handler, message, origin ?? this.topic, this.#clock, this.#clock.look());
  }

  /** The mailbox's: it is empty, and the last message has been handled. */
  idle(): void {
    if (this.isSynchronous) this.#direct = this.#handler;
  }

  /** The mailbox's: a message whose handling failed. */
  fail(cause: unknown, message: Message, origin: Topic | undefined): void {
    this.report(new DispatchError((origin ?? this.topic).name, this.id, message, cause));
  }

  report(error: StasisError): void {
    this.#context.report(error, this.#hooks.onError);
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
    return isAsynchronous(result) ? this.#timedTo(result, message, startedAt) : undefined;
  }

  async #timedTo(result: Asynchronous, message: Message, startedAt: number): Promise<void> {
    try {
      await settlement(result);
    } finally {
      this.monitor.took(performance.now() - startedAt, message);
    }
  }

  #start(signal: AbortSignal | undefined): void {
    const { id, name, topic } = this;
    const audience = topic.audience;
    this.#context.subscriptions.add(this);
    audience.add(this);
    this.#context.events.emit({ type: 'subscribed', topic: topic.name, subscription: id, name });
    audience.announce(subscriptionChange(topic.name, id, 'Subscribe'));
    if (audience.isEnded || signal?.aborted === true) this.unsubscribe();
  }

  /** The others see the "Unsubscribe" before what the final message may bring about (T3). */
  #end(): void {
    const { id, topic, monitor } = this;
    const final = subscriptionChange(topic.name, id, 'Unsubscribe');
    this.isSubscribed = false;
    this.#final = final;
    this.#isFinalAccepted = this.#filter.acceptsFinal;
    this.#stopListening?.();
    this.#stopListening = undefined;
    topic.audience.remove(this);
    topic.audience.announce(final);
    if (this.#isFinalAccepted) monitor.passed++;
    else monitor.filtered++;
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

  /** The final message has been handled: tell who waits, and hold on to nothing, whoever holds on to this. */
  #finish(final: Message<SubscriptionChangeData>): void {
    const { onError, onFinal, onEnd } = this.#hooks;
    this.#handler = this.#direct = undefined;
    this.mailbox.clear();
    this.#context.subscriptions.delete(this);
    contain(
      () => onFinal?.(final),
      (cause) => {
        this.#context.report(new DispatchError(this.topic.name, this.id, final, cause), onError);
      },
    );
    contain(
      () => onEnd?.(this.topic.audience.failure),
      (cause) => {
        reportObserver(this.name, ' as that ended', cause, this);
      },
    );
    this.monitor.complete();
    this.#context.delivery.defer(() => {
      this.#hooks = NO_HOOKS;
    });
    this.#context.events.emit({ type: 'done', topic: this.topic.name, subscription: this.id });
    for (const resolve of this.#joiners.splice(0)) resolve();
  }
}

const NO_HOOKS: SubscriptionHooks = {};
