// Buses of processes, joined over NATS or over a transport of one's own, as a user writes them.
import type { NatsConnection } from '@nats-io/nats-core';
import { createBridge, LossyLane, tokenOfName } from '@stasis-rx/bridge';
import type { Bridge, BridgeOptions, BridgeTransport, TransportReceiver } from '@stasis-rx/bridge';
import { bridgeContract } from '@stasis-rx/bridge/testing';
import { createBus, messageType } from '@stasis-rx/core';
import type { ContractCase } from '@stasis-rx/core/testing';
import { bridge, type NatsBridgeOptions, type StreamSettings } from '@stasis-rx/nats';

const CallAnswered = messageType<{ readonly id: string }>('call_answered');
const shared: BridgeOptions = { topics: ['calls'], types: [CallAnswered], caches: undefined };

declare const connection: NatsConnection;
const stream: StreamSettings = { name: 'CALLS', storage: 'memory', maxAgeMs: undefined };
const options: NatsBridgeOptions = { ...shared, stream, mode: undefined, jetstream: { domain: 'hub' } };
const overNats = bridge(createBus(), connection, options) satisfies Bridge;
bridge(createBus(), connection, { ...shared, stream: 'CALLS', mode: 'core' });
// @ts-expect-error a bridge is made on a connection
bridge(createBus(), 'nats://localhost:4222', options);
// @ts-expect-error there is no such mode
bridge(createBus(), connection, { ...shared, mode: 'request' });
// @ts-expect-error a stream has a name
bridge(createBus(), connection, { ...shared, stream: { storage: 'file' } });

class Loopback implements BridgeTransport {
  readonly name = 'loopback';
  readonly maxFrameBytes = 1024;
  #receiver: TransportReceiver | undefined;

  async open(receiver: TransportReceiver): Promise<void> {
    this.#receiver = receiver;
    new LossyLane(tokenOfName('calls'), receiver).take(undefined, new Uint8Array(1));
    await Promise.resolve();
  }

  async send(lane: string, frame: string): Promise<number> {
    await this.#receiver?.receive(lane, undefined, frame);
    return frame.length;
  }

  announce(text: string): void {
    this.#receiver?.hear(undefined, text);
  }

  async lag(): Promise<number> {
    return Promise.resolve(0);
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
const overLoopback = createBridge(createBus(), new Loopback(), shared);
// @ts-expect-error a transport does more than send
createBridge(createBus(), { name: 'half', maxFrameBytes: 1, send: async () => Promise.resolve(1) }, shared);
const cases: ContractCase[] = bridgeContract(() => ({
  connect: (bus, given, group) => createBridge(bus, new Loopback(), { ...given, maxOutboxBytes: group + 1 }),
  close: () => undefined,
}));
// @ts-expect-error a contract wants to connect
bridgeContract(() => ({ close: () => undefined }));

// @ts-expect-error what a bridge is stays
overNats.eid = overLoopback.eid;
// @ts-expect-error nor is a bridge made here another one
overLoopback.epoch = '';

export const done = [cases.length, overNats.flushed(), overLoopback.close()];
