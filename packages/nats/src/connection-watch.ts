import { StasisError } from '@stasis-rx/core';
import type { TransportReceiver } from '@stasis-rx/bridge';
import type { NatsConnection, Status } from '@nats-io/nats-core';

type Told = Pick<TransportReceiver, 'connected' | 'disconnected' | 'ended'>;

/** Tells when a connection breaks, is back, or is closed for good. Returns what stops that. */
export function watchConnection(connection: NatsConnection, told: Told): () => void {
  let isStopped = false;
  const statuses = connection.status()[Symbol.asyncIterator]();
  const listen = async (): Promise<void> => {
    for (let next = await statuses.next(); next.done !== true && !isStopped; next = await statuses.next()) {
      tell(next.value, told);
    }
  };
  void listen().catch((error: unknown) => told.ended(error));
  void connection.closed().then((error) => {
    if (isStopped) return;
    told.disconnected();
    told.ended(new StasisError('CONNECTION_CLOSED', '[nats] the connection was closed.', { cause: error }));
  });
  return () => {
    isStopped = true;
    void statuses.return?.();
  };
}

function tell({ type }: Status, told: Told): void {
  if (type === 'disconnect') told.disconnected();
  else if (type === 'reconnect') told.connected();
}
