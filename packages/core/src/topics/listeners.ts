import type { Observer } from 'rxjs';
import type { Announcements } from './announcements.js';
import type { Audience } from './audience.js';
import type { CacheWriter } from '../caches/cache-writer.js';
import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message-type.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Topic } from './topic.js';

const NOBODY: readonly never[] = [];

/**
 * Those of one audience who hear one message type: filters and declined types are decided here, once. The dispatch plans
 * of its own topic and of all that are forwarded to it share it. Once the audience has changed it is released: a plan
 * that is not needed again for a long time then holds on to nobody.
 */
export class Listeners {
  mailboxes: readonly Mailbox<Message, Topic>[] = NOBODY;
  synchronous: readonly LiveSubscription[] = NOBODY;
  observers: readonly Observer<Message>[] = NOBODY;
  writers: readonly CacheWriter[] = NOBODY;
  /** How many messages have come that the statistics do not know of. */
  count = 0;
  #passed: readonly LiveSubscription[] = NOBODY;
  #filtered: readonly LiveSubscription[] = NOBODY;
  /** Of subscription changes: where those are counted that pass the others by. */
  #announcements: Announcements | undefined;

  /** O(subscriptions); of subscription changes, O(subscriptions that take them). */
  constructor(audience: Audience, type: AnyMessageType) {
    if (audience.context.declined.has(type.name)) return;
    if (type.identity === SubscriptionChange.identity) {
      this.#announcements = audience.announcements;
      this.#take(audience.announcements.takers);
      return;
    }
    const passed: LiveSubscription[] = [];
    const filtered: LiveSubscription[] = [];
    for (const subscription of audience.subscriptions) {
      (subscription.accepts(type) ? passed : filtered).push(subscription);
    }
    this.#take(passed);
    this.#filtered = filtered;
    this.observers = [...audience.observers];
    this.writers = audience.writers;
  }

  /** Whether anybody gets messages of the type. */
  get isUsed(): boolean {
    return this.#passed.length + this.observers.length + this.writers.length > 0;
  }

  /** Whether there is anything to do about a message, be it to count it. */
  get isNeeded(): boolean {
    return this.isUsed || this.#filtered.length > 0 || this.#announcements !== undefined;
  }

  /** Whether to give them a message may run code of a user. */
  get isStaged(): boolean {
    return this.observers.length + this.writers.length > 0 || this.#passed.some(({ isStaged }) => isStaged);
  }

  /** The only subscription that gets messages, where there is nobody else at all. */
  get only(): LiveSubscription | undefined {
    return this.#passed.length + this.observers.length + this.writers.length === 1 ? this.#passed[0] : undefined;
  }

  /** Adds what was counted since the last time to the statistics. */
  fold(): void {
    const { count } = this;
    if (count === 0) return;
    this.count = 0;
    for (const { monitor } of this.#passed) monitor.passed += count;
    for (const { monitor } of this.#filtered) monitor.filtered += count;
    if (this.#announcements !== undefined) this.#announcements.count += count;
  }

  /** Lets go of everybody. Not while a message may be on its way to them. */
  release(): void {
    this.mailboxes = this.synchronous = this.observers = this.writers = this.#passed = this.#filtered = NOBODY;
  }

  #take(passed: readonly LiveSubscription[]): void {
    this.#passed = passed;
    this.synchronous = passed.filter(({ isSynchronous }) => isSynchronous);
    this.mailboxes = passed.filter(({ isSynchronous }) => !isSynchronous).map(({ mailbox }) => mailbox);
  }
}
