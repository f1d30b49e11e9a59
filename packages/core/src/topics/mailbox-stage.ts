import type { Mailbox } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Origin } from '../watching/origin.js';

/** The stage of those topics that have no mailboxes themselves and are forwarded to one other topic, by who listens there. */
const stagesOfPools = /* @__PURE__ */ new WeakMap<Listeners, MailboxStage>();

/**
 * The first stage of a publish: feeds the mailboxes. No code of a user runs meanwhile, so that the answer about congestion is
 * exact, and nested publishes queue in the order in which they are made (T3).
 */
export class MailboxStage {
  /** The topic's own. */
  readonly #own: readonly Mailbox<Message, Origin>[];
  /** Those of the topics that it is forwarded to: their mailboxes have to be told the origin. */
  readonly #others: readonly Listeners[];

  /** @param all the topic's own listeners, then those of the topics that it is forwarded to */
  private constructor([{ mailboxes }, ...others]: readonly [Listeners, ...Listeners[]]) {
    this.#own = mailboxes;
    this.#others = others;
  }

  /**
   * The topics of a pool share theirs: whoever publishes on many of them would otherwise have as many to fetch from memory.
   */
  static of(all: readonly [Listeners, ...Listeners[]]): MailboxStage {
    const [{ mailboxes }, other] = all;
    if (all.length !== 2 || mailboxes.length > 0) return new MailboxStage(all);
    const stage = stagesOfPools.get(other as Listeners) ?? new MailboxStage(all);
    stagesOfPools.set(other as Listeners, stage);
    return stage;
  }

  /** Returns whether all of them are within high water. */
  push(message: Message, origin: Origin | undefined): boolean {
    const others = this.#others;
    let isWithinHighWater = feed(this.#own, message, undefined);
    for (let i = 0; i < others.length; i++) {
      const other = others[i] as Listeners;
      other.count++;
      if (!feed(other.mailboxes, message, origin)) isWithinHighWater = false;
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
