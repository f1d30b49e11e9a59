import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as imported from '@stasis-rx/core';

const required = createRequire(import.meta.url)('@stasis-rx/core');
const { createBus, messageType, revise, subscribe } = imported;
const Note = messageType('note');

export const messages = {
  'M3: a message is frozen all the way down, and revise makes another': () => {
    const first = Note({ texts: ['draft'] });
    assert.throws(() => (first.data = 'changed'), TypeError);
    assert.throws(() => first.data.texts.push('changed'), TypeError);
    assert.throws(() => Note(new Map()).data.set('ann', 1));

    const second = revise(first, (draft) => void draft.texts.push('final'));
    assert.deepEqual([first.data.texts, second.data.texts], [['draft'], ['draft', 'final']]);
    assert.throws(() => second.data.texts.pop(), TypeError);
  },

  'M2: core imported and core required agree on messages and on the types that they bring along': async () => {
    assert.notEqual(imported.createBus, required.createBus);
    for (const [ours, theirs] of [
      [imported, required],
      [required, imported],
    ]) {
      const seen = [];
      const bus = ours.createBus();
      const notes = bus.topic('notes');
      const Theirs = theirs.messageType('theirs');
      const accept = [Theirs, theirs.SubscriptionChange];
      ours.subscribe(notes, (message) => seen.push(message.data.description ?? message.data), { accept });
      notes.publish(Theirs('hello'));
      await bus.close();
      assert.deepEqual(seen, ['Subscribe', 'hello', 'Unsubscribe']);
    }
  },

  'T2: publish never waits, and runs no queued handler': async () => {
    const bus = createBus();
    const notes = bus.topic('notes');
    const enough = new AbortController();
    let handled = 0;
    subscribe(notes, () => ++handled === 20 && enough.abort(), { accept: [Note] });
    subscribe(notes, () => new Promise(() => undefined), { accept: [Note], highWater: 10 });
    const answers = Array.from({ length: 20 }, () => notes.publish(Note()));
    assert.equal(handled, 0);
    // The second mailbox is above high water from the eleventh on (S10), and takes what comes all the same.
    assert.deepEqual([answers.indexOf(false), answers.lastIndexOf(true)], [10, 9]);

    await bus.close({ signal: enough.signal }); // for the handler that never finishes
    assert.equal(handled, 20);
  },

  'S10: drained() resolves when there is room again': async () => {
    const bus = createBus();
    const notes = bus.topic('notes');
    let handled = 0;
    const subscription = subscribe(notes, async () => void handled++, { accept: [Note], highWater: 10 });
    let waits = 0;
    for (let n = 0; n < 100; n++) {
      if (notes.publish(Note(n))) continue;
      waits++;
      await notes.drained();
      assert.ok(subscription.depth <= 9);
    }
    await bus.close();
    assert.ok(waits > 0);
    assert.equal(handled, 100);
  },
};
