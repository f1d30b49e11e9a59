import { throwError } from 'rxjs';
import { contractCases, type ContractCase, type ContractFactory, type ContractSubject } from './contract.js';
import { expectEqual, expectSoon } from './expectation.js';
import { connectRecorder, onNumber, publish, settle } from './steps.js';

/** What the contract of isolation tests. */
export interface IsolationSubject extends ContractSubject {
  /** The failures of receivers that were reported so far, whichever way the subject reports them. Live. */
  readonly failures: readonly unknown[];
}

/**
 * The contract of isolation: nothing that a receiver does reaches the publisher or another receiver (T6).
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of isolationContract(createSubject)) test(title, run);
 */
export function isolationContract(create: ContractFactory<IsolationSubject>): ContractCase[] {
  return contractCases(create, {
    'T6: keeps a receiver that throws from the publisher and from the others': containsFailure(fail),
    'T6: keeps a receiver that throws no Error from the publisher and from the others': containsFailure(throwUndefined),
    'T6: keeps a receiver that rejects from the publisher and from the others': containsFailure(reject),
    'T6: keeps a receiver whose Observable fails from the publisher and from the others': containsFailure(failLater),
    'T6: keeps a receiver that hangs from the publisher and from the others': containsHanging,
    'T6: keeps a receiver that leaves from the others': containsLeaving,
  });
}

/** One receiver fails on every message; it gets them all, as do the others, and each failure is reported once. */
function containsFailure(failing: () => unknown): (subject: IsolationSubject) => Promise<void> {
  return async (subject) => {
    const before = connectRecorder(subject);
    const failed: number[] = [];
    subject.connect(
      onNumber((number) => {
        failed.push(number);
        return failing();
      }),
    );
    const after = connectRecorder(subject);
    publishSafely(subject, 1, 2, 3);
    await settle(subject);
    expectEqual('what the receiver connected before it got', before.data, [1, 2, 3]);
    expectEqual('what the receiver connected after it got', after.data, [1, 2, 3]);
    expectEqual('what the failing receiver got', failed, [1, 2, 3]);
    expectEqual('the number of failures that were reported', subject.failures.length, 3);
  };
}

async function containsHanging(subject: IsolationSubject): Promise<void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const before = connectRecorder(subject);
  subject.connect(onNumber(() => released));
  const after = connectRecorder(subject);
  try {
    publishSafely(subject, 1, 2, 3);
    void subject.settled();
    await expectSoon('the receiver connected before it to get 3 messages', before.received(3));
    await expectSoon('the receiver connected after it to get 3 messages', after.received(3));
  } finally {
    release();
  }
  await settle(subject);
}

async function containsLeaving(subject: IsolationSubject): Promise<void> {
  const before = connectRecorder(subject);
  const leaving = subject.connect(
    onNumber(() => {
      leaving.unsubscribe();
    }),
  );
  const after = connectRecorder(subject);
  publishSafely(subject, 1, 2);
  await settle(subject);
  expectEqual('what the receiver connected before it got', before.data, [1, 2]);
  expectEqual('what the receiver connected after it got', after.data, [1, 2]);
}

function publishSafely(subject: ContractSubject, ...numbers: readonly number[]): void {
  try {
    publish(subject, ...numbers);
  } catch (error) {
    throw new Error('expected publishing not to throw, whatever a receiver does', { cause: error });
  }
}

function fail(): never {
  throw new Error('this receiver throws');
}

function throwUndefined(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- what anything may do, and somebody does
  throw undefined;
}

function reject(): Promise<never> {
  return Promise.reject(new Error('this receiver rejects'));
}

function failLater(): unknown {
  return throwError(() => new Error("this receiver's Observable fails"));
}
