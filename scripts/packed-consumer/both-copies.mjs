// One process that loads core twice, as a module and as CommonJS: the copies must agree on what a message is.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as imported from '@stasis-rx/core';

const required = createRequire(import.meta.url)('@stasis-rx/core');
assert.notEqual(imported.createBus, required.createBus, 'expected two copies of core');

await agreeOnSubscriptionChanges(imported, required);
await agreeOnSubscriptionChanges(required, imported);
await passTypesOfTheOther(imported, required);
await passTypesOfTheOther(required, imported);

async function agreeOnSubscriptionChanges(ours, theirs) {
  const changes = [];
  const bus = ours.createBus();
  ours.subscribe(bus.topic('calls'), (message) => changes.push(message), { accept: [theirs.SubscriptionChange] });
  await bus.close();

  assert.deepEqual(
    changes.map((message) => theirs.SubscriptionChange.is(message) && message.data.description),
    ['Subscribe', 'Unsubscribe'],
  );
}

async function passTypesOfTheOther(ours, theirs) {
  const seen = [];
  const CallAnswered = theirs.messageType('call_answered');
  const bus = ours.createBus();
  ours.subscribe(bus.topic('calls'), (message) => seen.push(message.data), { accept: [CallAnswered] });
  bus.topic('calls').publish(CallAnswered({ id: '1' }));
  await bus.close();

  assert.deepEqual(seen, [{ id: '1' }]);
}
