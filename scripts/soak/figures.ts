/** What a soak did, in numbers. */
export class Figures {
  /** Messages published by the soak; subscription changes and cache updates come on top. */
  messages = 0;
  /** How many of them were published inside a handler. */
  nested = 0;
  /** Calls of handlers. */
  deliveries = 0;
  cacheUpdates = 0;
  /** Handlers that threw or rejected, and reports of that. */
  failures = 0;
  reports = 0;
  /** Subscriptions that were made, and final messages. */
  subscriptions = 0;
  finals = 0;
  /** Topics that were made, and topics that ended. */
  topics = 0;
  topicsEnded = 0;
  forwards = 0;
  /** Forwards that were refused because they would have closed a cycle. */
  cycles = 0;
  /** Calls of `publishSync`. */
  waits = 0;
  /** Times at which everything stood still and was compared. */
  lulls = 0;
  elapsedMs = 0;
}
