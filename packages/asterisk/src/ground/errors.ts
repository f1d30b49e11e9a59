import { StasisError, describeValue } from '@stasis-rx/core';

/** An ARI event of a type that this package has no message type for; published as `AriUnknown`. Code `UNKNOWN_ARI_EVENT`. */
export class UnknownAriEventError extends StasisError {
  /** The event's type, as Asterisk named it. */
  readonly eventType: string;

  constructor(eventType: string) {
    super(
      'UNKNOWN_ARI_EVENT',
      `[asterisk] publishAriEvent(): no message type for events of type ${describeValue(eventType)}.`,
    );
    this.eventType = eventType;
  }
}

/** An ARI event that is not what Asterisk documents. Nothing was published and nothing changed. Code `BROKEN_ARI_EVENT`. */
export class BrokenAriEventError extends StasisError {
  /**
   * @param expectation what was expected: `channel.id of a ChannelCreated event to be a string`
   * @param got the offending value, described in the message
   */
  constructor(expectation: string, got: unknown) {
    super('BROKEN_ARI_EVENT', `[asterisk] publishAriEvent(): expected ${expectation}, got ${describeValue(got)}.`);
  }
}

/** What is wrong between here and Asterisk; `code` of an {@link AriConnectionError}. */
export type AriConnectionErrorCode =
  | 'ARI_LOGIN_REFUSED'
  | 'ARI_UNREACHABLE'
  | 'ARI_TIMEOUT'
  | 'ARI_CONNECTION_LOST'
  | 'ARI_APPLICATION_REPLACED'
  | 'ARI_LISTING_REFUSED'
  | 'ARI_LISTING_FAILED'
  | 'ARI_EVENTS_FILTERED'
  | 'ARI_EVENTS_DROPPED'
  | 'ARI_NOT_CONNECTED';

/**
 * Something is wrong between here and Asterisk. After `ARI_LOGIN_REFUSED` and `ARI_APPLICATION_REPLACED` there is no
 * connection, and it is not tried again; after `ARI_UNREACHABLE`, `ARI_TIMEOUT` and `ARI_CONNECTION_LOST` it is. The others
 * but `ARI_NOT_CONNECTED` are warnings: the connection goes on. The message never holds the API key.
 *
 * - `ARI_LISTING_REFUSED`: Asterisk refuses to list something, or what it lists cannot be read; that is not reconciled (A3).
 * - `ARI_LISTING_FAILED`: the listing did not come; it is tried again while the connection stands.
 * - `ARI_EVENTS_FILTERED`: the application is set not to be sent all events, so what is held may be wrong.
 * - `ARI_EVENTS_DROPPED`: events came faster than they were handled, where the connection cannot be paused (A5).
 * - `ARI_NOT_CONNECTED`: the connection was over before `reconcile()` was done; only that call is told.
 */
export class AriConnectionError extends StasisError {
  /** What is wrong. */
  declare readonly code: AriConnectionErrorCode;

  constructor(code: AriConnectionErrorCode, what: string) {
    super(code, `[asterisk] connectAri(): ${what}`);
  }
}

/** Whether a listing that failed so may work the next time. */
export function isPassing({ code }: AriConnectionError): boolean {
  return code === 'ARI_LISTING_FAILED';
}
