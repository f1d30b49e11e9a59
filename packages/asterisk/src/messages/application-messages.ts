import { messageType, type Message, type MessageType } from '@stasis-rx/core';

/** A message that says nothing but which Stasis application. */
export interface ApplicationData {
  /** Name of the application. */
  readonly application: string;
}

/** A Stasis application was registered: somebody connected as it. Asterisk has no type for it: `ari_application_registered`. */
export const ApplicationRegistered: MessageType<ApplicationData> =
  messageType<ApplicationData>('ari_application_registered');

/** A Stasis application is no longer registered. Named `ari_application_unregistered`. */
export const ApplicationUnregistered: MessageType<ApplicationData> =
  messageType<ApplicationData>('ari_application_unregistered');

/** Another connection has taken over the application. Named `ari_application_replaced`. */
export const ApplicationReplaced: MessageType<ApplicationData> =
  messageType<ApplicationData>('ari_application_replaced');

/** What was missing. */
export interface MissingParamsData {
  /** Names of the parameters. */
  readonly params: readonly string[];
}

/** The connection lacks parameters that Asterisk asks for. Named `ari_missing_params`. */
export const MissingParams: MessageType<MissingParamsData> = messageType<MissingParamsData>('ari_missing_params');

/** The answer to a request that was made over the WebSocket. */
export interface RestResponseData {
  /** As the request had it; else empty. */
  readonly transaction_id: string;
  /** As the request had it; else empty. */
  readonly request_id: string;
  /** The HTTP status, such as 200. */
  readonly status_code: number;
  /** The HTTP status in words. */
  readonly reason_phrase: string;
  /** What was asked for. */
  readonly uri: string;
  /** Of the body, such as `application/json`; else empty. */
  readonly content_type: string;
  /** The body, as text; else empty. */
  readonly message_body: string;
}

/** Asterisk answers a request that was made over the WebSocket. Named `ari_rest_response`. */
export const RestResponse: MessageType<RestResponseData> = messageType<RestResponseData>('ari_rest_response');

/** Everything that is published on `applications`. */
export type ApplicationMessage = Message<ApplicationData> | Message<MissingParamsData> | Message<RestResponseData>;
