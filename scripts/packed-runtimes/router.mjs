import assert from 'node:assert/strict';
import { createBus, messageType } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';

const CallAnswered = messageType('call_answered');
const CallEnded = messageType('call_ended');
const QueueFull = messageType('queue_full');

export const router = {
  'R1: two routes and a default handle messages in order and one at a time, across types': async () => {
    const seen = [];
    const calls = createBus().topic('calls');
    const routing = createMessageRouter(calls)
      .add(CallAnswered, async ({ data }) => {
        await new Promise((resolve) => setTimeout(resolve));
        seen.push(`answered ${data}`);
      })
      .add(CallEnded, ({ data }) => void seen.push(`ended ${data}`))
      .setDefault((message, _topic, own) => void seen.push(own.isFinal(message) ? 'final' : message.type.name));
    for (const call of [1, 2]) {
      calls.publish(CallAnswered(call));
      calls.publish(QueueFull());
      calls.publish(CallEnded(call));
    }
    routing.unsubscribe();
    await routing.join();

    const ofCall = (call) => [`answered ${call}`, 'queue_full', `ended ${call}`];
    assert.deepEqual(seen, ['stasis_subscription_change', ...ofCall(1), ...ofCall(2), 'final']);
  },
};
