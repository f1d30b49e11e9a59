import { Subject, type Observable } from 'rxjs';
import type { Trampoline } from '../mailbox/trampoline.js';
import { endAll, tellAll, type Reporter } from '../errors/observers.js';

/** Something that happened on a bus. Topics and subscriptions are given by name and id. */
export type BusEvent =
  /** A topic was made. */
  | { readonly type: 'topic-created'; readonly topic: string }
  /** A topic completed, failed or was closed, and left the bus. */
  | { readonly type: 'topic-ended'; readonly topic: string }
  /** A subscription was made; `name` is its name for people. */
  | { readonly type: 'subscribed'; readonly topic: string; readonly subscription: string; readonly name: string }
  /** A subscription stopped taking new messages. */
  | { readonly type: 'unsubscribed'; readonly topic: string; readonly subscription: string }
  /** The subscription's final message has been handled. */
  | { readonly type: 'done'; readonly topic: string; readonly subscription: string }
  /** A forward was made. */
  | { readonly type: 'forwarded'; readonly from: string; readonly to: string }
  /** A forward was cancelled by its handle; one that ends with a topic is not told of. */
  | { readonly type: 'forward-cancelled'; readonly from: string; readonly to: string }
  /** A mailbox rose above high water, or has fallen to low water again (S10). */
  | {
      readonly type: 'congestion';
      readonly subscription: string;
      readonly state: 'high' | 'clear';
      readonly depth: number;
    }
  /** A bounded mailbox had no room for a message. */
  | { readonly type: 'dropped'; readonly subscription: string; readonly messageType: string }
  /** Reported to an `onError`, or where RxJS reports an unhandled error. */
  | { readonly type: 'error'; readonly error: unknown };

/** What happens on a bus, for whoever looks. While nobody does, an event costs one comparison. */
export class BusEvents {
  readonly #subject = new Subject<BusEvent>();
  readonly #delivery: Trampoline;
  readonly #reporter: Reporter;

  /** @param reporter takes what observers throw; it emits no event about that, or the same observer would throw again */
  constructor(delivery: Trampoline, reporter: Reporter) {
    this.#delivery = delivery;
    this.#reporter = reporter;
  }

  /** Emits on the stack of what happens, after what is being delivered. Completes when the bus has closed. */
  get events$(): Observable<BusEvent> {
    return this.#subject.asObservable();
  }

  emit(event: BusEvent): void {
    if (!this.#subject.observed) return;
    this.#delivery.defer(() => {
      tellAll(this.#subject, event, 'bus.events$', this.#reporter);
    });
  }

  complete(): void {
    this.#delivery.defer(() => {
      endAll(this.#subject, 'bus.events$', this.#reporter);
    });
  }
}
