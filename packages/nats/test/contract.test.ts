import { bridgeContract } from '@stasis-rx/bridge/testing';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { bridge, type NatsBridgeOptions } from '@stasis-rx/nats';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

describe.each([
  ['jetstream', 'each'],
  ['jetstream', 'shared'],
  ['core', undefined],
] as const)('bridges over NATS, mode %s, readers %s', (mode, readers) => {
  let server: NatsServer;
  let connection: NatsConnection;
  let caseNumber = 0;

  beforeAll(async () => {
    server = await startNatsServer();
    connection = await connect({ servers: server.url, maxReconnectAttempts: -1 });
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  const cases = bridgeContract(() => {
    caseNumber++;
    return {
      connect: (bus, options, group) => {
        const subject = `c${caseNumber}.g${group}`;
        const how: Partial<NatsBridgeOptions> =
          mode === 'core'
            ? { mode }
            : { readers, stream: { name: `C${caseNumber}G${group}`, storage: 'memory', maxBytes: 8_388_608 } };
        return bridge(bus, connection, { ...options, ...how, subject });
      },
      close: () => undefined,
    };
  });
  it.each(cases)('$title', ({ run }) => run(), 20_000);
});
