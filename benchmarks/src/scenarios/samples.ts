import { messageType, type Message } from '@stasis-rx/core';
import type { Load } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';

/** What most scenarios publish. */
export interface Numbered {
  readonly n: number;
}

/** A message as the bus makes it. The peers publish the very same objects. */
export type Sample = Message<Numbered>;

export const Sample = messageType<Numbered>('sample');

/** How many messages are published before anybody waits for them, unless a scenario says otherwise. */
export const BURST = 1_000;

/** Makes one tally for each subscription. */
export function tallies(subscriptions: number): Tally[] {
  return Array.from({ length: subscriptions }, () => new Tally());
}

/** The handler that every contender gets. */
export function counting(tally: Tally): (message: Sample) => void {
  return (message) => {
    tally.add(message.data.n);
  };
}

/** One message object, published again and again in bursts of so many; for the proof, as many numbered ones. */
export function sameMessage(burst: number): Load<Sample> {
  const message = Sample({ n: 1 });
  return {
    bursts: [Array.from({ length: burst }, () => message)],
    proof: Array.from({ length: Math.min(burst, 10_000) }, (_, n) => Sample({ n })),
    numberOf: ({ data }) => data.n,
  };
}
