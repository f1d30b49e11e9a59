import type { Mailbox } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Origin } from './origin.js';

/**
 * The first stage of a publish: feeds the mailboxes. No code of a user runs meanwhile, so that the answer about congestion is
 * exact, and nested publishes queue in the order in which they are made (T3).
 */
export class MailboxStage {
  readonly #own: Listeners;
  /** Those of the topics that the topic is forwarded to: their mailboxes have to be told the origin. */
  readonly #others: readonly Listeners[];
  readonly #origin: Origin;
  /** The topic's own, where there is no other. */
  readonly #only: Mailbox<Message, Origin> | undefined;

  constructor([own, ...others]: readonly [Listeners, ...Listeners[]], origin: Origin) {
    this.#own = own;
    this.#others = others;
    this.#origin = origin;
    this.#only = others.length === 0 && own.mailboxes.length === 1 ? own.mailboxes[0] : undefined;
  }

  /** Returns whether all of them are within high water. */
  run(message: Message): boolean {
    if (this.#only !== undefined) return this.#only.push(message);
    const isWithinHighWater = feed(this.#own.mailboxes, message, undefined);
    return this.#others.length === 0 ? isWithinHighWater : this.#feedOthers(message) && isWithinHighWater;
  }

  #feedOthers(message: Message): boolean {
    const others = this.#others;
    let isWithinHighWater = true;
    for (let o = 0; o < others.length; o++) {
      const other = others[o] as Listeners;
      other.count++;
      if (!feed(other.mailboxes, message, this.#origin)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }
}

// By index, here and in the other stages: an iterator for each publish costs as much as the delivery to one subscription.
function feed(mailboxes: readonly Mailbox<Message, Origin>[], message: Message, origin: Origin | undefined): boolean {
  let isWithinHighWater = true;
  for (let i = 0; i < mailboxes.length; i++) {
    if (!(mailboxes[i] as Mailbox<Message, Origin>).push(message, origin)) isWithinHighWater = false;
  }
  return isWithinHighWater;
}
