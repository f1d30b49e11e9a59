import type { Observer } from 'rxjs';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { AnyMessageType, Message } from '../messages/message.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Announcements } from './announcements.js';
import type { Origin } from '../watching/origin.js';
import type { Receiver, Recipient } from './recipient.js';
import type { Tap } from './tap.js';

const NOBODY: readonly never[] = [];

/** Everybody at one topic, whatever they accept. */
export interface Present {
  readonly recipients: readonly Recipient[];
  readonly observers: readonly Observer<Message>[];
  readonly taps: readonly Tap[];
  readonly announcements: Announcements;
}

/**
 * Those of one audience who hear one message type: filters are decided here, once. The dispatch plans of its own topic and
 * of all that are forwarded to it share it. Once the audience has changed it is released: a plan that is not needed again
 * for a long time then holds on to nobody.
 */
export class Listeners {
  /** Those who get messages by way of a mailbox, and these mailboxes. */
  queued: readonly Recipient[] = NOBODY;
  mailboxes: readonly Mailbox<Message, Origin>[] = NOBODY;
  receivers: readonly Receiver[] = NOBODY;
  observers: readonly Observer<Message>[] = NOBODY;
  taps: readonly Tap[] = NOBODY;
  /** How many messages have come that the statistics do not know of. */
  count = 0;
  #passed: readonly Recipient[] = NOBODY;
  #filtered: readonly Recipient[] = NOBODY;
  /** Of subscription changes: where those are counted that pass the others by. */
  #announcements: Announcements | undefined;

  /**
   * O(recipients); of subscription changes, O(recipients that take them).
   *
   * @param present nobody, of a type whose messages go nowhere (M6)
   */
  constructor(present: Present | undefined, type: AnyMessageType) {
    if (present === undefined) return;
    if (type.identity === SubscriptionChange.identity) {
      this.#announcements = present.announcements;
      this.#take(present.announcements.takers);
      return;
    }
    const passed: Recipient[] = [];
    const filtered: Recipient[] = [];
    for (const recipient of present.recipients) (recipient.accepts(type) ? passed : filtered).push(recipient);
    this.#take(passed);
    this.#filtered = filtered;
    this.observers = [...present.observers];
    this.taps = present.taps;
  }

  /** Whether anybody gets messages of the type. */
  get isUsed(): boolean {
    return this.#passed.length + this.observers.length + this.taps.length > 0;
  }

  /** Whether there is anything to do about a message, be it to count it. */
  get isNeeded(): boolean {
    return this.isUsed || this.#filtered.length > 0 || this.#announcements !== undefined;
  }

  /** Whether a message can be given to them without calling code of a user: it goes into mailboxes, and that is all. */
  get isQuiet(): boolean {
    return this.observers.length + this.taps.length === 0 && this.#passed.every(({ isQuiet }) => isQuiet);
  }

  /** Whether there is but one who gets messages. */
  get isSingle(): boolean {
    return this.#passed.length + this.observers.length + this.taps.length === 1;
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
    this.queued = this.mailboxes = this.receivers = this.observers = this.taps = this.#passed = this.#filtered = NOBODY;
  }

  #take(passed: readonly Recipient[]): void {
    this.#passed = passed;
    this.receivers = passed.flatMap(({ receiver }) => receiver ?? []);
    this.queued = passed.filter(({ receiver }) => receiver === undefined);
    this.mailboxes = this.queued.map(({ mailbox }) => mailbox);
  }
}
