// Buses at both ends of a port, joined as a user joins them: the DOM's ports and those of Node both do, and Electron's.
import { bridgeOverMessagePort, withCodec, type Bridge, type BridgeOptions } from '@stasis-rx/message-port';
import type { EmitterPort, EventPort, Port } from '@stasis-rx/message-port';
import { createBus, createCache, createTopicPool, messageType } from '@stasis-rx/core';

const CallAnswered = messageType<{ readonly at: Date }>('call_answered');
const CallEnded = messageType<{ readonly id: string }>('call_ended');
const bus = createBus();
const calls = bus.topic('calls');

const coded = withCodec(CallAnswered, {
  encode: ({ at }) => at.getTime(),
  decode: (value) => ({ at: new Date(Number(value)) }),
});
const options: BridgeOptions = {
  topics: ['queues', calls, createTopicPool(bus.topic('agents'))],
  types: [coded, CallEnded],
  caches: [{ topic: calls, cache: createCache({ id: () => undefined }) }],
  heartbeatMs: undefined,
};

const { port1, port2 } = new MessageChannel();
const link = bridgeOverMessagePort(bus, port1, options) satisfies Bridge;
const event: EventPort = port2;

/** As Node declares its `Worker`, and Electron its MessagePortMain. */
interface Emitter {
  postMessage(value: unknown, transfer?: readonly object[]): void;
  on(event: 'message', listener: (value: { readonly data: unknown }) => void): this;
  on(event: 'close', listener: () => void): this;
  off(event: 'message', listener: (value: { readonly data: unknown }) => void): this;
  off(event: 'close', listener: () => void): this;
}
declare const emitter: Emitter;
const other: EmitterPort = emitter;
const ports: readonly Port[] = [event, other];

// @ts-expect-error types are needed
bridgeOverMessagePort(bus, port1, { topics: ['calls'] });
// @ts-expect-error a port posts messages
bridgeOverMessagePort(bus, { addEventListener: () => undefined, removeEventListener: () => undefined }, options);
// @ts-expect-error a port has listeners
bridgeOverMessagePort(bus, { postMessage: () => undefined }, options);
// @ts-expect-error a name is no port
bridgeOverMessagePort(bus, 'worker', options);
export const done = [ports, link.ready, link.close({ signal: undefined })];
