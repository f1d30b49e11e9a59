import type { Message } from '../../messages/message.js';
import { messageType, type MessageType } from '../../messages/message-type.js';
import { expectSoon } from './expectation.js';

/** One case of a contract, for a test runner of your choice. */
export interface ContractCase {
  /** A promise in the present tense, with the number of the rule that it tests. */
  readonly title: string;
  /** Makes a subject, tries it, and closes it. Rejects with an Error that says what the subject did wrong. */
  readonly run: () => Promise<void>;
}

/** What contracts publish: messages that carry nothing but a number. */
export const ContractMessage: MessageType<number> = /* @__PURE__ */ messageType<number>('contract_message');

/** How a contract receives: it takes each message, and may return anything that a handler may. */
export type ContractReceiver = (message: Message) => unknown;

/** How a receiver is connected. */
export interface ContractConnectOptions {
  /** The receiver leaves when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** One receiver's connection to a subject. */
export interface ContractConnection {
  /** Stops new messages; those already on their way are still handled. */
  unsubscribe(): void;
}

/**
 * What a contract tests: whatever stands between those who publish and those who receive. A topic, a forward, a router,
 * a component that shows messages, a bridge between two processes.
 *
 * @example
 * function createSubject(): ContractSubject {
 *   const bus = createBus();
 *   const topic = bus.topic('calls');
 *   return {
 *     inlets: [(message) => topic.publish(message)],
 *     connect: (receiver, options) => subscribe(topic, receiver, options),
 *     settled: () => bus.settled(),
 *     close: () => bus.close(),
 *   };
 * }
 */
export interface ContractSubject<Connection extends ContractConnection = ContractConnection> {
  /**
   * The ways in, at least one: each publishes a message that every receiver gets. Most subjects have one; a topic pool
   * under its parent has one for each child.
   */
  readonly inlets: readonly ((message: Message<number>) => unknown)[];
  /**
   * Connects a receiver. It gets what is published from now on; subscription changes too, where the subject has them.
   * Only the contract of disposal gives it a signal, to leave when that aborts.
   */
  connect(receiver: ContractReceiver, options?: ContractConnectOptions): Connection;
  /**
   * Resolves once every receiver has handled what was published so far. Where mailboxes are drained by hand, this drains
   * them until then. A case may call it without waiting, to set things going.
   */
  settled(): Promise<void>;
  /**
   * Ends the subject: every receiver handles what is on its way, then its final message where there is one. May return a
   * promise; a second call does nothing.
   */
  close(): unknown;
}

/** Makes a subject, anew for each case. */
export type ContractFactory<Subject extends ContractSubject> = () => Subject | Promise<Subject>;

/** Makes a contract's cases, in the order in which they are written. */
export function contractCases<Subject extends ContractSubject>(
  create: ContractFactory<Subject>,
  tests: Readonly<Record<string, (subject: Subject) => Promise<void>>>,
): ContractCase[] {
  return Object.entries(tests).map(([title, test]) => ({
    title,
    run: async () => {
      const subject = await create();
      try {
        await test(subject);
      } catch (error) {
        // What it did wrong says more than what may go wrong now.
        void Promise.resolve(subject.close()).catch(() => undefined);
        throw error;
      }
      await expectSoon('the subject to end', Promise.resolve(subject.close()));
    },
  }));
}
