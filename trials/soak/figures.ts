/** What a soak did, in numbers. */
export class Figures {
  /** Messages published by the soak; subscription changes and cache updates come on top. */
  messages = 0;
  /** How many of them were published inside a handler. */
  nested = 0;
  /** Calls of handlers. */
  deliveries = 0;
  cacheUpdates = 0;
  /** Handlers, observers and topics that failed, and how often somebody was told of that. */
  failures = 0;
  reports = 0;
  /** Subscriptions that were made, and final messages. */
  subscriptions = 0;
  finals = 0;
  /** Plain observers that came. */
  onlookers = 0;
  /** Signals that ended several subscriptions. */
  parties = 0;
  /** Topics that were made, and topics that ended. */
  topics = 0;
  topicsEnded = 0;
  forwards = 0;
  /** Forwards that were refused because they would have closed a cycle. */
  cycles = 0;
  /** Calls of `publishSync`. */
  waits = 0;
  /** Calls of `drained` in a handler, and how many of these were refused because it would have waited for itself. */
  asked = 0;
  refused = 0;
  /** Times at which everything stood still and was compared. */
  lulls = 0;
  elapsedMs = 0;
}
