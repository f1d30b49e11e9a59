import { messageType, type MessageType } from '@stasis-rx/core';

/**
 * A call, as a supervisor counts them: somebody who waits to be answered. A channel that dials is one call, however many
 * it dials until somebody answers; a channel that Asterisk originated is one, too. Times are in milliseconds since the
 * Unix epoch.
 */
export interface Call {
  /** Of the channel that dials; of the one that is dialled where none does. */
  readonly id: string;
  /** When dialling began. */
  readonly beganAt: number;
  /** When it was answered; `null` while it waits. */
  readonly answeredAt: number | null;
  /** When its channel went; `null` in all snapshots but the last. */
  readonly endedAt: number | null;
}

/** What is known of a call now. */
export const CallSnapshot: MessageType<Call> = messageType<Call>('call_snapshot');

export function isWaiting({ answeredAt, endedAt }: Call): boolean {
  return answeredAt === null && endedAt === null;
}
