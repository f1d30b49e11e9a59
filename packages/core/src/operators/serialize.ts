import { isObservable, Observable, Subject, takeUntil, tap, type OperatorFunction, type Subscriber } from 'rxjs';
import { Activity } from '../activity.js';
import { Mailbox, type Consumer } from '../mailbox.js';
import { isAsynchronous, settlement } from '../settlement.js';
import { SharedTurn } from '../turn.js';

/** What `serialize` emits for a handler's result. */
export type Serialized<Result> = Result extends Observable<infer Value> ? Value : Awaited<Result>;

/**
 * Operator: runs the handler for each value, one after the other, and emits its results in order; a thenable or an
 * Observable is waited for before the next value. What `concatMap` does, in linear time and on a flat stack however
 * many values are queued; a long backlog gives way to timers and I/O. A handler that throws or rejects, or an error of
 * the source, ends it with that error.
 *
 * @example
 * calls.pipe(ofType(CallAnswered), serialize((message) => save(message.data))).subscribe();
 */
export function serialize<Value, Result>(
  handler: (value: Value, index: number) => Result,
): OperatorFunction<Value, Serialized<Result>> {
  return (source) =>
    new Observable((subscriber) => {
      const left = new Subject<void>();
      const turn = new SharedTurn();
      const activity = new Activity(() => {
        turn.renew();
      });
      const mailbox = new Mailbox<Value, never>(
        new HandlerConsumer(handler, subscriber, left),
        turn,
        activity,
        UNBOUNDED,
      );
      subscriber.add(() => {
        mailbox.close();
        left.next();
      });
      source.pipe(takeUntil(left)).subscribe({
        next: (value) => {
          mailbox.receive(value, undefined);
        },
        error: (error) => {
          subscriber.error(error);
        },
        complete: () => {
          mailbox.whenHandled(() => {
            subscriber.complete();
          });
        },
      });
    });
}

const UNBOUNDED = { highWater: Infinity, lowWater: Infinity, capacity: Infinity, overflow: 'refuse' } as const;

/** Hands values to the handler, and what it makes of them to the subscriber. */
class HandlerConsumer<Value, Result> implements Consumer<Value, never> {
  readonly #handler: (value: Value, index: number) => Result;
  readonly #subscriber: Subscriber<Serialized<Result>>;
  readonly #left: Observable<void>;
  #index = 0;

  constructor(
    handler: (value: Value, index: number) => Result,
    subscriber: Subscriber<Serialized<Result>>,
    left: Observable<void>,
  ) {
    this.#handler = handler;
    this.#subscriber = subscriber;
    this.#left = left;
  }

  handle(value: Value): unknown {
    if (this.#subscriber.closed) return undefined;
    const result: unknown = this.#handler(value, this.#index++);
    if (isObservable(result)) {
      return result.pipe(
        takeUntil(this.#left),
        tap((inner) => {
          this.#emit(inner);
        }),
      );
    }
    if (isAsynchronous(result)) {
      return settlement(result).then((awaited) => {
        this.#emit(awaited);
      });
    }
    this.#emit(result);
    return undefined;
  }

  handleSpecially(value: Value): unknown {
    return this.handle(value);
  }

  fail(error: unknown): void {
    this.#subscriber.error(error);
  }

  #emit(result: unknown): void {
    this.#subscriber.next(result as Serialized<Result>);
  }
}
