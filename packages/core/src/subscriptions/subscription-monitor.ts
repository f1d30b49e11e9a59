import { Subject, type Observable } from 'rxjs';
import type { Backlog, BacklogWatcher } from '../mailbox/backlog.js';
import type { BacklogLimits } from '../mailbox/limits.js';
import { TimeRange } from '../mailbox/sampling.js';
import { StasisError } from '../errors/errors.js';
import type { Message } from '../messages/message.js';
import { endAll, tellAll, type Reporter } from '../errors/observers.js';
import type { Origin } from '../watching/origin.js';
import type { Tally } from '../topics/recipient.js';
import { publicationOf } from '../watching/publication.js';
import type { Tracked } from '../watching/tracking.js';
import type { Congestion } from './congestion.js';
import type { SubscriptionStatistics } from './subscription-statistics.js';
import type { SubscriptionsContext } from './subscriptions-context.js';

/**
 * What is counted of one subscription, and told of its mailbox. While a mailbox is being fed no code of a user may run:
 * what is to be told then waits for the end of the publish.
 */
export class SubscriptionMonitor implements BacklogWatcher<Message, Origin>, Tally {
  passed = 0;
  filtered = 0;
  /** Where the subscription changes are counted that its filter keeps out, and how many there were when it began to. */
  #counted: { readonly count: number } | undefined;
  #passedOverFrom = 0;
  readonly #times = new TimeRange();
  readonly #owner: Tracked;
  readonly #bus: SubscriptionsContext;
  readonly #limits: BacklogLimits;
  readonly #reporter: Reporter;
  #slowestType: string | null = null;
  #dropped = 0;
  #congestion: Subject<Congestion> | undefined;
  #isCompleted = false;

  /** @param reporter of the subscription, by whose hook errors are reported */
  constructor(owner: Tracked, bus: SubscriptionsContext, limits: BacklogLimits, reporter: Reporter) {
    this.#owner = owner;
    this.#bus = bus;
    this.#limits = limits;
    this.#reporter = reporter;
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

  passOver(counted: { readonly count: number } | undefined): void {
    this.filtered += this.#passedOver;
    this.#counted = counted;
    this.#passedOverFrom = counted?.count ?? 0;
  }

  rose(depth: number): void {
    this.#bus.delivery.postpone(() => this.#alert('high', depth));
  }

  fell(depth: number): void {
    this.#bus.delivery.defer(() => this.#alert('clear', depth));
  }

  /** Every drop is counted and is an event; the error is reported once for each time that the mailbox overflows. */
  dropped(message: Message, origin: Origin | undefined, isFirst: boolean): void {
    this.#dropped++;
    this.#bus.delivery.postpone(() => {
      if (origin !== undefined) publicationOf(origin)?.tracking?.dropped(this.#owner);
      this.#bus.events.emit({ type: 'dropped', subscription: this.#owner.id, messageType: message.type.name });
      if (isFirst) this.#reporter.report(this.#overflowError());
    });
  }

  /** After the alerts that are still to be told. */
  complete(): void {
    this.#bus.delivery.defer(() => {
      this.#isCompleted = true;
      if (this.#congestion !== undefined) endAll(this.#congestion, this.#observed, this.#reporter);
    });
  }

  read(name: string, topic: string, { length, maxDepth }: Backlog<Message, Origin>): SubscriptionStatistics {
    return {
      id: this.#owner.id,
      name,
      topic,
      passed: this.passed,
      filtered: this.filtered + this.#passedOver,
      dropped: this.#dropped,
      depth: length,
      maxDepth,
      highWater: this.#limits.highWater,
      lowWater: this.#limits.lowWater,
      lowestInvokeMs: this.#times.lowestMs,
      highestInvokeMs: this.#times.highestMs,
      slowestType: this.#slowestType,
    };
  }

  get #passedOver(): number {
    return (this.#counted?.count ?? 0) - this.#passedOverFrom;
  }

  get #observed(): string {
    return `congestion$ of subscription "${this.#owner.id}"`;
  }

  #alert(state: Congestion['state'], depth: number): void {
    if (this.#congestion !== undefined) tellAll(this.#congestion, { state, depth }, this.#observed, this.#reporter);
    this.#bus.events.emit({ type: 'congestion', subscription: this.#owner.id, state, depth });
  }

  #overflowError(): StasisError {
    const { capacity, overflow } = this.#limits;
    return new StasisError(
      'OVERFLOW',
      `[core] the mailbox of subscription "${this.#owner.id}" is full: ${capacity} messages wait (overflow: '${overflow}').`,
    );
  }
}
