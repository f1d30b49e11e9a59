import { StasisError } from '@stasis-rx/core';
import type { TransportReceiver } from '@stasis-rx/bridge';
import type { NatsConnection } from '@nats-io/nats-core';

const RETRY_MS = 500;

/**
 * Does something that needs the server, again and again until it works: a server that cannot be reached, or a connection that
 * breaks meanwhile, is told of and tried again. What cannot work at all is not: a StasisError, or a connection that is closed.
 *
 * @param isOver whether nobody wants it any more; it resolves then
 */
export async function untilItWorks(
  attempt: () => Promise<void>,
  connection: Pick<NatsConnection, 'isClosed'>,
  receiver: Pick<TransportReceiver, 'failed'>,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (error instanceof StasisError || connection.isClosed()) throw error;
      receiver.failed(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
