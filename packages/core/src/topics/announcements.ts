import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Recipient } from './recipient.js';

/**
 * Which recipients of one audience take subscription changes. Each coming and going is announced; for those that do not
 * take that, which is nearly all, it costs nothing: what their filters keep out is a number here.
 */
export class Announcements {
  /** How many subscription changes have come by. */
  count = 0;
  #takers: Set<Recipient> | undefined;

  get takers(): readonly Recipient[] {
    return [...(this.#takers ?? [])];
  }

  /** A recipient has come, or its filter has changed. */
  sort(recipient: Recipient): void {
    this.forget(recipient);
    if (recipient.accepts(SubscriptionChange)) (this.#takers ??= new Set()).add(recipient);
    else recipient.tally.passOver(this);
  }

  /** It has gone. */
  forget(recipient: Recipient): void {
    this.#takers?.delete(recipient);
    recipient.tally.passOver(undefined);
  }
}
