import assert from 'node:assert/strict';
import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { bridgeOverMessagePort } from '@stasis-rx/message-port';

const Booked = messageType('booked');
const options = { topics: ['bookings'], types: [Booked] };

const when = (n) => new Date(n * 1000);

/** Two buses, each at one end of a channel; ready. */
async function joined() {
  const { port1, port2 } = new MessageChannel();
  const [ann, bob] = [createBus({ eid: 'ann' }), createBus({ eid: 'bob' })];
  const links = [bridgeOverMessagePort(ann, port1, options), bridgeOverMessagePort(bob, port2, options)];
  await Promise.all(links.map((link) => link.ready));
  return { ports: [port1, port2], ann, bob, links };
}

export const ports = {
  'B4: messages cross a port in order, with data that JSON does not have (B2)': async () => {
    const { ports, ann, bob, links } = await joined();
    const seen = [];
    const done = new Promise((resolve) => {
      subscribe(bob.topic('bookings'), ({ eid, data }) => (seen.push([eid, data]), data.n === 200 && resolve()), {
        accept: [Booked],
      });
    });
    for (let n = 1; n <= 200; n++) ann.topic('bookings').publish(Booked({ n, at: when(n), who: new Set([n]) }));
    await done;
    await Promise.all(links.map((link) => link.close()));
    for (const port of ports) port.close();

    assert.equal(seen.length, 200);
    for (const [index, [eid, data]] of seen.entries()) {
      const n = index + 1;
      assert.deepEqual([eid, data], ['ann', { n, at: when(n), who: new Set([n]) }]);
    }
  },

  'B6: what cannot be cloned is told of where it is published': async () => {
    const { ports, ann, links } = await joined();
    const told = [];
    links[0].events$.subscribe((event) => told.push(event));
    ann.topic('bookings').publish(Booked({ done: () => undefined }));
    await Promise.all(links.map((link) => link.close()));
    for (const port of ports) port.close();

    assert.deepEqual(
      told.filter(({ type }) => type === 'unsendable').map(({ messageType }) => messageType),
      ['booked'],
    );
  },
};
