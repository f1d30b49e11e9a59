import { Subject, type Observer, type Subscription as RxSubscription } from 'rxjs';
import { assert } from './assert.js';
import { Audience } from './audience.js';
import type { BusContext } from './bus-context.js';
import type { DispatchPlan } from './dispatch-plan.js';
import { endForAll } from './end-for-all.js';
import { StasisError } from './errors.js';
import { iterate } from './iterate.js';
import { isMessage, type Message } from './message.js';
import type { TopicPlans } from './topic-plans.js';

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
  readonly #plans: TopicPlans;
  /** The plan of the last publish: most topics carry one type at a time. */
  #plan: DispatchPlan | undefined;

  /** @internal Use `bus.topic`. */
  constructor(name: string, detail: string, context: BusContext) {
    super();
    this.name = name;
    this.detail = detail;
    this.audience = new Audience(this as unknown as Topic, context);
    this.#plans = this.audience.plans;
  }

  /** Whether the topic has ended. */
  get isCompleted(): boolean {
    return this.audience.isEnded;
  }

  /**
   * Queues a message for every subscription here and on the topics that this one forwards to, and returns (T2). The
   * synchronous handlers and plain observers have it when publish returns, unless it was called from one of them: then
   * they get it after what is being delivered. Nothing that a subscriber does reaches the publisher (T6). O(subscribers).
   * Models `stasis_publish`.
   *
   * @returns `false` when a mailbox that was fed stands above high water: a hint to wait for {@link Topic.drained}
   * @throws InvalidArgumentError when it is not a message
   * @example
   * if (!calls.publish(CallAnswered({ id: '1', agent: 'ann' }))) await calls.drained();
   */
  publish(message: M | Message<Message>): boolean {
    const plan = this.#plan;
    // No `plan?.isFor(...)`: it would cost a quarter of a publish to one synchronous handler.
    if (plan !== undefined && isMessage(message) && plan.isFor(message.type)) return plan.dispatch(message);
    return this.#publishAnew(message);
  }

  /** Same as {@link Topic.publish}, for what expects an RxJS observer. */
  override next(message: M): void {
    this.publish(message);
  }

  /**
   * Resolves when no mailbox that this topic feeds, through forwards and caching topics too, stands above its low-water
   * mark (S10).
   */
  async drained(): Promise<void> {
    for (;;) {
      const subscriptions = [...this.audience.fed()].flatMap((audience) => audience.subscriptions);
      const crowded = subscriptions.map(({ mailbox }) => mailbox.backlog).filter((backlog) => !backlog.isLow);
      if (crowded.length === 0) return;
      await Promise.all(crowded.map((backlog) => new Promise<void>((resolve) => backlog.whenLow(resolve))));
    }
  }

  /** Ends the topic: every subscription gets what is queued, then its final message (S4); plain observers complete. */
  override complete(): void {
    this.#end(() => {
      this.#tellObservers('complete');
    });
  }

  /** Ends the topic like {@link Topic.complete}; plain observers get the error, and it is reported to the bus. */
  override error(error: unknown): void {
    if (this.isCompleted) return;
    this.#end(() => {
      this.#tellObservers('error', error);
    });
    this.audience.context.report(
      new StasisError('TOPIC_FAILED', `[core] topic "${this.name}" was ended by an error.`, { cause: error }),
    );
  }

  /** Ends the topic like {@link Topic.complete}; plain observers hear nothing, and a later use throws, as RxJS has it. */
  override unsubscribe(): void {
    this.#end(() => {
      super.unsubscribe();
    });
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
    const audience = this.audience;
    const subscription = super.subscribe(...(observer as []));
    audience.changed();
    subscription.add(() => {
      audience.changed();
    });
    return subscription;
  }

  /**
   * Iterates over what is published from now on, through a mailbox of its own: nothing is lost between pulls. Ends when
   * the topic does; leaving the loop unsubscribes.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<M> {
    return iterate(this);
  }

  /** There is no plan for it yet, or the plan does not hold any more. */
  #publishAnew(message: unknown): boolean {
    assert(isMessage(message), 'publish', 'a message, as message types make them', message);
    if (this.closed) super.next(message as M); // throws, as RxJS has it
    if (this.isCompleted) return this.#plans.dispatchOnce(message);
    return (this.#plan = this.#plans.planFor(message.type)).dispatch(message);
  }

  #end(tellObservers: () => void): void {
    const { audience } = this;
    if (audience.isEnded) return;
    audience.context.delivery.stage(() => {
      audience.end();
      audience.context.delivery.defer(tellObservers);
    });
  }

  #tellObservers(how: 'complete' | 'error', error?: unknown): void {
    const { context } = this.audience;
    const report = (failure: StasisError): void => {
      context.report(failure);
    };
    endForAll(this, `topic "${this.name}"`, report, how, error);
  }
}
