import { Subject } from 'rxjs';
import { StasisError } from './errors.js';
import { contain } from './settlement.js';

/**
 * Ends a Subject for each of its observers. By itself RxJS stops at the first one whose teardown throws: the others would
 * never learn of the end, and whoever ends the Subject would get the error (T6).
 *
 * @param name of the Subject, in the errors
 * @param report takes what is thrown, as an error with code `OBSERVER`
 * @param error what the Subject fails with
 */
export function endForAll<Value>(
  subject: Subject<Value>,
  name: string,
  report: (error: StasisError) => void,
  how: 'complete' | 'error' = 'complete',
  error?: unknown,
): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- RxJS wants it for itself from version 8 on: out of the peer range
  const { observers } = subject;
  const attempt = (end: () => void): void => {
    contain(end, (cause) => {
      report(new StasisError('OBSERVER', `[core] an observer of ${name} failed as that ended.`, { cause }));
    });
  };
  attempt(() => {
    Subject.prototype[how].call(subject, error); // a topic has methods of its own
  });
  for (let left = observers.shift(); left !== undefined; left = observers.shift()) {
    const observer = left;
    attempt(() => {
      observer[how](error);
    });
  }
}
