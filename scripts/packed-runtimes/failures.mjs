import assert from 'node:assert/strict';
import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { config } from 'rxjs';

const Note = messageType('note');

/** What happens when two messages go to a handler that throws, one that rejects, and one that is well: sorted. */
const EVENTS = ['DISPATCH one', 'DISPATCH one', 'DISPATCH two', 'DISPATCH two', 'handled one', 'handled two'];

/** Collects what happens. Its signal aborts when as much has happened as should. */
function collector() {
  const enough = new AbortController();
  const events = [];
  const add = (event) => {
    if (events.push(event) === EVENTS.length) enough.abort();
  };
  return { events, add, onError: ({ code, cause }) => add(`${code} ${cause.message}`), signal: enough.signal };
}

/** Publishes two messages to handlers that throw, reject and never finish, and to one that must not notice. */
async function publishToTrouble(bus, { add, signal }) {
  const notes = bus.topic('notes');
  const accept = [Note];
  const fail = (message) => {
    throw new Error(message.data);
  };
  subscribe(notes, fail, { accept });
  subscribe(notes, async (message) => fail(message), { accept });
  subscribe(notes, () => new Promise(() => undefined), { accept });
  subscribe(notes, ({ data }) => add(`handled ${data}`), { accept });
  notes.publish(Note('one'));
  notes.publish(Note('two'));
  await bus.close({ signal });
}

export const failures = {
  'T6: handlers that throw, reject or hang touch nobody else, and are reported once each': async () => {
    const collected = collector();
    await publishToTrouble(createBus({ onError: collected.onError }), collected);
    assert.deepEqual(collected.events.sort(), EVENTS);
  },

  'T6: without onError they are reported where RxJS reports, of which there is one copy': async () => {
    const collected = collector();
    config.onUnhandledError = collected.onError;
    try {
      await publishToTrouble(createBus(), collected);
    } finally {
      config.onUnhandledError = null;
    }
    assert.deepEqual(collected.events.sort(), EVENTS);
  },
};
