import type { AnyMessageType, Message } from '@stasis-rx/core';
import { Observable, Subject, takeUntil, type GroupedObservable, type OperatorFunction, type Subscriber } from 'rxjs';
import { GroupTable } from './group-table.js';

/** The messages of one type; `key` is the message type. */
export type MessageGroup<M extends Message = Message> = GroupedObservable<AnyMessageType, M>;

/**
 * Operator: parts a stream of messages into one group for each message type, as they appear. What RxJS's `groupBy` does with
 * the type as the key: the groups are plain Observables, and what is done in one is not serialised with what is done in
 * another. For handlers that must keep their order across types, use `createMessageRouter`, whose routes are such groups.
 *
 * Each group is emitted before its first message, and ends with the source, as that ends. The source is left when nobody
 * is subscribed any more, neither to the groups nor to one of them.
 *
 * @example
 * calls.pipe(
 *   groupByType(),
 *   mergeMap((group) => group.pipe(count(), map((n) => `${group.key.name}: ${String(n)}`))),
 * );
 */
export function groupByType<M extends Message>(): OperatorFunction<M, MessageGroup<M>> {
  return (source) =>
    new Observable((subscriber) => {
      new Grouping(source, subscriber).start();
    });
}

/** One subscriber's groups. */
class Grouping<M extends Message> {
  readonly #source: Observable<M>;
  readonly #subscriber: Subscriber<MessageGroup<M>>;
  readonly #left = new Subject<void>();
  readonly #groups = new GroupTable((type) => this.#begin(type));
  /** The subscriber, and those of the groups. */
  #subscribed = 0;

  constructor(source: Observable<M>, subscriber: Subscriber<MessageGroup<M>>) {
    this.#source = source;
    this.#subscriber = subscriber;
  }

  start(): void {
    this.#countIn(this.#subscriber);
    this.#source.pipe(takeUntil(this.#left)).subscribe({
      next: (message) => {
        this.#groups.open(message.type).next(message);
      },
      error: (error) => {
        for (const group of this.#groups.all) group.error(error);
        this.#subscriber.error(error);
      },
      complete: () => {
        if (this.#subscribed === 0) return; // left, which is no end
        for (const group of this.#groups.all) group.complete();
        this.#subscriber.complete();
      },
    });
  }

  #begin(type: AnyMessageType): Subject<M> {
    const group = new Subject<M>();
    const observable = new Observable<M>((subscriber) => {
      this.#countIn(subscriber);
      return group.subscribe(subscriber);
    });
    this.#subscriber.next(Object.assign(observable, { key: type }));
    return group;
  }

  #countIn(subscriber: Subscriber<unknown>): void {
    this.#subscribed++;
    subscriber.add(() => {
      if (--this.#subscribed === 0) this.#left.next();
    });
  }
}
