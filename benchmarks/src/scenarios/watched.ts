import { createBus, subscribe } from '@stasis-rx/core';
import { record } from '@stasis-rx/inspector';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { OURS } from './ours.js';
import { counting, Sample } from './samples.js';

/** One subscription, and a receipt for each message; the burst is over when all receipts are there. */
export function delivered(): Contender<Sample> {
  const topic = createBus().topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, counting(tally), { accept: [Sample] });
  return {
    name: OURS,
    tallies: [tally],
    async deliver(messages) {
      const receipts = await Promise.all(messages.map((message) => topic.deliver(message)));
      const handled = receipts.filter(({ deliveries: [delivery] }) => delivery?.outcome === 'handled');
      if (handled.length !== messages.length) throw new Error(`${handled.length} of ${messages.length} were handled`);
    },
  };
}

/** One subscription, and a probe that counts what it is told. */
export function probed(): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, counting(tally), { accept: [Sample] });
  const told = { published: 0, queued: 0, began: 0, ended: 0 };
  bus.attach({
    published: () => told.published++,
    queued: () => told.queued++,
    began: () => told.began++,
    ended: () => told.ended++,
  });
  let published = 0;
  return {
    name: OURS,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
      published += messages.length;
      const isToldOfAll = Object.values(told).every((count) => count === published);
      if (!isToldOfAll) throw new Error(`told ${JSON.stringify(told)} of ${published}`);
    },
  };
}

/** Records of one message in a queue: published, queued, began, ended. */
const RECORDS = 4;

/** One subscription, and a recording of all that happens, of which the latest 100,000 records are kept. */
export function recorded(): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, counting(tally), { accept: [Sample] });
  const recording = record(bus);
  return {
    name: OURS,
    tallies: [tally],
    async deliver(messages) {
      const before = recording.size + recording.lost;
      for (const message of messages) topic.publish(message);
      await bus.settled();
      const records = recording.size + recording.lost - before;
      // Congestion is recorded too.
      if (records < RECORDS * messages.length) throw new Error(`${records} records of ${messages.length} messages`);
    },
  };
}
