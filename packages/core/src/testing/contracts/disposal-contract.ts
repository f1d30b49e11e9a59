import type { Subscription } from '../../subscriptions/subscription.js';
import {
  contractCases,
  type ContractCase,
  type ContractConnection,
  type ContractFactory,
  type ContractSubject,
} from './contract.js';
import { countListeners } from './count-listeners.js';
import { expectEqual, expectSoon } from './expectation.js';
import { connectRecorder, onNumber, publish, settle } from './steps.js';

/** A connection with the disposal protocols. A `Subscription` is one. */
export interface DisposalConnection
  extends ContractConnection, Pick<Subscription, typeof Symbol.dispose | typeof Symbol.asyncDispose> {}

/** What the contract of disposal tests. */
export interface DisposalSubject extends ContractSubject<DisposalConnection> {
  /** Names what the subject holds for its receivers at this moment: subscriptions, listeners, timers, sockets. */
  held(): readonly string[];
}

/**
 * The contract of disposal: leaving by whatever protocol does what `unsubscribe` does (S4, S6, S7), and leaves nothing
 * behind.
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of disposalContract(createSubject)) test(title, run);
 */
export function disposalContract(create: ContractFactory<DisposalSubject>): ContractCase[] {
  return contractCases(create, {
    'S4: leaves by Symbol.dispose as by unsubscribe': leavesBySymbol,
    'S6: leaves by Symbol.asyncDispose, and waits for what is on its way': waitsByAsyncSymbol,
    'S7: does nothing more when it is disposed of twice': disposesTwice,
    'S4: leaves when its signal aborts': leavesBySignal,
    'S4: gets nothing of what is published when its signal has aborted before': comesTooLate,
    'S4: stops listening to its signal when that aborts': (subject) => stopsListening(subject, 'abort'),
    'S4: stops listening to its signal when the receiver leaves': (subject) => stopsListening(subject, 'leave'),
    'S4: stops listening to its signal when the subject ends': (subject) => stopsListening(subject, 'end'),
    'S4: holds nothing of receivers that came and left': holdsNothing,
    'S4: holds nothing when it has ended': holdsNothingAtTheEnd,
  });
}

async function leavesBySymbol(subject: DisposalSubject): Promise<void> {
  const handled: number[] = [];
  const connection = subject.connect(onNumber((number) => handled.push(number)));
  publish(subject, 1);
  connection[Symbol.dispose]();
  publish(subject, 2);
  await settle(subject);
  expectEqual('what the receiver got', handled, [1]);
}

async function waitsByAsyncSymbol(subject: DisposalSubject): Promise<void> {
  const handled: number[] = [];
  const connection = subject.connect(
    onNumber(async (number) => {
      await Promise.resolve();
      handled.push(number);
    }),
  );
  publish(subject, 1, 2);
  const disposed = connection[Symbol.asyncDispose]();
  publish(subject, 3);
  void subject.settled();
  await expectSoon('Symbol.asyncDispose to say that it is done', Promise.resolve(disposed));
  expectEqual('what the receiver had handled by then', handled, [1, 2]);
}

async function disposesTwice(subject: DisposalSubject): Promise<void> {
  const handled: number[] = [];
  const connection = subject.connect(onNumber((number) => handled.push(number)));
  const stays = connectRecorder(subject);
  publish(subject, 1);
  connection.unsubscribe();
  connection[Symbol.dispose]();
  const disposed = connection[Symbol.asyncDispose]();
  publish(subject, 2);
  await settle(subject);
  await expectSoon('Symbol.asyncDispose to say that it is done', Promise.resolve(disposed));
  expectEqual('what the receiver got', handled, [1]);
  expectEqual('what the other receiver got', stays.data, [1, 2]);
}

async function leavesBySignal(subject: DisposalSubject): Promise<void> {
  const handled: number[] = [];
  const controller = new AbortController();
  subject.connect(
    onNumber((number) => handled.push(number)),
    { signal: controller.signal },
  );
  publish(subject, 1);
  controller.abort();
  publish(subject, 2);
  await settle(subject);
  expectEqual('what the receiver got', handled, [1]);
}

async function comesTooLate(subject: DisposalSubject): Promise<void> {
  const handled: number[] = [];
  const controller = new AbortController();
  controller.abort();
  const listenerCount = countListeners(controller.signal);
  subject.connect(
    onNumber((number) => handled.push(number)),
    { signal: controller.signal },
  );
  publish(subject, 1);
  await settle(subject);
  expectEqual('what the receiver got', handled, []);
  expectEqual('the number of listeners on its signal', listenerCount(), 0);
}

async function stopsListening(subject: DisposalSubject, by: 'abort' | 'leave' | 'end'): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const listenerCount = countListeners(signal);
  const connections = [1, 2, 3].map(() => subject.connect(() => undefined, { signal }));
  if (by === 'abort') controller.abort();
  if (by === 'leave') for (const connection of connections) connection.unsubscribe();
  if (by === 'end') await subject.close();
  else await settle(subject);
  expectEqual('the number of listeners on the signal', listenerCount(), 0);
}

async function holdsNothing(subject: DisposalSubject): Promise<void> {
  const stays = connectRecorder(subject);
  await settle(subject);
  const before = subject.held().length;
  for (let round = 0; round < 100; round++) subject.connect(() => Promise.resolve()).unsubscribe();
  publish(subject, 1);
  await settle(subject);
  expectEqual('the number of things that it holds', subject.held().length, before);
  expectEqual('what the receiver that stayed got', stays.data, [1]);
}

async function holdsNothingAtTheEnd(subject: DisposalSubject): Promise<void> {
  connectRecorder(subject);
  subject.connect(() => Promise.resolve());
  publish(subject, 1);
  await subject.close();
  expectEqual('what it holds', subject.held(), []);
}
