import { createBus, messageType } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';

const CallAnswered = messageType<{ id: string; agent: string }>('call_answered');
const CallEnded = messageType<{ id: string; seconds: number }>('call_ended');
const QueueFull = messageType<{ queue: string }>('queue_full');

const calls = createBus().topic('calls');

const router = createMessageRouter(calls)
  .add(CallAnswered, async ({ data }) => {
    await Promise.resolve(); // whatever takes its time: the next message waits, of whatever type it is
    console.log(`${data.agent} answered call ${data.id}`);
  })
  .add(CallEnded, ({ data }) => {
    console.log(`call ${data.id} took ${data.seconds} seconds`);
  })
  .setDefault((message, topic, subscription) => {
    if (subscription.isFinal(message)) console.log('that was the last message');
    else console.log(`${topic.name}: ${message.type.name}`);
  });

calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
calls.publish(CallEnded({ id: '1', seconds: 90 }));
calls.publish(QueueFull({ queue: 'sales' }));

router.unsubscribe(); // what is queued is still routed
await router.join();
