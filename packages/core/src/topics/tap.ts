import type { Message } from '../messages/message.js';
import type { Tracking } from '../watching/tracking.js';
import type { Recipient } from './recipient.js';

/**
 * Whoever sees each message of a topic while its publish runs, before any handler: a cache does (C3). A topic has any number
 * of taps; each sees what is forwarded to the topic too, once, and never subscription changes.
 */
export interface Tap {
  /** Whom it feeds in turn, by publishing. */
  readonly feeds: Feeding;
  /** What it is, as `bus.describe()` lists it. */
  describe(): { readonly topic: string; readonly updates: string; readonly entries: number };
  /**
   * Takes one message, one at a time for the whole bus. Never throws.
   *
   * @param tracking told of what is written, where somebody tracks the message
   * @returns whether every mailbox that it fed in turn is within high water
   */
  take(message: Message, tracking: Tracking | undefined): boolean;
}

/** An audience, as far as it is asked whom a publish there feeds. */
export interface Feeding {
  readonly recipients: readonly Recipient[];
  readonly taps: readonly Tap[];
  /** Itself, and whatever it forwards to. */
  reach(): Iterable<Feeding>;
}

/** Whom a publish feeds there: whoever it reaches by forwards, and whoever taps tell of it. */
export function fedBy(audience: Feeding): Set<Feeding> {
  const fed = new Set(audience.reach());
  for (const { taps } of fed) {
    for (const { feeds } of taps) for (const target of feeds.reach()) fed.add(target);
  }
  return fed;
}
