import { Subject, type Observable } from 'rxjs';
import type { BacklogLimits, BacklogWatcher } from './backlog.js';
import type { BusContext } from './bus-context.js';
import { TimeRange } from './counters.js';
import { endForAll } from './end-for-all.js';
import { StasisError } from './errors.js';
import type { Message } from './message.js';
import type { ErrorHook } from './report-error.js';
import type { SubscriptionStatistics } from './statistics.js';
import type { LiveSubscription } from './live-subscription.js';

/** A mailbox has crossed one of its water marks. */
export interface Congestion {
  /** `high`: risen above high water. `clear`: fallen to low water. */
  readonly state: 'high' | 'clear';
  /** Messages that waited at that moment. */
  readonly depth: number;
}

/**
 * What is counted of one subscription, and told of its mailbox. While a mailbox is being fed no code of a user may run:
 * what is to be told then waits for the end of the publish.
 */
export class SubscriptionMonitor implements BacklogWatcher<Message> {
  passed = 0;
  filtered = 0;
  readonly #times = new TimeRange();
  readonly #id: string;
  readonly #context: BusContext;
  readonly #limits: BacklogLimits;
  readonly #onError: ErrorHook<StasisError> | undefined;
  #slowestType: string | null = null;
  #dropped = 0;
  #congestion: Subject<Congestion> | undefined;
  #isCompleted = false;

  constructor(id: string, context: BusContext, limits: BacklogLimits, onError: ErrorHook<StasisError> | undefined) {
    this.#id = id;
    this.#context = context;
    this.#limits = limits;
    this.#onError = onError;
  }

  get congestion$(): Observable<Congestion> {
    this.#congestion ??= new Subject<Congestion>();
    if (this.#isCompleted) this.#congestion.complete();
    return this.#congestion.asObservable();
  }

  /** An invocation has ended. */
  took(elapsedMs: number, message: Message): void {
    if (this.#times.take(elapsedMs)) this.#slowestType = message.type.name;
  }

  rose(depth: number): void {
    this.#context.delivery.postpone(() => this.#alert('high', depth));
  }

  fell(depth: number): void {
    this.#context.delivery.defer(() => this.#alert('clear', depth));
  }

  /** Every drop is counted and is an event; the error is reported once for each time that the mailbox overflows. */
  dropped(message: Message, isFirst: boolean): void {
    this.#dropped++;
    this.#context.delivery.postpone(() => {
      this.#context.events.emit({ type: 'dropped', subscription: this.#id, messageType: message.type.name });
      if (isFirst) this.#context.report(this.#overflowError(), this.#onError);
    });
  }

  /** After the alerts that are still to be told. */
  complete(): void {
    this.#context.delivery.defer(() => {
      this.#isCompleted = true;
      const name = `congestion$ of subscription "${this.#id}"`;
      const report = (error: StasisError): void => this.#context.report(error, this.#onError);
      if (this.#congestion !== undefined) endForAll(this.#congestion, name, report);
    });
  }

  read({ name, topic, mailbox }: LiveSubscription): SubscriptionStatistics {
    return {
      id: this.#id,
      name,
      topic: topic.name,
      passed: this.passed,
      filtered: this.filtered,
      dropped: this.#dropped,
      depth: mailbox.backlog.length,
      maxDepth: mailbox.backlog.maxDepth,
      highWater: this.#limits.highWater,
      lowWater: this.#limits.lowWater,
      lowestInvokeMs: this.#times.lowestMs,
      highestInvokeMs: this.#times.highestMs,
      slowestType: this.#slowestType,
    };
  }

  #alert(state: Congestion['state'], depth: number): void {
    this.#congestion?.next({ state, depth });
    this.#context.events.emit({ type: 'congestion', subscription: this.#id, state, depth });
  }

  #overflowError(): StasisError {
    const { capacity, overflow } = this.#limits;
    return new StasisError(
      'OVERFLOW',
      `[core] the mailbox of subscription "${this.#id}" is full: ${capacity} messages wait (overflow: '${overflow}').`,
    );
  }
}
