import type { Observer } from 'rxjs';
import type { AnyMessageType, Message } from '../messages/message.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Announcements } from './announcements.js';
import { Listeners, NO_LISTENERS } from './listeners.js';
import type { Recipient } from './recipient.js';
import type { Tap } from './tap.js';
import type { TopicsContext } from './topics-context.js';

/** With so many a type is compared, at most: where each type is heard by others, to compare all would be quadratic. */
const MOST_COMPARED = 8;

/** Everybody at one topic, whatever they accept. */
export interface Present {
  readonly recipients: readonly Recipient[];
  readonly observers: readonly Observer<Message>[];
  readonly taps: readonly Tap[];
  readonly announcements: Announcements;
  readonly context: Pick<TopicsContext, 'declined' | 'delivery'>;
}

/**
 * Those of one audience who hear each message type, as long as nobody comes or goes: filters are decided here, once. Types
 * that are heard by the same share one {@link Listeners}: a program of many types would otherwise have as many of them to
 * fetch from memory.
 */
export class ListenersByType {
  readonly #present: Present;
  readonly #byType = new Map<AnyMessageType, Listeners>();
  /** The latest ones. */
  readonly #shared: Listeners[] = [];

  constructor(present: Present) {
    this.#present = present;
  }

  /** O(1) for a type that has come before; else O(recipients), of subscription changes those that take them. */
  of(type: AnyMessageType): Listeners {
    let listeners = this.#byType.get(type);
    if (listeners === undefined) this.#byType.set(type, (listeners = this.#make(type)));
    return listeners;
  }

  /** Adds what has been counted here to the statistics. */
  fold(): void {
    for (const listeners of this.#byType.values()) listeners.fold();
  }

  /** Lets go of everybody. Not while a message may be on its way to them. */
  release(): void {
    for (const listeners of this.#byType.values()) listeners.release();
  }

  #make(type: AnyMessageType): Listeners {
    const present = this.#present;
    const { declined, delivery } = present.context;
    if (declined.has(type.name)) return NO_LISTENERS;
    if (type.identity !== SubscriptionChange.identity) return this.#share(type);
    return new Listeners(present.announcements.takers, delivery, present.announcements);
  }

  #share(type: AnyMessageType): Listeners {
    const present = this.#present;
    const passed: Recipient[] = [];
    const filtered: Recipient[] = [];
    for (const recipient of present.recipients) (recipient.accepts(type) ? passed : filtered).push(recipient);
    let listeners = this.#shared.find((known) => known.reaches(passed));
    if (listeners === undefined) {
      listeners = new Listeners(
        passed,
        present.context.delivery,
        undefined,
        filtered,
        [...present.observers],
        present.taps,
      );
      if (this.#shared.push(listeners) > MOST_COMPARED) this.#shared.shift();
    }
    return listeners;
  }
}
