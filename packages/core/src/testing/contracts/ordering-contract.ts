import { defer, of } from 'rxjs';
import { contractCases, type ContractCase, type ContractFactory, type ContractSubject } from './contract.js';
import { expectEqual } from './expectation.js';
import { connectRecorder, countTo, onNumber, publish, settle } from './steps.js';

/**
 * The contract of order: receivers get messages in the order of publishing (T3), through several ways in too (F2), and
 * each handles one at a time (S1).
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of orderingContract(createSubject)) test(title, run);
 */
export function orderingContract(create: ContractFactory<ContractSubject>): ContractCase[] {
  return contractCases(create, {
    'T3: delivers messages in the order in which they were published': deliversInOrder,
    'T3: delivers what a handler publishes after what is being delivered, to every receiver': deliversNestedInOrder,
    'T3: gives a receiver that connects inside a handler what is published from then on': connectsInsideHandler,
    'F2: delivers what comes through several ways in by turns in that turn': deliversTurns,
    'S1: never calls a receiver that is still running': isNotReentered,
    'S1: starts the next message when the promise of the last one has settled': handlesOneAtATime((work) => work()),
    'S1: starts the next message when the Observable of the last one has completed': handlesOneAtATime(defer),
    'S1: keeps the order of messages that are handled synchronously and asynchronously by turns': mixesResults,
    'S1: loses nothing of a backlog behind an asynchronous receiver': keepsBacklog,
  });
}

async function deliversInOrder(subject: ContractSubject): Promise<void> {
  const recorders = [connectRecorder(subject), connectRecorder(subject)];
  publish(subject, ...countTo(100));
  await settle(subject);
  for (const { data } of recorders) expectEqual('what a receiver got', data, countTo(100));
}

async function deliversNestedInOrder(subject: ContractSubject): Promise<void> {
  const before = connectRecorder(subject);
  subject.connect(
    onNumber((number) => {
      if (number === 1) publish(subject, 2, 3);
      if (number === 2) publish(subject, 4);
    }),
  );
  const after = connectRecorder(subject);
  publish(subject, 1);
  await settle(subject);
  expectEqual('what the receiver connected before it got', before.data, countTo(4));
  expectEqual('what the receiver connected after it got', after.data, countTo(4));
}

async function connectsInsideHandler(subject: ContractSubject): Promise<void> {
  const late: number[] = [];
  subject.connect(
    onNumber((number) => {
      if (number !== 1) return;
      publish(subject, 2);
      subject.connect(onNumber((lateNumber) => late.push(lateNumber)));
      publish(subject, 3);
    }),
  );
  publish(subject, 1);
  await settle(subject);
  expectEqual('what the receiver that connected meanwhile got', late, [3]);
}

async function deliversTurns(subject: ContractSubject): Promise<void> {
  const numbers = countTo(4 * subject.inlets.length);
  const synchronous = connectRecorder(subject);
  const asynchronous: number[] = [];
  subject.connect(onNumber((number) => Promise.resolve().then(() => asynchronous.push(number))));
  publish(subject, ...numbers);
  await settle(subject);
  expectEqual('what a receiver got', synchronous.data, numbers);
  expectEqual('what an asynchronous receiver got', asynchronous, numbers);
}

async function isNotReentered(subject: ContractSubject): Promise<void> {
  const steps: string[] = [];
  subject.connect(
    onNumber((number) => {
      steps.push(`start ${number}`);
      if (number === 1) publish(subject, 2);
      steps.push(`end ${number}`);
    }),
  );
  publish(subject, 1);
  await settle(subject);
  expectEqual('what the receiver did', steps, ['start 1', 'end 1', 'start 2', 'end 2']);
}

/** @param asResult how the receiver returns its work */
function handlesOneAtATime(
  asResult: (work: () => Promise<void>) => unknown,
): (subject: ContractSubject) => Promise<void> {
  return async (subject) => {
    const steps: string[] = [];
    const work = async (number: number): Promise<void> => {
      steps.push(`start ${number}`);
      await Promise.resolve();
      await Promise.resolve();
      steps.push(`end ${number}`);
    };
    subject.connect(onNumber((number) => asResult(() => work(number))));
    publish(subject, 1, 2);
    await settle(subject);
    expectEqual('what the receiver did', steps, ['start 1', 'end 1', 'start 2', 'end 2']);
  };
}

async function mixesResults(subject: ContractSubject): Promise<void> {
  const handled: number[] = [];
  subject.connect(
    onNumber((number) => {
      if (number % 3 === 0) return Promise.resolve().then(() => handled.push(number));
      handled.push(number);
      return number % 3 === 1 ? of(number) : number;
    }),
  );
  publish(subject, ...countTo(30));
  await settle(subject);
  expectEqual('what the receiver handled', handled, countTo(30));
}

async function keepsBacklog(subject: ContractSubject): Promise<void> {
  const numbers = countTo(2000);
  const handled: number[] = [];
  subject.connect(onNumber((number) => Promise.resolve().then(() => handled.push(number))));
  publish(subject, ...numbers);
  await settle(subject);
  expectEqual('how many messages the receiver handled', handled.length, numbers.length);
  expectEqual('what the receiver handled', handled, numbers);
}
