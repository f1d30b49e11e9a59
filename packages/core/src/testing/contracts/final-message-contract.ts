import { SubscriptionChange } from '../../messages/subscription-change.js';
import type { Subscription } from '../../subscriptions/subscription.js';
import {
  contractCases,
  ContractMessage,
  type ContractCase,
  type ContractConnection,
  type ContractFactory,
  type ContractReceiver,
  type ContractSubject,
} from './contract.js';
import { expectEqual, expectSoon } from './expectation.js';
import { publish, settle } from './steps.js';

/** A connection that ends with a final message. A `Subscription` is one. */
export interface FinalMessageConnection
  extends ContractConnection, Pick<Subscription, 'id' | 'isSubscribed' | 'isDone' | 'isFinal' | 'join'> {}

/** What the contract of the final message tests. */
export interface FinalMessageSubject extends ContractSubject<FinalMessageConnection> {
  /** Connects a receiver whom numbers reach and the final message does not: behind a filter, or on a typed route. */
  connectForNumbers(receiver: ContractReceiver): FinalMessageConnection;
}

/**
 * The contract of the final message: who leaves still gets what is on its way, then one final message (S4), which the
 * others see as somebody else's (S5); one can wait for it (S6), and leaving is legal at any time (S7).
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of finalMessageContract(createSubject)) test(title, run);
 */
export function finalMessageContract(create: ContractFactory<FinalMessageSubject>): ContractCase[] {
  return contractCases(create, {
    'S4: delivers what is on its way, then one final message': (subject) => deliversFinalLast(subject, ignore),
    'S4: delivers what is on its way behind an asynchronous receiver, then one final message': (subject) =>
      deliversFinalLast(subject, () => Promise.resolve()),
    'S4: gives every receiver its final message when the subject ends': endsEveryReceiver,
    'S5: shows the others who left, and not as their own final message': showsLeaving,
    'S6: tells whether a receiver is subscribed, and whether it is done': tellsState,
    'S6: joins when the final message has been handled': joins,
    'S6: joins when the receiver throws on the final message': (subject) =>
      joinsAfter(subject, () => {
        throw new Error('this receiver throws on its final message');
      }),
    'S6: joins when the receiver rejects on the final message': (subject) =>
      joinsAfter(subject, () => Promise.reject(new Error('this receiver rejects its final message'))),
    'S6: joins when the final message does not reach the receiver': joinsWithoutFinal,
    'S7: lets a receiver leave while it handles a message': leavesInside,
    'S7: lets a receiver leave twice': leavesTwice,
    'S7: lets a receiver leave during its final message': leavesDuringFinal,
  });
}

type Happening = number | 'final' | `left: ${string}`;

interface Writer {
  readonly connection: FinalMessageConnection;
  /** What it handled, in that order. Live. */
  readonly happenings: readonly Happening[];
}

/** Connects a receiver that writes down the numbers, its final message, and who else left. */
function connectWriter(subject: FinalMessageSubject, react: (happening: Happening) => unknown = ignore): Writer {
  const happenings: Happening[] = [];
  const write = (happening: Happening): unknown => {
    happenings.push(happening);
    return react(happening);
  };
  const connection = subject.connect((message) => {
    if (ContractMessage.is(message)) return write(message.data);
    if (!SubscriptionChange.is(message) || message.data.description === 'Subscribe') return undefined;
    return write(connection.isFinal(message) ? 'final' : `left: ${message.data.uniqueId}`);
  });
  return { connection, happenings };
}

async function deliversFinalLast(subject: FinalMessageSubject, react: () => unknown): Promise<void> {
  const { connection, happenings } = connectWriter(subject, react);
  publish(subject, 1, 2);
  connection.unsubscribe();
  publish(subject, 3);
  await settle(subject);
  expectEqual('what the receiver handled', happenings, [1, 2, 'final']);
}

async function endsEveryReceiver(subject: FinalMessageSubject): Promise<void> {
  const writers = [connectWriter(subject), connectWriter(subject, () => Promise.resolve())];
  publish(subject, 1, 2);
  void subject.close();
  await join(subject, ...writers);
  for (const { happenings } of writers) expectEqual('what a receiver handled', happenings, [1, 2, 'final']);
}

async function showsLeaving(subject: FinalMessageSubject): Promise<void> {
  const staying = connectWriter(subject);
  const leaving = connectWriter(subject);
  publish(subject, 1);
  leaving.connection.unsubscribe();
  publish(subject, 2);
  await join(subject, leaving);
  await settle(subject);
  expectEqual('what the receiver that stays handled', staying.happenings, [1, `left: ${leaving.connection.id}`, 2]);
  expectEqual('whether the receiver that stays is subscribed', staying.connection.isSubscribed, true);
  expectEqual('whether the receiver that stays is done', staying.connection.isDone, false);
}

async function tellsState(subject: FinalMessageSubject): Promise<void> {
  const states: string[] = [];
  const { connection } = connectWriter(subject, (happening) => states.push(`${happening}: ${stateOf(connection)}`));
  publish(subject, 1);
  await settle(subject);
  connection.unsubscribe();
  expectEqual('whether it is subscribed after it left', connection.isSubscribed, false);
  await join(subject, { connection });
  expectEqual('what it told', states, ['1: subscribed', 'final: done']);
}

function stateOf({ isSubscribed, isDone }: FinalMessageConnection): string {
  if (isDone) return 'done';
  return isSubscribed ? 'subscribed' : 'leaving';
}

async function joins(subject: FinalMessageSubject): Promise<void> {
  let isHandled = false;
  const writer = connectWriter(subject, async (happening) => {
    await Promise.resolve();
    await Promise.resolve();
    isHandled = happening === 'final';
  });
  publish(subject, 1);
  writer.connection.unsubscribe();
  await join(subject, writer);
  expectEqual('whether the final message was handled when it joined', isHandled, true);
  await join(subject, writer);
}

async function joinsAfter(subject: FinalMessageSubject, failing: () => unknown): Promise<void> {
  const writer = connectWriter(subject, (happening) => (happening === 'final' ? failing() : undefined));
  publish(subject, 1);
  writer.connection.unsubscribe();
  await join(subject, writer);
  expectEqual('what the receiver handled', writer.happenings, [1, 'final']);
}

async function joinsWithoutFinal(subject: FinalMessageSubject): Promise<void> {
  const handled: unknown[] = [];
  const connection = subject.connectForNumbers((message) => handled.push(message.data));
  publish(subject, 1);
  connection.unsubscribe();
  await join(subject, { connection });
  expectEqual('what the receiver handled', handled, [1]);
  expectEqual('whether it is done', connection.isDone, true);
}

async function leavesInside(subject: FinalMessageSubject): Promise<void> {
  const writer = connectWriter(subject, (happening) => {
    if (happening !== 1) return;
    publish(subject, 2);
    writer.connection.unsubscribe();
    publish(subject, 3);
  });
  publish(subject, 1);
  await join(subject, writer);
  expectEqual('what the receiver handled', writer.happenings, [1, 2, 'final']);
}

async function leavesTwice(subject: FinalMessageSubject): Promise<void> {
  const staying = connectWriter(subject);
  const leaving = connectWriter(subject);
  leaving.connection.unsubscribe();
  leaving.connection.unsubscribe();
  await join(subject, leaving);
  leaving.connection.unsubscribe();
  await settle(subject);
  expectEqual('what the receiver handled', leaving.happenings, ['final']);
  expectEqual('what the other receiver handled', staying.happenings, [`left: ${leaving.connection.id}`]);
}

async function leavesDuringFinal(subject: FinalMessageSubject): Promise<void> {
  const writer = connectWriter(subject, (happening) => {
    if (happening === 'final') writer.connection.unsubscribe();
  });
  writer.connection.unsubscribe();
  await join(subject, writer);
  await settle(subject);
  expectEqual('what the receiver handled', writer.happenings, ['final']);
}

/** Waits until the connections are done; meanwhile things go on. */
async function join(subject: FinalMessageSubject, ...writers: readonly Pick<Writer, 'connection'>[]): Promise<void> {
  void subject.settled();
  const joined = Promise.all(writers.map(({ connection }) => connection.join()));
  await expectSoon('the receiver to be done, and joining it to say so', joined);
}

function ignore(): void {
  // Nothing is asked of this receiver.
}
