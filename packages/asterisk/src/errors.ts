import { StasisError, describeValue } from '@stasis-rx/core';

/** An ARI event of a type that this package has no message for. Nothing was published. Code `UNKNOWN_ARI_EVENT`. */
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

/** Why there is no connection to Asterisk; `code` of an {@link AriConnectionError}. */
export type AriConnectionErrorCode =
  'ARI_LOGIN_REFUSED' | 'ARI_UNREACHABLE' | 'ARI_TIMEOUT' | 'ARI_CONNECTION_LOST' | 'ARI_APPLICATION_REPLACED';

/**
 * There is no connection to Asterisk (any more). After `ARI_LOGIN_REFUSED` and `ARI_APPLICATION_REPLACED` it is not tried
 * again; after `ARI_UNREACHABLE`, `ARI_TIMEOUT` and `ARI_CONNECTION_LOST` it is. The message never holds the API key.
 */
export class AriConnectionError extends StasisError {
  /** Why there is no connection. */
  declare readonly code: AriConnectionErrorCode;

  constructor(code: AriConnectionErrorCode, what: string) {
    super(code, `[asterisk] connectAri(): ${what}`);
  }
}
