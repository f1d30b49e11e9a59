import { createBus, format, messageType, SubscriptionChange } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';

const Tick = messageType('tick');
const CallEnded = messageType<{ id: string; seconds: number }>('call_ended', {
  formatters: { json: ({ data }) => ({ call: data.id }) },
});

const bus = createBus();
const calls = bus.topic('calls');

createMessageRouter(calls).setDefault(
  (message) => {
    if (!SubscriptionChange.is(message)) console.log(format(message, 'json'));
  },
  { formats: ['json'] },
);

calls.publish(Tick()); // has no such form, and is never queued
calls.publish(CallEnded({ id: '1', seconds: 90 }));
await bus.close();
