import type { ConnectionOptions } from '@nats-io/nats-core';

/** Everybody waits for NATS for as long as it takes, and notices within six seconds that it does not answer. */
export const CONNECTION: ConnectionOptions = {
  waitOnFirstConnect: true,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 500,
  pingInterval: 2000,
  maxPingOut: 2,
};
