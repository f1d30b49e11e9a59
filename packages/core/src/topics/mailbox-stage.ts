import type { Mailbox } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Origin } from '../watching/origin.js';

const NONE: readonly Listeners[] = [];

/**
 * The first stage of a publish: feeds the mailboxes. No code of a user runs meanwhile, so that the answer about congestion is
 * exact, and nested publishes queue in the order in which they are made (T3).
 */
export class MailboxStage {
  /** The topic's own, when it is the only one. */
  readonly #only: Mailbox<Message, Origin> | undefined;
  /** The topic's own. */
  readonly #own: readonly Mailbox<Message, Origin>[];
  readonly #origin: Origin;
  /** Those of the one topic that it is forwarded to, as a pooled topic is: found without a detour through a list. */
  readonly #other: Listeners | undefined;
  /** Those of the topics that it is forwarded to, if there are several: their mailboxes have to be told the origin. */
  readonly #others: readonly Listeners[];

  constructor([{ mailboxes }, ...others]: readonly [Listeners, ...Listeners[]], origin: Origin) {
    this.#only = others.length === 0 && mailboxes.length === 1 ? mailboxes[0] : undefined;
    this.#own = mailboxes;
    this.#origin = origin;
    this.#other = others.length === 1 ? others[0] : undefined;
    this.#others = others.length === 1 ? NONE : others;
  }

  /** Returns whether all of them are within high water. */
  run(message: Message): boolean {
    if (this.#only !== undefined) return this.#only.push(message, undefined);
    let isWithinHighWater = feed(this.#own, message, undefined);
    if (this.#other !== undefined) return this.#feedOther(this.#other, message) && isWithinHighWater;
    const others = this.#others;
    for (let i = 0; i < others.length; i++) {
      if (!this.#feedOther(others[i] as Listeners, message)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }

  #feedOther(other: Listeners, message: Message): boolean {
    other.count++;
    return feed(other.mailboxes, message, this.#origin);
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
