import { containsText } from '../values/contains-text.js';
import type { MessageRow } from './message-row.js';

/** What has become of a message, as it is looked for. */
export type Outcome = 'any' | 'failed' | 'dropped' | 'unheard';

/** Which messages are shown. An empty text lets everything through. */
export interface MessageFilter {
  /** A part of the type's name. */
  readonly type: string;
  /** A part of the topic's name. */
  readonly topic: string;
  /** A part of the id of a subscription that got it. */
  readonly subscription: string;
  /** A text somewhere in the data. */
  readonly text: string;
  readonly outcome: Outcome;
}

/** Lets everything through. */
export const EVERYTHING: MessageFilter = { type: '', topic: '', subscription: '', text: '', outcome: 'any' };

/** Whether a filter lets everything through. */
export function isEverything({ type, topic, subscription, text, outcome }: MessageFilter): boolean {
  return type === '' && topic === '' && subscription === '' && text === '' && outcome === 'any';
}

/** Makes the question out of a filter: it is asked for every message. Whether letters are large or small does not count. */
export function matcherOf(filter: MessageFilter): (row: MessageRow) => boolean {
  const [type, topic, subscription, text] = [filter.type, filter.topic, filter.subscription, filter.text].map((part) =>
    part.trim().toLowerCase(),
  ) as [string, string, string, string];
  const isOutcome = OUTCOMES[filter.outcome];
  return (row) =>
    includes(row.type, type) &&
    includes(row.topic, topic) &&
    isOutcome(row) &&
    (subscription === '' || row.deliveries.some((delivery) => includes(delivery.subscription, subscription))) &&
    (text === '' || containsText(row.data, text));
}

const OUTCOMES: Readonly<Record<Outcome, (row: MessageRow) => boolean>> = {
  any: () => true,
  failed: ({ deliveries }) => deliveries.some(({ error }) => error !== undefined),
  dropped: ({ deliveries }) => deliveries.some(({ droppedAt }) => droppedAt !== undefined),
  unheard: ({ deliveries }) => deliveries.length === 0,
};

function includes(name: string, part: string): boolean {
  return part === '' || name.toLowerCase().includes(part);
}
