import type { Mailbox } from '../mailbox/mailbox.js';
import type { Stopwatch } from '../mailbox/stopwatch.js';
import type { AnyMessageType, Message } from '../messages/message.js';
import type { Origin } from '../watching/origin.js';
import type { Publication } from '../watching/publication.js';
import type { Tracked } from '../watching/tracking.js';

/** Who gets the messages of a topic that it accepts: a subscription, as the topic sees it. */
export interface Recipient extends Tracked {
  /** Where messages queue for it. */
  readonly mailbox: Mailbox<Message, Origin>;
  /** What takes them in place of the mailbox, on the publisher's stack, where that is what it asked for (S9). */
  readonly receiver: Receiver | undefined;
  /** Whether its mailbox can be fed without calling code of a user, be it to tell of a drop. */
  readonly isQuiet: boolean;
  readonly tally: Tally;
  /** Whether somebody learns of the error that the topic may end by. */
  readonly takesFailure: boolean;
  /** Whether its filter lets messages of the type through. */
  accepts(type: AnyMessageType): boolean;
  /** The topic has ended. */
  unsubscribe(): void;
}

/** A handler, as those call it who hand over messages. */
export type HandlerCall = (message: Message, origin: Origin, owner: unknown) => unknown;

/** Takes messages on the publisher's stack, one after the other. */
export interface DirectReceiver {
  /**
   * Never throws, unless the stack overflows.
   *
   * @param stopwatch looked at when the message before it was through, where the times of this one are taken
   * @returns whether the mailboxes that it uses are within high water
   */
  receive(message: Message, origin: Origin, stopwatch?: Stopwatch): boolean;
}

/** One handler that takes messages on the publisher's stack. */
export interface Receiver extends DirectReceiver {
  /** What is called with its owner. What it returns goes to `settle`, what it throws to `fail`. */
  readonly handler: HandlerCall | undefined;
  readonly owner: unknown;
  /** The handler, while it may be called. Once it may not, `Trampoline.detours` has grown. */
  readonly idleHandler: HandlerCall | undefined;
  /** Waits for what the handler returned for a message, if that is something to be waited for. */
  settle(result: unknown, message: Message, origin: Origin): void;
  /** Reports what the handler threw. */
  fail(error: unknown, message: Message, origin: Origin): void;
  /** Same as `receive`, of a message that has a publication with it. */
  receiveTracked(message: Message, publication: Publication, stopwatch: Stopwatch | undefined): boolean;
}

/** What is counted of a recipient. */
export interface Tally {
  /** Messages that its filter let through. */
  passed: number;
  /** Messages that it kept out. */
  filtered: number;
  /** Those that are counted there count as kept out from now on; `undefined` for none. */
  passOver(counted: { readonly count: number } | undefined): void;
}
