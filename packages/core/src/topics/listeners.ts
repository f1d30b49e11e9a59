import type { Observer } from 'rxjs';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { Message } from '../messages/message.js';
import type { Announcements } from './announcements.js';
import { DirectCalls } from './direct-calls.js';
import type { Origin } from '../watching/origin.js';
import type { DirectReceiver, Receiver, Recipient } from './recipient.js';
import type { Tap } from './tap.js';

const NOBODY: readonly never[] = [];

/**
 * Those of one audience who hear one message type, or several. The dispatch plans of its own topic and of all that are
 * forwarded to it share them. Once the audience has changed they are released: a plan that is not needed again for a long
 * time then holds on to nobody.
 */
export class Listeners {
  /** Those who get messages by way of a mailbox, and these mailboxes. */
  queued: readonly Recipient[];
  mailboxes: readonly Mailbox<Message, Origin>[];
  /** The synchronous handlers, and what takes messages for all of them, if there are any. */
  receivers: readonly Receiver[];
  direct: DirectReceiver | undefined;
  observers: readonly Observer<Message>[];
  taps: readonly Tap[];
  /** How many messages have come that the statistics do not know of. */
  count = 0;
  #passed: readonly Recipient[];
  #filtered: readonly Recipient[];
  readonly #announcements: Announcements | undefined;

  /**
   * @param delivery needed where several of them may have synchronous handlers
   * @param announcements of subscription changes: where those are counted that pass the others by
   * @param filtered those whose filters keep it out
   */
  constructor(
    passed: readonly Recipient[],
    delivery?: Trampoline,
    announcements?: Announcements,
    filtered: readonly Recipient[] = NOBODY,
    observers: readonly Observer<Message>[] = NOBODY,
    taps: readonly Tap[] = NOBODY,
  ) {
    this.queued = passed.filter(({ receiver }) => receiver === undefined);
    this.mailboxes = this.queued.map(({ mailbox }) => mailbox);
    this.receivers = passed.flatMap(({ receiver }) => receiver ?? []);
    this.direct = delivery && this.receivers.length > 1 ? new DirectCalls(this.receivers, delivery) : this.receivers[0];
    this.observers = observers;
    this.taps = taps;
    this.#passed = passed;
    this.#filtered = filtered;
    this.#announcements = announcements;
  }

  /** Whether it is these recipients of the audience that get messages. O(recipients). */
  reaches(recipients: readonly Recipient[]): boolean {
    const passed = this.#passed;
    return passed.length === recipients.length && passed.every((recipient, index) => recipient === recipients[index]);
  }

  /** How many recipients get messages, by way of a mailbox or directly. */
  get size(): number {
    return this.#passed.length;
  }

  /** Whether anybody gets messages of the type. */
  get isUsed(): boolean {
    return this.size > 0 || !this.isPlain;
  }

  /** Whether there is anything to do about a message, be it to count it. */
  get isNeeded(): boolean {
    return this.isUsed || this.#filtered.length > 0 || this.#announcements !== undefined;
  }

  /** Whether all of them are recipients. */
  get isPlain(): boolean {
    return this.observers.length + this.taps.length === 0;
  }

  /** Whether a message can be given to them without calling code of a user: it goes into mailboxes, and that is all. */
  get isQuiet(): boolean {
    return this.isPlain && this.#passed.every(({ isQuiet }) => isQuiet);
  }

  /** Adds what was counted since the last time to the statistics. */
  fold(): void {
    const { count } = this;
    if (count === 0) return;
    this.count = 0;
    for (const { tally } of this.#passed) tally.passed += count;
    for (const { tally } of this.#filtered) tally.filtered += count;
    if (this.#announcements !== undefined) this.#announcements.count += count;
  }

  /** Lets go of everybody. Not while a message may be on its way to them. */
  release(): void {
    this.direct = undefined;
    this.queued = this.mailboxes = this.receivers = this.observers = this.taps = this.#passed = this.#filtered = NOBODY;
  }
}

/** Those of an audience that has nobody: most topics of a pool have none of their own. */
export const NO_LISTENERS: Listeners = /* @__PURE__ */ new Listeners([]);
