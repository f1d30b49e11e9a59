// A handler for each message type, and a default. Run it with: npm start -w examples/router
import { setTimeout as wait } from 'node:timers/promises';
import { createBus, messageType } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';

const CallAnswered = messageType<{ id: string; agent: string }>('call_answered');
const CallEnded = messageType<{ id: string; seconds: number }>('call_ended');
const QueueFull = messageType<{ queue: string }>('queue_full');

const bus = createBus();
const calls = bus.topic('calls');

const router = createMessageRouter(calls)
  .add(CallAnswered, async ({ data }) => {
    await wait(20); // the next message waits, whatever its type
    console.log(`${data.agent} answered call ${data.id}`);
  })
  .add(CallEnded, ({ data }) => {
    console.log(`call ${data.id} took ${data.seconds} seconds`);
    router.remove(CallEnded); // from now on these go to the default
  })
  .setDefault((message, _topic, subscription) => {
    if (subscription.isFinal(message)) console.log('the router has ended');
    else console.log(`no route for ${message.type.name}`);
  });

calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
calls.publish(CallEnded({ id: '1', seconds: 90 }));
calls.publish(QueueFull({ queue: 'sales' }));
calls.publish(CallEnded({ id: '2', seconds: 5 }));

router.unsubscribe();
await router.join();
