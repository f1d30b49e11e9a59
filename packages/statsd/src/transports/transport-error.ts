import { describeValue, StasisError } from '@stasis-rx/core';

/**
 * Packets could not be sent, or a connection could not be made or was lost; `cause` is what the system said. Never
 * thrown: it goes to the client's `onError`. Code `TRANSPORT`.
 */
export class TransportError extends StasisError {
  /** How many metric lines this cost; they are in the client's `dropped` figure. */
  readonly droppedLines: number;

  /**
   * @param what what could not be done: `cannot connect to tcp 127.0.0.1:8125`
   * @param cause what the system, or the transport given by the user, said
   */
  constructor(what: string, droppedLines: number, cause?: unknown) {
    const reason = cause === undefined ? '' : `: ${reasonOf(cause)}`;
    const loss = droppedLines === 0 ? '' : ` (${droppedLines} metric line${droppedLines === 1 ? '' : 's'} lost)`;
    super('TRANSPORT', `[statsd] ${what}${reason}${loss}.`, cause === undefined ? undefined : { cause });
    this.droppedLines = droppedLines;
  }
}

function reasonOf(cause: unknown): string {
  if (typeof cause === 'string') return cause;
  const { message, code } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  // Several addresses tried in vain come as one error, with a code and an empty message.
  return message || code || describeValue(cause);
}
