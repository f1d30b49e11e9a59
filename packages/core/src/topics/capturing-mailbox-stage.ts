import type { Contexts } from '../mailbox/contexts.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Origin } from './origin.js';
import { Publication } from './publication.js';

/** A `MailboxStage` that keeps the context of each publish: captured once, if there is a mailbox at all (K1). */
export class CapturingMailboxStage {
  readonly #own: Listeners;
  readonly #all: readonly Listeners[];
  readonly #origin: Origin;
  readonly #contexts: Contexts;

  constructor(all: readonly [Listeners, ...Listeners[]], origin: Origin, contexts: Contexts) {
    this.#own = all[0];
    this.#all = all;
    this.#origin = origin;
    this.#contexts = contexts;
  }

  /** Returns whether all of the mailboxes are within high water. */
  run(message: Message): boolean {
    let publication: Publication | undefined;
    let isWithinHighWater = true;
    for (const listeners of this.#all) {
      if (listeners !== this.#own) listeners.count++;
      for (const mailbox of listeners.mailboxes) {
        publication ??= new Publication(this.#origin, this.#contexts.capture());
        if (!mailbox.push(message, publication)) isWithinHighWater = false;
      }
    }
    return isWithinHighWater;
  }
}
