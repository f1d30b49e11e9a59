import { from, Observable, Subject, takeUntil, tap, type OperatorFunction } from 'rxjs';
import { BusyMailboxes } from '../mailbox/busy-mailboxes.js';
import { assertFunction } from '../errors/assert.js';
import { Mailbox } from '../mailbox/mailbox.js';
import type { Consumer } from '../mailbox/consumer.js';
import { reportError } from '../errors/report-error.js';
import { isAsynchronous } from '../errors/settlement.js';
import { contain } from '../errors/contain.js';
import { SharedTurn } from '../mailbox/shared-turn.js';

/** What `serialize` emits for a handler's result. */
export type Serialized<Result> = Result extends Observable<infer Value> ? Value : Awaited<Result>;

/**
 * Operator: runs the handler for each value, one after the other, and emits its results in order; a thenable or an
 * Observable is waited for before the next value. What `concatMap` does, in linear time and on a flat stack however
 * many values are queued; a long backlog gives way to timers and I/O. A handler that throws or rejects, or an error of
 * the source, ends it with that error.
 *
 * @throws InvalidArgumentError when the handler is not a function
 * @example
 * calls.pipe(ofType(CallAnswered), serialize((message) => save(message.data))).subscribe();
 */
export function serialize<Value, Result>(
  handler: (value: Value, index: number) => Result,
): OperatorFunction<Value, Serialized<Result>> {
  assertFunction('serialize', 'handler', handler);
  return (source) =>
    new Observable((subscriber) => {
      const left = new Subject<void>();
      const emit = (result: unknown): void => {
        subscriber.next(result as Serialized<Result>);
      };
      const fail = (error: unknown): void => {
        contain(() => subscriber.error(error), reportError);
      };
      let index = 0;
      const consumer: Consumer<Value, never> = {
        handle(value) {
          if (subscriber.closed) return undefined;
          const result = handler(value, index++);
          if (isAsynchronous(result)) return from(result).pipe(takeUntil(left), tap(emit));
          emit(result);
          return undefined;
        },
        fail,
      };
      const mailbox = new Mailbox(consumer, new SharedTurn(), new BusyMailboxes(), UNBOUNDED);
      subscriber.add(() => {
        mailbox.backlog.clear();
        left.next();
      });
      source.pipe(takeUntil(left)).subscribe({
        next: (value) => {
          mailbox.receive(value, undefined);
        },
        error: fail,
        complete: () => {
          mailbox.whenHandled(() => {
            contain(() => subscriber.complete(), reportError);
          });
        },
      });
    });
}

const UNBOUNDED = { highWater: Infinity, lowWater: Infinity, capacity: Infinity, overflow: 'refuse' } as const;
