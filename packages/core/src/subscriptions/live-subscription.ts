import type { Observable } from 'rxjs';
import { assertStrings } from '../errors/assert.js';
import type { BacklogLimits } from '../mailbox/limits.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { assertMessageTypes } from '../messages/message-type.js';
import type { AnyMessageType, Message } from '../messages/message.js';
import { subscriptionChange, type SubscriptionChangeData } from '../messages/subscription-change.js';
import type { Origin } from '../watching/origin.js';
import type { Publication } from '../watching/publication.js';
import type { Receiver, Recipient } from '../topics/recipient.js';
import type { Topic } from '../topics/topic.js';
import { DispatchError } from '../watching/dispatch-error.js';
import type { Filter } from './filter.js';
import { HandlerCalls, type HandlerOwner } from './handler-calls.js';
import { describeSubscription, type SubscriptionDescription } from './subscription-description.js';
import { HookCalls } from './subscription-hooks.js';
import type { Congestion } from './congestion.js';
import { SubscriptionMonitor } from './subscription-monitor.js';
import type { SubscriptionSettings } from './subscription-settings.js';
import type { SubscriptionStatistics } from './subscription-statistics.js';
import type { Handler } from './subscription.js';
import { busOf, type OpenSubscription, type SubscriptionsContext } from './subscriptions-context.js';

/** The class behind `Subscription`: its filter, and its life from its announcement to its final message. */
export class LiveSubscription implements HandlerOwner, Recipient, OpenSubscription {
  readonly id: string;
  readonly name: string;
  readonly topic: Topic;
  readonly tally: SubscriptionMonitor;
  readonly mailbox: Mailbox<Message, Origin>;
  readonly receiver: Receiver | undefined;
  readonly isQuiet: boolean;
  readonly filter: Filter;
  readonly limits: BacklogLimits;
  /** Whether a dispatcher of its own drains its mailbox, and not the bus's. */
  readonly hasOwnDispatcher: boolean;
  /** What its handler dispatches by itself, if it does. */
  routes: readonly string[] | undefined;
  isSubscribed = true;
  isDone = false;
  readonly #bus: SubscriptionsContext;
  readonly #calls: HandlerCalls;
  readonly #hooks: HookCalls;
  #final: Message<SubscriptionChangeData> | undefined;
  /** Decided when it ends: a filter changed later holds for nothing any more. */
  #isFinalAccepted = false;
  #stopListening: (() => void) | undefined;
  #joiners: (() => void)[] = [];

  constructor(topic: Topic, handler: Handler, settings: SubscriptionSettings) {
    const { isSynchronous, filter, turn, limits } = settings;
    const bus = busOf(topic);
    this.topic = topic;
    this.#bus = bus;
    this.filter = filter;
    this.limits = limits;
    this.hasOwnDispatcher = turn !== bus.turn;
    this.#hooks = new HookCalls(settings, bus);
    this.id = `${topic.name}#${++bus.subscriptionCount}`;
    this.name = settings.name ?? (handler.name || this.id);
    this.tally = new SubscriptionMonitor(this, bus, limits, this.#hooks);
    this.#calls = new HandlerCalls(handler, settings, this, bus);
    this.mailbox = this.#calls.mailbox;
    this.receiver = isSynchronous ? this.#calls : undefined;
    // A mailbox that is full drops, and a user's dispatcher is called: neither while the mailboxes are fed.
    this.isQuiet = !isSynchronous && !turn.isForeign && limits.capacity === Infinity;
  }

  get depth(): number {
    return this.mailbox.backlog.length;
  }

  get congestion$(): Observable<Congestion> {
    return this.tally.congestion$;
  }

  /** Whether somebody learns of the error that the topic may end by. */
  get takesFailure(): boolean {
    return this.#hooks.takesFailure;
  }

  /** Joins the audience and announces itself there; its own announcement is the first message it gets (S3). */
  start(signal: AbortSignal | undefined): this {
    // First, for it may be refused: then nothing has been subscribed.
    if (signal !== undefined) {
      this.#stopListening = this.#bus.signals.listen('subscribe', signal, () => {
        this.unsubscribe();
      });
    }
    this.#bus.delivery.run(() => this.#start(signal));
    return this;
  }

  accepts(type: AnyMessageType): boolean {
    return this.filter.accepts(type);
  }

  accept(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.accept', 'types', types);
    this.filter.accept(types);
    this.topic.audience.refiltered(this);
  }

  decline(...types: readonly AnyMessageType[]): void {
    assertMessageTypes('subscription.decline', 'types', types);
    this.filter.decline(types);
    this.topic.audience.refiltered(this);
  }

  acceptFormats(...formats: readonly string[]): void {
    assertStrings('subscription.acceptFormats', 'formats', formats);
    this.filter.acceptFormats(formats);
    this.topic.audience.refiltered(this);
  }

  acceptAll(): void {
    this.filter.acceptAll();
    this.topic.audience.refiltered(this);
  }

  isFinal(message: Message): boolean {
    return this.#final !== undefined && message === this.#final;
  }

  get isPaused(): boolean {
    return this.mailbox.isPaused;
  }

  pause(): void {
    if (this.isPaused || !this.isSubscribed) return;
    this.#calls.pause();
    this.#bus.events.emit({ type: 'paused', topic: this.topic.name, subscription: this.id });
  }

  resume(): void {
    if (!this.isPaused) return;
    this.#calls.resume();
    this.#bus.events.emit({ type: 'resumed', topic: this.topic.name, subscription: this.id });
  }

  step(): boolean {
    return this.mailbox.step();
  }

  unsubscribe(): void {
    if (this.isSubscribed) this.#bus.delivery.run(() => this.#end());
  }

  join(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#calls.handler !== undefined) this.#joiners.push(resolve);
      else resolve();
    });
  }

  publishSync(message: Message): Promise<void> {
    this.topic.publish(message);
    return new Promise((resolve) => {
      this.#bus.gate.pass(() => {
        this.#afterDeliveries(resolve);
      });
    });
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.unsubscribe();
    return this.join();
  }

  failed(cause: unknown, message: Message, origin: Origin): DispatchError {
    const error = new DispatchError(origin.name, this.id, message, cause);
    this.#hooks.report(error);
    return error;
  }

  takeFinal(): boolean {
    this.isDone = true;
    return this.#isFinalAccepted;
  }

  statistics(): SubscriptionStatistics {
    return this.tally.read(this.name, this.topic.name, this.mailbox.backlog);
  }

  describe(): SubscriptionDescription {
    return describeSubscription(this);
  }

  #start(signal: AbortSignal | undefined): void {
    const { id, name, topic } = this;
    const audience = topic.audience;
    this.#bus.subscriptions.add(this);
    audience.add(this);
    this.#bus.events.emit({ type: 'subscribed', topic: topic.name, subscription: id, name });
    audience.plans.dispatchOnce(subscriptionChange(topic.name, id, 'Subscribe'));
    if (audience.isEnded || signal?.aborted === true) this.unsubscribe();
  }

  /** The others see the "Unsubscribe" before what the final message may bring about (T3). */
  #end(): void {
    const { id, topic, tally } = this;
    const final = subscriptionChange(topic.name, id, 'Unsubscribe');
    this.isSubscribed = false;
    this.#final = final;
    this.#isFinalAccepted = this.filter.acceptsFinal;
    this.#stopListening?.();
    this.#stopListening = undefined;
    topic.audience.remove(this);
    const publication = topic.audience.plans.dispatchOnce(final);
    if (this.#isFinalAccepted) tally.passed++;
    else tally.filtered++;
    this.resume();
    this.#queueLast(final, this.#isFinalAccepted ? publication : undefined);
    this.#afterDeliveries(() => this.#finish(final));
    this.#bus.events.emit({ type: 'unsubscribed', topic: topic.name, subscription: id });
  }

  #queueLast(final: Message, publication: Publication | undefined): void {
    const { mailbox } = this;
    publication?.capture();
    if (this.receiver !== undefined) {
      this.#bus.delivery.defer(() => mailbox.receiveLast(final, publication));
      return;
    }
    mailbox.pushLast(final, publication);
    publication?.tracking?.queued(this, this.depth);
  }

  /** Calls back once this subscription has handled everything that was published so far. */
  #afterDeliveries(callback: () => void): void {
    this.#bus.delivery.defer(() => {
      this.mailbox.whenHandled(callback);
    });
  }

  /** The final message has been handled: tell who waits, and hold on to nothing, whoever holds on to this. */
  #finish(final: Message<SubscriptionChangeData>): void {
    this.#calls.end();
    this.#bus.subscriptions.delete(this);
    this.#hooks.finish(final, this);
    this.tally.complete();
    this.#hooks.release();
    this.#bus.events.emit({ type: 'done', topic: this.topic.name, subscription: this.id });
    for (const resolve of this.#joiners.splice(0)) resolve();
  }
}
