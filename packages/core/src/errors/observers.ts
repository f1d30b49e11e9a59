import { Subject, type Observer } from 'rxjs';
import { StasisError } from './errors.js';

/** Where what an observer throws is reported. Never throws. */
export interface Reporter {
  report(error: StasisError): void;
}

/** Whose observers they are, in the errors: a topic, or anything else in words. */
export type Observed = { readonly name: string } | string;

// RxJS contains what its consumers throw, but not everything that can be handed to it as an observer, nor an operator
// that throws together with a teardown that does. Whatever is called from inside a delivery is called by these three: no
// observer reaches a publisher, and none keeps another from its value (T6).

/** Gives an observer a value. */
export function tell<Value>(
  observer: Pick<Observer<Value>, 'next'>,
  value: Value,
  observed: Observed,
  reporter: Reporter,
): void {
  try {
    observer.next(value);
  } catch (cause) {
    reportObserver(observed, '', cause, reporter);
  }
}

/** Gives each observer that a Subject has now a value. */
export function tellAll<Value>(subject: Subject<Value>, value: Value, observed: Observed, reporter: Reporter): void {
  for (const observer of [...observersOf(subject)]) tell(observer, value, observed, reporter);
}

/**
 * Ends a Subject for each of its observers. By itself RxJS stops at the first one whose teardown throws.
 *
 * @returns whether there was one
 */
export function endAll<Value>(
  subject: Subject<Value>,
  observed: Observed,
  reporter: Reporter,
  how: 'complete' | 'error' = 'complete',
  error?: unknown,
): boolean {
  // Taken out first: RxJS takes one after the other from the front, which is quadratic in what it has to move.
  const observers = observersOf(subject).splice(0);
  // Not the method of a topic, which has a meaning of its own. Of one that is closed, only the observers are left to be told.
  if (!subject.closed) Subject.prototype[how].call(subject, error);
  let isTold = false;
  for (const observer of observers) {
    if ((observer as { readonly closed?: boolean }).closed === true) continue;
    isTold = true;
    try {
      observer[how](error);
    } catch (cause) {
      reportObserver(observed, ' as that ended', cause, reporter);
    }
  }
  return isTold;
}

/**
 * The list that RxJS keeps: none of a Subject that is unsubscribed. It is not documented, and from version 8 on RxJS has it for
 * itself, which is out of the peer range: it is read nowhere but here, and what is assumed of it is tested by itself
 * (`test/rxjs-assumptions.test.ts`).
 */
export function observersOf<Value>({ observers }: { readonly observers: Observer<Value>[] | null }): Observer<Value>[] {
  return observers ?? [];
}

/**
 * Closes a Subject to whoever uses it, and leaves it its observers: RxJS has one call for both. That the flag may be set is
 * no more documented than the list, and done nowhere but here.
 */
export function closeToUsers(subject: { closed: boolean }): void {
  subject.closed = true;
}

/** Reports what an observer has thrown. */
export function reportObserver(observed: Observed, when: string, cause: unknown, reporter: Reporter): void {
  const whose = typeof observed === 'string' ? observed : `topic "${observed.name}"`;
  reporter.report(new StasisError('OBSERVER', `[core] an observer of ${whose} failed${when}.`, { cause }));
}
