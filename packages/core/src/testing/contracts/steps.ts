import type { Message } from '../../messages/message.js';
import { createRecorder, type Recorder } from '../recorder.js';
import { ContractMessage, type ContractReceiver, type ContractSubject } from './contract.js';
import { expectSoon } from './expectation.js';

/** Publishes numbers one after the other, through the ways in by turns. */
export function publish({ inlets }: ContractSubject, ...numbers: readonly number[]): void {
  for (const number of numbers) inlets[number % inlets.length]?.(ContractMessage(number));
}

/** A receiver that does something with each number, and nothing with subscription changes. */
export function onNumber(react: (number: number) => unknown): ContractReceiver {
  return (message) => (ContractMessage.is(message) ? react(message.data) : undefined);
}

/** Connects a recorder. */
export function connectRecorder(subject: ContractSubject): Recorder<Message<number>> {
  const recorder = createRecorder<Message<number>>();
  subject.connect((message) => {
    recorder.handler(message as Message<number>);
  });
  return recorder;
}

/** Waits until everything that was published has been handled. */
export function settle(subject: ContractSubject): Promise<void> {
  return expectSoon('everything to be handled', subject.settled());
}

/** The integers from 1 to `last`. */
export function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
