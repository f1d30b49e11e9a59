/** What is counted of one subscription. */
export interface SubscriptionStatistics {
  /** Unique on the bus. */
  readonly id: string;
  /** The subscription's name for people. */
  readonly name: string;
  /** Name of the topic. */
  readonly topic: string;
  /** Messages that passed the filter. */
  readonly passed: number;
  /** Messages that the filter kept out. */
  readonly filtered: number;
  /** Messages for which a bounded mailbox had no room. */
  readonly dropped: number;
  /** Messages that wait in the mailbox now. */
  readonly depth: number;
  /** The most that ever did. */
  readonly maxDepth: number;
  /** More waiting messages than this, and the mailbox is congested (S10). */
  readonly highWater: number;
  /** As many waiting messages, and it no longer is. */
  readonly lowWater: number;
  /** Milliseconds that the quickest invocation took, with what it awaited; `null` before the first. */
  readonly lowestInvokeMs: number | null;
  /** Milliseconds that the slowest invocation took, with what it awaited; `null` before the first. */
  readonly highestInvokeMs: number | null;
  /** Name of the message type whose invocation took longest. */
  readonly slowestType: string | null;
}
