import { createBridge, type Bridge } from '@stasis-rx/bridge';
import type { Bus } from '@stasis-rx/core';
import type { NatsConnection } from '@nats-io/nats-core';
import { CoreTransport } from './core-transport.js';
import { JetStreamTransport } from './jetstream-transport.js';
import { assertNatsOptions, type NatsBridgeOptions } from './options.js';
import { Subjects } from './subjects.js';

/**
 * Makes chosen topics of this bus appear on the buses of others, and theirs on this one, over NATS. Every bus that is
 * bridged with the same `subject` belongs to the group.
 *
 * What is published here as local arrives elsewhere under this bus's `eid`, in order for each bus and topic, and with
 * JetStream once; messages that came from elsewhere, and aggregates, do not cross.
 *
 * @param bus which bus; when it closes, so does the bridge
 * @param connection of any of NATS's transports; it stays the caller's, who closes it after the bridge. Make it with
 * `maxReconnectAttempts: -1`, or NATS gives up after ten
 * @returns a bridge that takes part once it is `ready`; what is published before waits in its outbox
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * const link = bridge(bus, await connect({ servers, maxReconnectAttempts: -1 }), {
 *   topics: ['calls'],
 *   types: [CallAnswered],
 *   stream: { name: 'CALLS' },
 * });
 * await link.ready;
 */
export function bridge(bus: Bus, connection: NatsConnection, options: NatsBridgeOptions): Bridge {
  const call = '[nats] bridge()';
  assertNatsOptions(call, connection, options);
  const { stream, subject = 'stasis' } = options;
  const subjects = new Subjects(call, subject);
  const transport =
    stream === undefined
      ? new CoreTransport(connection, subjects)
      : new JetStreamTransport(connection, stream, subjects, options);
  return createBridge(bus, transport, options);
}
