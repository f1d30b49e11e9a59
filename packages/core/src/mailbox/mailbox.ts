import { EMPTY, Observable, type Subscriber } from 'rxjs';
import type { Activity } from './activity.js';
import { Backlog, type BacklogLimits, type BacklogWatcher } from './backlog.js';
import { isSampled, untilSampled } from '../topics/counters.js';
import type { Drainable, DrainPipeline } from './drain-pipelines.js';
import { MessageQueue } from './message-queue.js';
import { isAsynchronous, settlement, type Asynchronous } from '../errors/settlement.js';
import type { Turn } from './turn.js';

/** Whose mailbox it is. None of its functions but `handle` may throw. */
export interface Consumer<Item, Origin> {
  /**
   * Handles one item. A thenable or Observable that it returns is waited for; anything it throws goes to `fail`.
   *
   * @param isSampled whether the time of this one is taken
   * @param isLast whether it came by `pushLast` or `receiveLast`
   */
  handle(item: Item, origin: Origin | undefined, isSampled: boolean, isLast: boolean): unknown;
  /** There is nothing left to handle, and the last item has been handled. */
  idle?(): void;
  /** An item's handling threw or rejected. */
  fail(error: unknown, item: Item, origin: Origin | undefined): void;
}

/** What a promise calls. */
type Settlers = readonly [fulfilled: () => void, rejected: (error: unknown) => void];

/**
 * A subscription's queue: hands items to its consumer in the order in which they came, one at a time, the next only when
 * the last has been handled (S1).
 *
 * While it is active it has a pipeline wake-ups → `concatMap(drain)`: concatMap serialises whole drains, however often and
 * from wherever they are started, and never single items. A drain hands over item after item until the queue is empty or
 * the turn is spent; it ends at once, or stays open while it waits for an asynchronous handler.
 */
export class Mailbox<Item, Origin> implements Drainable {
  readonly backlog: Backlog<Item, Origin>;
  readonly #consumer: Consumer<Item, Origin>;
  readonly #turn: Turn;
  readonly #activity: Activity;
  /** From the first item queued until the queue is empty and the last item handled. */
  isActive = false;
  #isWaiting = false;
  /** Whether the last item is in the queue, and is the last one there. */
  #isEnding = false;
  /** While it asks for a later turn. */
  #isYielding = false;
  #current: Item | undefined;
  #currentOrigin: Origin | undefined;
  #wakeUps: DrainPipeline | undefined;
  #openDrain: Subscriber<never> | undefined;
  /** What an awaited result calls: made for the first one, most handlers never return one. */
  #settlers: Settlers | undefined;
  /** Who waits until everything before a position has been handled; positions only grow. */
  #handledWaiters: MessageQueue<() => void, number> | undefined;

  constructor(
    consumer: Consumer<Item, Origin>,
    turn: Turn,
    activity: Activity,
    limits: BacklogLimits,
    watcher?: BacklogWatcher<Item>,
  ) {
    this.backlog = new Backlog(limits, watcher);
    this.#consumer = consumer;
    this.#turn = turn;
    this.#activity = activity;
  }

  /** Queues an item, to be handled in a later turn. Returns what the backlog says of it. */
  push(item: Item): boolean {
    const isWithinHighWater = this.backlog.add(item);
    if (this.isActive === false) this.#activate();
    return isWithinHighWater;
  }

  /** Like {@link Mailbox.push}, for an item that comes from elsewhere. */
  pushFrom(item: Item, origin: Origin): boolean {
    const isWithinHighWater = this.backlog.addFrom(item, origin);
    if (this.isActive === false) this.#activate();
    return isWithinHighWater;
  }

  /** Queues an item whatever the capacity. */
  pushLast(item: Item): void {
    this.#isEnding = true;
    this.backlog.addLast(item);
    if (this.isActive === false) this.#activate();
  }

  /**
   * Handles an item at once, on the caller's stack; while another one is being handled it is queued behind that. Returns
   * what the backlog says of it.
   */
  receive(item: Item, origin: Origin | undefined): boolean {
    if (this.isActive) return origin === undefined ? this.push(item) : this.pushFrom(item, origin);
    this.isActive = true;
    this.#hand(item, origin, false, this.#isEnding);
    if (!this.#isWaiting) this.#handledUpTo(this.backlog.shifted);
    if (this.#isWaiting || this.backlog.length > 0) this.#openDrainNow();
    else this.isActive = false;
    return true;
  }

  /** Handles an item at once, or queues it whatever the capacity. */
  receiveLast(item: Item): void {
    this.#isEnding = true;
    if (this.isActive) this.pushLast(item);
    else this.receive(item, undefined);
  }

  /** Waits for what the consumer returned for an item that it was handed directly. */
  settle(result: Asynchronous, item: Item, origin: Origin | undefined): void {
    this.isActive = true;
    this.#wait(result, item, origin);
    this.#openDrainNow();
  }

  /** Calls back when everything that is queued or being handled now has been handled: at once when there is nothing. */
  whenHandled(callback: () => void): void {
    if (!this.isActive) callback();
    else (this.#handledWaiters ??= new MessageQueue()).pushFrom(callback, this.backlog.pushed);
  }

  /** Resolves when the backlog is at or below low water. */
  whenLow(): Promise<void> {
    return new Promise((resolve) => {
      this.backlog.whenLow(resolve);
    });
  }

  /** Inside a handler: what tells whether this mailbox waits for that very call, and for how long it does. */
  waitForThis(): () => boolean {
    const { shifted } = this.backlog;
    return () => this.#isWaiting && this.backlog.shifted === shifted;
  }

  /** Drops what is still queued. What is being handled goes on. */
  clear(): void {
    this.backlog.clear();
  }

  #activate(): void {
    this.isActive = true;
    this.#activity.begin();
    this.#turn.schedule(this.#wake);
  }

  #openDrainNow(): void {
    this.#activity.begin();
    this.#turn.slice.resume();
    this.#wake();
  }

  readonly #wake = (): void => {
    if (this.#isYielding) {
      this.#isYielding = false;
      return;
    }
    this.#wakeUps ??= this.#activity.pipelines.take();
    this.#wakeUps.next(this);
  };

  /** The pipeline's: hands over what is queued. */
  drain(): Observable<never> {
    if (!this.#isWaiting) this.#run();
    if (!this.#isWaiting) return EMPTY;
    return new Observable((openDrain) => {
      this.#openDrain = openDrain;
    });
  }

  /** Hands over items until there is none, one has to be waited for, or the turn is spent. */
  #run(): void {
    const activity = this.#activity;
    const outer = activity.draining;
    let isEmpty: boolean;
    activity.draining = this;
    try {
      isEmpty = this.#handAll();
    } finally {
      activity.draining = outer;
    }
    if (isEmpty && this.isActive) this.#fallIdle();
  }

  /** Returns whether there is nothing left. */
  #handAll(): boolean {
    const { backlog } = this;
    const { slice } = this.#turn;
    while (backlog.length > 0) {
      const { shifted } = backlog;
      this.#handSome();
      if (this.#isWaiting || (slice.isSpent(backlog.shifted - shifted) && this.#givesWay())) return false;
    }
    return true;
  }

  #fallIdle(): void {
    this.isActive = false;
    if (this.#wakeUps !== undefined) this.#activity.pipelines.giveBack(this.#wakeUps);
    this.#wakeUps = undefined;
    this.#consumer.idle?.();
    this.#activity.end();
  }

  /** Hands over a batch, or one item of those that there is more to do about. */
  #handSome(): void {
    const { backlog } = this;
    const { shifted } = backlog;
    const isLast = this.#isEnding && backlog.length === 1;
    const most = Math.min(
      this.#turn.slice.patience,
      untilSampled(shifted),
      this.#isEnding ? backlog.length - 1 : Infinity,
    );
    if (backlog.openBatch(most)) {
      this.#handBatch();
      return;
    }
    const origin = backlog.nextOrigin;
    this.#hand(backlog.takeOne(), origin, isSampled(shifted), isLast);
    this.#handledUpTo(this.#isWaiting ? shifted : backlog.shifted);
  }

  #handBatch(): void {
    const { backlog } = this;
    let position: number;
    do {
      position = backlog.shifted;
      const origin = backlog.nextOrigin;
      this.#hand(backlog.take(), origin, false, false);
    } while (backlog.shifted < backlog.batchEnd);
    backlog.taken();
    this.#handledUpTo(this.#isWaiting ? position : backlog.shifted);
  }

  /**
   * Leaves what is queued to a later turn, for this one is spent. A dispatcher that wakes the mailbox at once has the
   * drain go on: a drain inside a drain would grow the stack.
   */
  #givesWay(): boolean {
    if (this.backlog.length === 0) return false;
    this.#isYielding = true;
    this.#turn.giveWay(this.#wake);
    return this.#stopsYielding();
  }

  #stopsYielding(): boolean {
    const hasGivenWay = this.#isYielding;
    this.#isYielding = false;
    return hasGivenWay;
  }

  #hand(item: Item, origin: Origin | undefined, isSampled: boolean, isLast: boolean): void {
    try {
      const result = this.#consumer.handle(item, origin, isSampled, isLast);
      if (result !== undefined && isAsynchronous(result)) this.#wait(result, item, origin);
    } catch (error) {
      this.#consumer.fail(error, item, origin);
    }
  }

  #wait(result: Asynchronous, item: Item, origin: Origin | undefined): void {
    this.#isWaiting = true;
    this.backlog.batchEnd = 0;
    this.#current = item;
    this.#currentOrigin = origin;
    const [fulfilled, rejected] = (this.#settlers ??= this.#newSettlers());
    try {
      // Its own `then` has been looked at, and may be another one by now.
      void Promise.prototype.then.call(settlement(result), fulfilled, rejected);
    } catch (error) {
      // A promise is taken as it is, and a user may have put anything on it.
      void Promise.reject(error as Error).then(fulfilled, rejected);
    }
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #newSettlers(): Settlers {
    return [() => this.#fulfilled(), (error) => this.#rejected(error)];
  }

  #fulfilled(): void {
    this.#current = this.#currentOrigin = undefined;
    this.#isWaiting = false;
    this.#handledUpTo(this.backlog.shifted);
    if (this.backlog.length > 0) this.#turn.resume(this.#goOn);
    else this.#run();
    this.#closeDrain();
  }

  readonly #goOn = (): void => {
    if (!this.#turn.slice.isSpent(1) || !this.#givesWay()) this.#run();
  };

  #rejected(error: unknown): void {
    this.#consumer.fail(error, this.#current as Item, this.#currentOrigin);
    this.#fulfilled();
  }

  #closeDrain(): void {
    if (this.#isWaiting) return;
    const openDrain = this.#openDrain;
    this.#openDrain = undefined;
    openDrain?.complete();
  }

  /** Calls back who waits for what stood before this position. */
  #handledUpTo(position: number): void {
    const waiters = this.#handledWaiters;
    if (waiters === undefined) return;
    while (waiters.length > 0 && (waiters.nextOrigin as number) <= position) waiters.shift()();
    if (waiters.length === 0) this.#handledWaiters = undefined;
  }
}
