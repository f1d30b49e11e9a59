import { EMPTY, Observable, type Subscriber } from 'rxjs';
import type { Asynchronous } from '../errors/settlement.js';
import type { BusyMailboxes } from './busy-mailboxes.js';
import { Backlog, type BacklogWatcher } from './backlog.js';
import type { Consumer } from './consumer.js';
import type { Drainable, DrainPipeline } from './drain-pipelines.js';
import { Handover } from './handover.js';
import type { BacklogLimits } from './limits.js';
import type { Turn } from './turn.js';

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
  /** From the first item queued until the queue is empty and the last item handled. */
  isActive = false;
  /** While it is paused it queues, and hands nothing over but by {@link Mailbox.step}. */
  isPaused = false;
  readonly #handover: Handover<Item, Origin>;
  readonly #consumer: Consumer<Item, Origin>;
  readonly #turn: Turn;
  readonly #busyMailboxes: BusyMailboxes;
  /** While it asks for a later turn. */
  #isYielding = false;
  /** Whether a drain has come to nothing because of a pause: then another one must be asked for. */
  #isHalted = false;
  /** While it hands over on the stack. */
  #isRunning = false;
  #wakeUps: DrainPipeline | undefined;
  #openDrain: Subscriber<never> | undefined;

  constructor(
    consumer: Consumer<Item, Origin>,
    turn: Turn,
    busyMailboxes: BusyMailboxes,
    limits: BacklogLimits,
    watcher?: BacklogWatcher<Item, Origin>,
  ) {
    this.backlog = new Backlog(limits, watcher);
    this.#handover = new Handover(this.backlog, consumer, () => {
      this.#settled();
    });
    this.#consumer = consumer;
    this.#turn = turn;
    this.#busyMailboxes = busyMailboxes;
  }

  /**
   * Queues an item, to be handled in a later turn.
   *
   * @param origin where it comes from, if that is elsewhere
   * @returns what the backlog says of it
   */
  push(item: Item, origin?: Origin): boolean {
    const isWithinHighWater = this.backlog.add(item, origin);
    if (this.isActive === false) this.#activate();
    return isWithinHighWater;
  }

  /** Queues the last item of all, whatever the capacity. */
  pushLast(item: Item, origin?: Origin): void {
    this.#handover.isEnding = true;
    this.backlog.addLast(item, origin);
    if (this.isActive === false) this.#activate();
  }

  /** Handles an item at once, on the caller's stack; while another one is being handled it is queued behind that. */
  receive(item: Item, origin?: Origin): boolean {
    if (this.isActive || this.isPaused) return this.push(item, origin);
    this.isActive = true;
    this.#handover.handPast(item, origin);
    if (this.#handover.isWaiting || this.backlog.length > 0) this.#openDrainNow();
    else this.isActive = false;
    return true;
  }

  /** The same, for the last item of all. */
  receiveLast(item: Item, origin?: Origin): void {
    this.#handover.isEnding = true;
    if (this.isActive) this.pushLast(item, origin);
    else this.receive(item, origin);
  }

  /** Waits for what the consumer returned for an item that it was handed past an idle mailbox. */
  settle(result: Asynchronous, item: Item, origin: Origin | undefined): void {
    this.isActive = true;
    this.#handover.waitFor(result, item, origin);
    this.#openDrainNow();
  }

  /** Calls back when everything that is queued or being handled now has been handled: at once when there is nothing. */
  whenHandled(callback: () => void): void {
    if (this.isActive) this.#handover.whenHandled(callback);
    else callback();
  }

  /** Inside a handler: what tells whether this mailbox waits for that very call, and for how long it does. */
  waitForThis(): () => boolean {
    const { shifted } = this.backlog;
    return () => this.#handover.isWaiting && this.backlog.shifted === shifted;
  }

  /** From the next item on nothing is handed over. */
  pause(): void {
    this.isPaused = true;
    this.backlog.batchEnd = 0;
  }

  /** Goes on, in a later turn. */
  resume(): void {
    this.isPaused = false;
    if (!this.#isHalted) return;
    this.#isHalted = false;
    this.#turn.schedule(this.#wake);
  }

  /** While it is paused: hands one item over, now. Returns whether there was one, and none is being handled. */
  step(): boolean {
    if (!this.isPaused || this.#isRunning || this.#handover.isWaiting || this.backlog.length === 0) return false;
    this.#turn.resume(() => {
      this.#run(true);
    });
    return true;
  }

  /** The pipeline's: hands over what is queued. */
  drain(): Observable<never> {
    // While a step runs, what asks for more is in its handler: it goes on by itself.
    if (!this.#handover.isWaiting && !this.#isRunning) this.#run();
    if (!this.#handover.isWaiting) return EMPTY;
    return new Observable((openDrain) => {
      this.#openDrain = openDrain;
    });
  }

  #activate(): void {
    this.isActive = true;
    this.#busyMailboxes.begin();
    this.#turn.schedule(this.#wake);
  }

  #openDrainNow(): void {
    this.#busyMailboxes.begin();
    this.#turn.slice.resume();
    this.#wake();
  }

  readonly #wake = (): void => {
    if (this.#isYielding) {
      this.#isYielding = false;
      return;
    }
    if (!this.isActive) return; // stepped through meanwhile
    this.#wakeUps ??= this.#busyMailboxes.pipelines.take();
    this.#wakeUps.next(this);
  };

  /** Hands over items until there is none, one has to be waited for, or the turn is spent. */
  #run(isStep = false): void {
    const busyMailboxes = this.#busyMailboxes;
    const outer = busyMailboxes.draining;
    let isEmpty: boolean;
    busyMailboxes.draining = this;
    this.#isRunning = true;
    try {
      isEmpty = isStep ? this.#handOne() : this.#handAll();
    } finally {
      this.#isRunning = false;
      busyMailboxes.draining = outer;
    }
    if (isEmpty && this.isActive) this.#fallIdle();
  }

  /** Returns whether there is nothing left. */
  #handAll(): boolean {
    const { backlog } = this;
    const handover = this.#handover;
    const { slice } = this.#turn;
    while (backlog.length > 0) {
      if (this.isPaused) return this.#halt();
      const { shifted } = backlog;
      handover.handSome(slice.patience);
      if (handover.isWaiting || (slice.isSpent(backlog.shifted - shifted) && this.#givesWay())) return false;
    }
    return true;
  }

  /** And what is behind it, when it has brought the pause to its end. */
  #handOne(): boolean {
    this.#handover.handSome(1);
    return !this.#handover.isWaiting && this.#handAll();
  }

  #halt(): false {
    this.#isHalted = true;
    return false;
  }

  #fallIdle(): void {
    this.isActive = this.#isHalted = false;
    if (this.#wakeUps !== undefined) this.#busyMailboxes.pipelines.giveBack(this.#wakeUps);
    this.#wakeUps = undefined;
    this.#consumer.idle?.();
    this.#busyMailboxes.end();
  }

  /**
   * Leaves what is queued to a later turn, for this one is spent. A dispatcher that wakes the mailbox at once has the
   * drain go on: a drain inside a drain would grow the stack.
   */
  #givesWay(): boolean {
    if (this.backlog.length === 0) return false;
    this.#isYielding = true;
    this.#turn.giveWay(this.#wake);
    const hasGivenWay = this.#isYielding as boolean;
    this.#isYielding = false;
    return hasGivenWay;
  }

  /** What was waited for has settled: goes on, and ends the open drain unless there is something to wait for again. */
  #settled(): void {
    if (this.backlog.length > 0) this.#turn.resume(this.#goOn);
    else this.#run();
    if (this.#handover.isWaiting) return;
    const openDrain = this.#openDrain;
    this.#openDrain = undefined;
    openDrain?.complete();
  }

  readonly #goOn = (): void => {
    if (!this.#turn.slice.isSpent(1) || !this.#givesWay()) this.#run();
  };
}
