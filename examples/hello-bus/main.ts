// A topic, a subscription and its final message. Run it with: npm start -w examples/hello-bus
import { createBus, messageType, subscribe } from '@stasis-rx/core';

const CallAnswered = messageType<{ id: string; agent: string }>('call_answered');

const bus = createBus();
const calls = bus.topic('calls');

const subscription = subscribe(calls, (message, topic, self) => {
  if (CallAnswered.is(message)) console.log(`${topic.name}: ${message.data.agent} answered call ${message.data.id}`);
  if (self.isFinal(message)) console.log('That was the last message.');
});

calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
calls.publish(CallAnswered({ id: '2', agent: 'bob' }));
console.log('Published. The handler runs after this.');

subscription.unsubscribe(); // nothing new from here on; what is queued is still handled
await subscription.join();
