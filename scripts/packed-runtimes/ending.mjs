import assert from 'node:assert/strict';
import { createBus, messageType, subscribe, SubscriptionChange } from '@stasis-rx/core';

const Note = messageType('note');

/** Subscribes to a topic of that bus, and keeps what comes as text. */
function listen(bus) {
  const seen = [];
  const notes = bus.topic('notes');
  const subscription = subscribe(notes, (message, _topic, own) => {
    if (own.isFinal(message)) seen.push('final');
    else seen.push(SubscriptionChange.is(message) ? message.data.description : message.data);
  });
  return { notes, subscription, seen };
}

const untilLast = ['Subscribe', 'one', 'two', 'final'];

export const ending = {
  'S4: what is queued is handled, then one final message comes last': async () => {
    const { notes, subscription, seen } = listen(createBus());
    notes.publish(Note('one'));
    notes.publish(Note('two'));
    subscription.unsubscribe();
    subscription.unsubscribe();
    notes.publish(Note('too late'));
    assert.deepEqual(seen, []);

    await subscription.join();
    assert.deepEqual(seen, untilLast);
  },

  'S4: the final message comes once when a handler ends its own subscription': async () => {
    const notes = createBus().topic('notes');
    const finals = [];
    const subscription = subscribe(notes, (message, _topic, own) => {
      own.unsubscribe();
      if (own.isFinal(message)) finals.push(message.data.description);
    });
    await subscription.join();
    assert.deepEqual(finals, ['Unsubscribe']);
  },

  'S6: join() waits for an asynchronous handler and the final message': async () => {
    const seen = [];
    const notes = createBus().topic('notes');
    const subscription = subscribe(notes, async (message, _topic, own) => {
      await new Promise((resolve) => setTimeout(resolve));
      seen.push(own.isFinal(message) ? 'final' : message.type.name);
    });
    notes.publish(Note());
    subscription.unsubscribe();
    assert.equal(subscription.isDone, false);

    await subscription.join();
    assert.equal(subscription.isDone, true);
    assert.deepEqual(seen, ['stasis_subscription_change', 'note', 'final']);
  },

  'S6: await using joins the subscription, then the bus': async () => {
    const bus = createBus();
    const { notes, subscription, seen } = listen(bus);
    await usingBoth(bus, subscription, () => {
      notes.publish(Note('one'));
      notes.publish(Note('two'));
    });
    assert.deepEqual(seen, untilLast);
    assert.throws(() => bus.topic('more'), { code: 'BUS_CLOSED' });
  },

  'T1: closing the bus ends every topic': async () => {
    const bus = createBus();
    const { notes, seen } = listen(bus);
    let isComplete = false;
    notes.subscribe({ complete: () => (isComplete = true) });
    notes.publish(Note('one'));
    notes.publish(Note('two'));
    await bus.close();
    assert.deepEqual([seen, isComplete, bus.topics()], [untilLast, true, []]);
  },
};

/** Does some work with both in scope. Node.js 20 and 22 cannot read the syntax; there it is done by hand. */
async function usingBoth(bus, subscription, work) {
  let inScope = async () => {
    work();
    await subscription[Symbol.asyncDispose]();
    await bus[Symbol.asyncDispose]();
  };
  try {
    const text = 'return async () => { await using first = bus; await using second = subscription; work(); };';
    inScope = new Function('bus', 'subscription', 'work', text)(bus, subscription, work);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  await inScope();
}
