import type { Message } from '../messages/message.js';
import { Publication } from '../watching/publication.js';
import { PendingReceipt, type Receipt } from '../watching/receipt.js';
import { both } from '../watching/tracking.js';
import type { Listeners } from './listeners.js';
import type { PlanSource } from './plan-source.js';
import type { Recipient } from './recipient.js';

/** A `MailboxStage` that puts the publication beside each message, and tells who tracks it. */
export class TrackedMailboxStage {
  readonly #all: readonly Listeners[];

  readonly #origin: PlanSource;
  /** How many subscriptions a message reaches, those that are called synchronously too. */
  readonly #reached: number;

  constructor(all: readonly [Listeners, ...Listeners[]], origin: PlanSource) {
    this.#all = all;
    this.#origin = origin;
    this.#reached = all.reduce((sum, { size }) => sum + size, 0);
  }

  /** Makes what goes with a message, if anybody needs that: a context is to be kept, a probe listens, or a receipt is asked for. */
  accompany(message: Message, whenThrough?: (receipt: Receipt) => void): Publication | undefined {
    const { topic, context } = this.#origin;
    const { contexts, probes } = context;
    const receipt = whenThrough && new PendingReceipt(message, this.#reached, whenThrough);
    const tracking = both(receipt, probes.track(message, topic));
    if (contexts === undefined && tracking === undefined) return undefined;
    return new Publication(topic, contexts, tracking);
  }

  /** Returns whether all of the mailboxes are within high water. What is told is told once all of them are fed. */
  run(message: Message, publication: Publication): boolean {
    const fed: Recipient[] = [];
    let isWithinHighWater = true;
    for (const listeners of this.#all) {
      if (listeners !== this.#all[0]) listeners.count++;
      for (const recipient of listeners.queued) {
        const { backlog } = recipient.mailbox;
        const { pushed } = backlog;
        publication.capture();
        if (!recipient.mailbox.push(message, publication)) isWithinHighWater = false;
        if (backlog.pushed > pushed) fed.push(recipient); // else it was refused
      }
    }
    const { tracking } = publication;
    tracking?.published();
    for (const recipient of fed) tracking?.queued(recipient, recipient.mailbox.backlog.length);
    return isWithinHighWater;
  }
}
