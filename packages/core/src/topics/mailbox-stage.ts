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
  /** The topic's own, when it is the only one. */
  readonly #only: Mailbox<Message, Origin> | undefined;
  /** The topic's own. */
  readonly #own: readonly Mailbox<Message, Origin>[];
  /** Those of the topic that it is forwarded to, as a pooled topic is: their mailboxes have to be told the origin. */
  readonly #other: Listeners | undefined;
  /** The same of further topics. */
  readonly #more: readonly Listeners[];

  /** @param all the topic's own listeners, then those of the topics that it is forwarded to */
  private constructor([{ mailboxes }, other, ...more]: readonly [Listeners, ...Listeners[]]) {
    this.#only = other === undefined && mailboxes.length === 1 ? mailboxes[0] : undefined;
    this.#own = mailboxes;
    this.#other = other;
    this.#more = more;
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
  run(message: Message, origin: Origin): boolean {
    if (this.#only !== undefined) return this.#only.push(message, undefined);
    let isWithinHighWater = feed(this.#own, message, undefined);
    if (this.#other !== undefined && !feedOther(this.#other, message, origin)) isWithinHighWater = false;
    const more = this.#more;
    for (let i = 0; i < more.length; i++) {
      if (!feedOther(more[i] as Listeners, message, origin)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }
}

function feedOther(other: Listeners, message: Message, origin: Origin): boolean {
  other.count++;
  return feed(other.mailboxes, message, origin);
}

// By index, here and in the other stages: an iterator for each publish costs as much as the delivery to one subscription.
function feed(mailboxes: readonly Mailbox<Message, Origin>[], message: Message, origin: Origin | undefined): boolean {
  let isWithinHighWater = true;
  for (let i = 0; i < mailboxes.length; i++) {
    if (!(mailboxes[i] as Mailbox<Message, Origin>).push(message, origin)) isWithinHighWater = false;
  }
  return isWithinHighWater;
}
