import { Subject, type Observer, type Subscription as RxSubscription } from 'rxjs';
import { assert, assertOptions, assertSignal } from '../errors/assert.js';
import { StasisError } from '../errors/errors.js';
import { closeToUsers, endAll } from '../errors/observers.js';
import { isMessage, type Message } from '../messages/message.js';
import type { Receipt } from '../watching/receipt.js';
import { Audience, type Failure } from './audience.js';
import { deliver, type DeliverOptions } from './deliver.js';
import type { DispatchPlan } from './dispatch-plan.js';
import { drained } from './drained.js';
import type { TopicIterator } from './topic-iterator.js';
import type { TopicsContext } from './topics-context.js';

/** A bus, as its topics know it. */
export interface TopicBus extends TopicsContext {
  /** The topic of this name, if there is one that has not ended. */
  find(name: string): Topic | undefined;
  /** The topic of this name, made when there is none. */
  topic<M extends Message>(name: string): Topic<M>;
  /** A new topic of this name or, where that is taken, with a number behind it. */
  newTopic<M extends Message>(name: string): Topic<M>;
  /** Subscribes an iterator to a topic. */
  iterate<M extends Message>(topic: Topic<M>): TopicIterator<M>;
}

/**
 * A named stream of messages, and an RxJS Subject: everything of RxJS composes with it. Made by `bus.topic` and by topic
 * pools. Models `struct stasis_topic`.
 *
 * Every subscriber, whatever its way of delivery, sees messages in the order in which `publish` was called on the bus
 * (T3). Plain RxJS observers are called synchronously; they see what was published, never subscription changes. After
 * `complete`, `error` or `unsubscribe` the topic has left its bus, and what is published on it goes nowhere.
 */
export class Topic<M extends Message = Message> extends Subject<M> {
  /** Unique on the bus; `subsystem:functionality/object` by convention (T1). */
  readonly name: string;
  /** A text for people, empty when none was given. */
  readonly detail: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number = Date.now();
  /** @internal Whom the messages reach. An ordinary property, so that another loaded copy of core finds it. */
  readonly audience: Audience;
  /** @internal */
  readonly bus: TopicBus;
  /** @internal What the last publish did: kept by the plans of the audience. */
  plan: DispatchPlan | undefined;

  /** @internal Use `bus.topic`. */
  constructor(name: string, detail: string, bus: TopicBus) {
    super();
    this.name = name;
    this.detail = detail;
    this.bus = bus;
    this.audience = new Audience(this as unknown as Topic, bus);
  }

  /** Whether anybody gets what is published: a plain observer, a subscription, a cache, or another topic by a forward. */
  override get observed(): boolean {
    return this.audience.isObserved;
  }

  /** Whether the topic has ended. */
  get isCompleted(): boolean {
    return this.audience.isEnded;
  }

  /**
   * Queues a message for every subscription here and on the topics that this one forwards to, and returns (T2). The
   * synchronous handlers and plain observers have it when publish returns, unless it was called from one of them: then
   * they get it after what is being delivered. Nothing that a subscriber does reaches the publisher (T6). O(subscribers).
   * While the bus is held it is kept instead, and this happens at the release (H1). Models `stasis_publish`.
   *
   * @returns `false` when a mailbox that was fed stands above high water: a hint to wait for {@link Topic.drained}; also when
   * the bus is held and keeps no more
   * @throws InvalidArgumentError when it is not a message
   * @throws StasisError `ENDLESS_PUBLISH` when observers publish to each other without end, as a topic does that observes
   * itself
   * @throws ObjectUnsubscribedError of RxJS, after {@link Topic.unsubscribe}
   * @example
   * if (!calls.publish(CallAnswered({ id: '1', agent: 'ann' }))) await calls.drained();
   */
  publish(message: M | Message<Message>): boolean {
    const { plan } = this;
    // No `plan?.isOpenFor(...)`: it would cost a quarter of a publish to one synchronous handler.
    if (plan !== undefined && isMessage(message) && plan.isOpenFor(message.type)) return plan.dispatchOpen(message);
    return this.#publishAnew(message);
  }

  /**
   * Publishes a message, and tells what has become of it (Q1): resolves when every subscription that it was queued for, or
   * that was called, here and on the topics that this one forwards to, is through with it. Handlers that fail are in the
   * receipt. Inside a handler that gets the message itself, to wait for it is to wait for ever.
   *
   * @param options `signal`: gives the waiting up, and with it the receipt; the message goes its way
   * @throws what `publish` throws; as a rejection, the `signal`'s reason when that aborts, and then, if it had aborted before,
   * nothing is published; and StasisError `OVERFLOW` when the bus is held and keeps no more
   * @example
   * const { failures } = await calls.deliver(CallAnswered({ id: '1', agent: 'ann' }));
   */
  deliver(message: M | Message<Message>, options: DeliverOptions = {}): Promise<Receipt<M>> {
    assertOptions('topic.deliver', options, { signal: assertSignal });
    this.#assertMessage('topic.deliver', message);
    return deliver(this.audience, message, options) as Promise<Receipt<M>>;
  }

  /** Same as {@link Topic.publish}, for what expects an RxJS observer. */
  override next(message: M): void {
    this.publish(message);
  }

  /**
   * Resolves when no mailbox that this topic feeds, through forwards and caching topics too, stands above its low-water
   * mark (S10), and a bounded one has room again: a publish that waits for it makes progress.
   *
   * @throws StasisError `WAITS_FOR_ITSELF`, as a rejection, when it is called inside a queued handler that is fed by this topic
   * and returns a promise: its mailbox would wait for the handler, and the handler for its mailbox. Only what is called
   * before the handler's first `await` can be recognised.
   */
  drained(): Promise<void> {
    return drained(this.audience);
  }

  /**
   * Ends the topic: every subscription gets what is queued, then its final message (S4); plain observers complete. While the
   * bus is held it ends at the release, after what was published before (H1).
   */
  override complete(): void {
    if (this.closed) super.complete(); // throws, as RxJS has it
    this.bus.gate.pass(() => {
      this.#end(undefined, () => {
        endAll(this, this, this.bus);
      });
    });
  }

  /**
   * Ends the topic like {@link Topic.complete}. Plain observers, iterators and `messages()` get the error, these two after
   * what is queued. Where there is none of them, it is reported to the bus, with code `TOPIC_FAILED`.
   */
  override error(error: unknown): void {
    if (this.closed) super.error(error); // throws, as RxJS has it
    this.bus.gate.pass(() => {
      const isAwaited = this.audience.recipients.some(({ takesFailure }) => takesFailure);
      this.#end({ error }, () => {
        if (endAll(this, this, this.bus, 'error', error) || isAwaited) return;
        this.bus.report(
          new StasisError('TOPIC_FAILED', `[core] topic "${this.name}" was ended by an error.`, { cause: error }),
        );
      });
    });
  }

  /** Ends the topic like {@link Topic.complete}; plain observers hear nothing, and a later use throws, as RxJS has it. */
  override unsubscribe(): void {
    this.bus.gate.pass(() => {
      this.#end(undefined, () => undefined);
      closeToUsers(this);
      this.bus.delivery.defer(() => {
        super.unsubscribe();
      });
    });
    closeToUsers(this);
  }

  /**
   * Adds a plain RxJS observer: called synchronously, in the order of publishing (T3), and not waited for. It sees no
   * subscription changes, and has neither a mailbox nor a final message: for those there is the function `subscribe`.
   */
  override subscribe(observer?: Partial<Observer<M>>): RxSubscription;
  /** Adds a plain RxJS observer, as a function. */
  override subscribe(next: (message: M) => void): RxSubscription;
  /** Adds a plain RxJS observer, as up to three functions. */
  override subscribe(
    next?: ((message: M) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): RxSubscription;
  override subscribe(...observer: unknown[]): RxSubscription {
    const { audience } = this;
    const isOther = observer[0] !== this;
    assert(isOther, 'topic.subscribe', 'an observer other than the topic itself', observer[0]);
    const subscription = super.subscribe(...(observer as []));
    audience.changed();
    subscription.add(() => {
      audience.changed();
    });
    return subscription;
  }

  /**
   * Iterates over what is published from now on, through a mailbox of its own: nothing is lost between pulls. Ends when
   * the topic does, by its error if it has one; leaving the loop unsubscribes, and drops what is queued.
   */
  [Symbol.asyncIterator](): TopicIterator<M> {
    return this.bus.iterate(this);
  }

  /** There is no plan for it yet, or the plan does not hold any more. */
  #publishAnew(message: unknown): boolean {
    this.#assertMessage('publish', message);
    if (this.isCompleted) return true;
    return this.bus.gate.isHeld ? this.#publishLater(message) : this.#publishNow(message);
  }

  #publishNow(message: Message): boolean {
    return this.audience.plans.planFor(message.type).dispatch(message);
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #publishLater(message: Message): boolean {
    return this.bus.gate.keep(() => this.isCompleted || this.#publishNow(message));
  }

  #assertMessage(call: string, message: unknown): asserts message is Message {
    assert(isMessage(message), call, 'a message, as message types make them', message);
    if (this.closed) super.next(message as M); // throws, as RxJS has it
  }

  #end(failure: Failure | undefined, tellObservers: () => void): void {
    const { audience } = this;
    if (audience.isEnded) return;
    const { delivery } = this.bus;
    delivery.run(() => {
      audience.end(failure);
      delivery.defer(tellObservers);
    });
  }
}
