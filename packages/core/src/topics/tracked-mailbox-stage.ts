import type { Message } from '../messages/message.js';
import type { Publication } from '../watching/publication.js';
import type { Listeners } from './listeners.js';
import type { Recipient } from './recipient.js';

/** A `MailboxStage` that puts the publication beside each message, and tells who tracks it. */
export class TrackedMailboxStage {
  readonly #own: Listeners;
  readonly #all: readonly Listeners[];

  constructor(all: readonly [Listeners, ...Listeners[]]) {
    this.#own = all[0];
    this.#all = all;
  }

  /** Returns whether all of the mailboxes are within high water. What is told is told once all of them are fed. */
  run(message: Message, publication: Publication): boolean {
    const fed: Recipient[] = [];
    let isWithinHighWater = true;
    for (const listeners of this.#all) {
      if (listeners !== this.#own) listeners.count++;
      for (const recipient of listeners.queued) {
        const { backlog } = recipient.mailbox;
        const { pushed } = backlog;
        publication.capture();
        if (!recipient.mailbox.push(message, publication)) isWithinHighWater = false;
        if (backlog.pushed > pushed) fed.push(recipient); // else it was refused
      }
    }
    const { tracking } = publication;
    if (tracking === undefined) return isWithinHighWater;
    tracking.published();
    for (const recipient of fed) tracking.queued(recipient, recipient.mailbox.backlog.length);
    return isWithinHighWater;
  }
}
