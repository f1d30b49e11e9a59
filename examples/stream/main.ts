// A topic as an Observable and as an async iterable. Run it with: npm start -w examples/stream
import { setTimeout as wait } from 'node:timers/promises';
import { createBus, messageType, ofType, serialize, type Message } from '@stasis-rx/core';

interface Answered {
  id: string;
  agent: string;
}

interface Ended {
  id: string;
  seconds: number;
}

const CallAnswered = messageType<Answered>('call_answered');
const CallEnded = messageType<Ended>('call_ended');

const bus = createBus();
const calls = bus.topic<Message<Answered> | Message<Ended>>('calls');

// An Observable: look-ups one after the other, so that a quick one does not overtake a slow one.
const greetings = calls.pipe(
  ofType(CallAnswered),
  serialize(async ({ data }) => `${await fullName(data.agent)} speaks with call ${data.id}`),
);
const greeted = greetings.forEach((line) => {
  console.log(line);
});

// An async iterable with a mailbox of its own: nothing is lost while the loop is busy.
const watched = watch();
async function watch(): Promise<void> {
  for await (const { type, data } of calls) console.log(`${type.name} ${data.id}`);
}

calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
calls.publish(CallAnswered({ id: '2', agent: 'bob' }));
calls.publish(CallEnded({ id: '1', seconds: 90 }));
calls.complete(); // ends the Observable and the loop, each after what it still has to do
await Promise.all([greeted, watched]);

async function fullName(agent: string): Promise<string> {
  await wait(agent === 'ann' ? 40 : 10);
  return agent === 'ann' ? 'Ann Archer' : 'Bob Baker';
}
