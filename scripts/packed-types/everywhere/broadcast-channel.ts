// Buses of tabs and workers, joined as a user joins them; the DOM's BroadcastChannel and that of Node both do.
import { bridge, withCodec, type Bridge, type BroadcastChannelBridgeOptions } from '@stasis-rx/broadcast-channel';
import type { BridgeEvent, Clock } from '@stasis-rx/broadcast-channel';
import { createBus, createCache, createTopicPool, messageType } from '@stasis-rx/core';

const CallAnswered = messageType<{ readonly at: Date }>('call_answered');
const CallEnded = messageType<{ readonly id: string }>('call_ended');
const bus = createBus();
const calls = bus.topic('calls');

const coded = withCodec(CallAnswered, {
  encode: ({ at }) => at.getTime(),
  decode: (value) => ({ at: new Date(Number(value)) }),
});
const options: BroadcastChannelBridgeOptions = {
  topics: ['queues', calls, createTopicPool(bus.topic('agents'))],
  types: [coded, CallEnded],
  caches: [{ topic: calls, cache: createCache({ id: () => undefined }) }],
  BroadcastChannel,
  heartbeatMs: undefined,
};
const link = bridge(bus, 'tabs', options) satisfies Bridge;
const lag: number | null | undefined = link.statistics().topics[0]?.lag;

// @ts-expect-error the data has no such field
withCodec(CallAnswered, { encode: ({ id }) => id, decode: () => undefined });
// @ts-expect-error types are needed
bridge(bus, 'tabs', { topics: ['calls'] });
// @ts-expect-error a name is no message type
bridge(bus, 'tabs', { topics: ['calls'], types: ['call_ended'] });
// @ts-expect-error an interval is a number
bridge(bus, 'tabs', { ...options, heartbeatMs: '1000' });
// @ts-expect-error a clock tells how its timers are stopped
const clock: Clock = { after: () => undefined };

export function tellOf(event: BridgeEvent): string {
  switch (event.type) {
    case 'peer-left':
      return `${event.peer}: ${event.reason}`;
    case 'rejected':
      return `${event.peer}: ${event.reason}`;
    default:
      // @ts-expect-error those that are left have no reason
      return `${event.type} ${event.reason}`;
  }
}
link.events$.subscribe(tellOf);
// @ts-expect-error a lag may be unknown
link.statistics().topics[0].lag.toFixed();
export const done = [lag, clock, link.ready, link.close({ signal: undefined })];
