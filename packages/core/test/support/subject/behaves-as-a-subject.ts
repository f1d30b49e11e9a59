import { isAnObservable } from './composing.js';
import { deliversAsASubject } from './delivering.js';
import { endsAsASubject } from './ending.js';
import { containsFailuresAsASubject } from './failing.js';
import { isJoinedAndLeftAsASubject } from './joining-and-leaving.js';
import { isAnObserver } from './observing.js';
import type { MakeSubject } from './subject-under-test.js';
import { unsubscribesAsASubject } from './unsubscribing.js';

/** What RxJS's specification asks of a Subject, as tests: the same for a Subject and for whatever is to be one. */
export function behavesAsASubject(make: MakeSubject): void {
  deliversAsASubject(make);
  isJoinedAndLeftAsASubject(make);
  endsAsASubject(make);
  unsubscribesAsASubject(make);
  containsFailuresAsASubject(make);
  isAnObservable(make);
  isAnObserver(make);
}
