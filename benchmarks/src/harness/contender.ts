import type { Tally } from './tally.js';

/** One side of a comparison: a bus, or something else that delivers, with its subscriptions. */
export interface Contender<Item = unknown> {
  readonly name: string;
  /** One for each subscription. */
  readonly tallies: readonly Tally[];
  /**
   * Publishes the items one after the other. When it returns, or its promise resolves, each subscription has handled all
   * of them. Each contender has a loop of its own, so that the compiler may specialise it: one loop for all would call
   * now this publish and now that one.
   */
  deliver(items: readonly Item[]): Promise<void> | undefined;
  /** Brings the tallies up to date, where counting on the spot would cost time of its own. Not timed. */
  collect?(): void;
}

/** What a contender is given to deliver. */
export interface Load<Item = unknown> {
  /** Each run of the timed part delivers one of these, in turn. */
  readonly bursts: readonly (readonly Item[])[];
  /** Numbered items, delivered after each round: an order that is broken is seen by them. */
  readonly proof: readonly Item[];
  /** The number that a subscription adds to its tally for an item. */
  numberOf(item: Item): number;
}

/** A contender and its load. */
export interface Entry {
  readonly contender: Contender;
  readonly load: Load;
}

/** Puts a contender and a load for it together. */
export function entry<Item>(contender: Contender<Item>, load: Load<Item>): Entry {
  return { contender, load };
}
