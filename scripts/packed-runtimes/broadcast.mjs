import assert from 'node:assert/strict';
import { bridge } from '@stasis-rx/broadcast-channel';
import { createBus, createCache, createCachingTopic, messageType, subscribe } from '@stasis-rx/core';
import { filter, firstValueFrom } from 'rxjs';

const Draft = messageType('draft');

/** A bus of that name in the group, with a cache of drafts, and all drafts that were seen there. */
async function join(group, eid) {
  const bus = createBus({ eid });
  const drafts = bus.topic('drafts');
  const cache = createCache({ id: (message) => (Draft.is(message) ? message.data.id : undefined) });
  createCachingTopic(drafts, cache);
  const seen = [];
  const waits = [];
  subscribe(
    drafts,
    ({ eid: from, data }) => {
      seen.push(`${from} ${data.id}`);
      for (const wait of waits) wait();
    },
    { accept: [Draft] },
  );
  const link = bridge(bus, group, { topics: [drafts], types: [Draft], caches: [{ topic: drafts, cache }] });
  await link.ready;
  const sees = (count) =>
    new Promise((resolve) => {
      waits.push(() => seen.length >= count && resolve());
      waits.at(-1)();
    });
  return { bus, drafts, cache, link, seen, sees };
}

/** Publishes so many drafts there, named after it. */
function publish({ bus, drafts }, count) {
  for (let n = 0; n < count; n++) drafts.publish(Draft({ id: `${bus.eid}${n}` }));
}

/** What tells that somebody has left the group. */
function leaving({ link }) {
  return firstValueFrom(link.events$.pipe(filter(({ type }) => type === 'peer-left')));
}

const drafts = (from, eid, count) => Array.from({ length: count }, (_, n) => `${from} ${eid}${n}`);

export const broadcast = {
  'B4: messages of each bus cross in order, and come back to nobody (B3)': async () => {
    const [ann, bob] = await Promise.all([join('order', 'ann'), join('order', 'bob')]);
    publish(ann, 200);
    publish(bob, 200);
    await Promise.all([ann.sees(400), bob.sees(400)]);
    await Promise.all([ann.link.close(), bob.link.close()]);

    const at = ({ seen }, from) => seen.filter((text) => text.startsWith(`${from} `));
    assert.deepEqual(at(ann, 'local'), drafts('local', 'ann', 200));
    assert.deepEqual(at(ann, 'bob'), drafts('bob', 'bob', 200));
    assert.deepEqual(at(bob, 'local'), drafts('local', 'bob', 200));
    assert.deepEqual(at(bob, 'ann'), drafts('ann', 'ann', 200));
    assert.deepEqual([ann.seen.length, bob.seen.length], [400, 400]);
  },

  'B8: a bus that joins gets the snapshots of what is there, and loses them when that leaves (B9)': async () => {
    const ann = await join('snapshots', 'ann');
    publish(ann, 3);
    const bob = await join('snapshots', 'bob');
    assert.deepEqual(
      bob.cache.dump(Draft, 'ann').map(({ data }) => data.id),
      ['ann0', 'ann1', 'ann2'],
    );

    const left = leaving(bob);
    await ann.link.close();
    assert.deepEqual(await left, { type: 'peer-left', peer: 'ann', reason: 'left' });
    assert.equal(bob.cache.size, 0);
    await bob.link.close();
  },

  'B13: a bridge closes with its bus': async () => {
    const [ann, bob] = await Promise.all([join('closing', 'ann'), join('closing', 'bob')]);
    const left = leaving(bob);
    publish(ann, 10);
    await ann.bus.close();
    await left;
    await bob.bus.close();
    await bob.link.close();
    assert.deepEqual(bob.seen, drafts('ann', 'ann', 10));
  },
};
