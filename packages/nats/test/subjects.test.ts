import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { createBus, subscribe } from '@stasis-rx/core';
import { bridge } from '@stasis-rx/nats';
import fc from 'fast-check';
import { Subjects } from '../src/subjects.js';
import { eventually, join, Note } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

const subjects = new Subjects('test', 'stasis');

/** Names as they come: words, and whatever means something to NATS, to a terminal or to nobody. */
const anyName = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary', maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 20 }).map((units) => {
    return String.fromCharCode(...units);
  }),
  fc.string({
    unit: fc.constantFrom('.', '*', '>', ' ', '\t', '\r', '\n', '\0', '$', '=', '_', 'a', 'JS'),
    minLength: 1,
  }),
);

describe('subjects', () => {
  it('B11: two names never have one subject, and no pattern of one matches the subject of another', () => {
    fc.assert(
      fc.property(anyName, anyName, anyName, (one, other, eid) => {
        const subject = subjects.data(other, eid);
        expect(subject).toMatch(/^stasis\.data\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+$/);
        expect(subject.startsWith(subjects.lane(one).slice(0, -1))).toBe(one === other);
        expect(subjects.eidOf(subject)).toBe(eid);
        expect(subjects.eidOf(subjects.control(eid))).toBe(eid);
        const whisper = subjects.whisper(one, other);
        expect([subjects.whispererOf(whisper), subjects.eidOf(whisper)]).toEqual([one, other]);
        expect(whisper.endsWith(subjects.whispersTo(eid).slice('stasis.whisper.*'.length))).toBe(other === eid);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '.', 'a.', '.a', 'a..b', 'a b', '*', 'a.>', 'ü', 1, null])('B11: refuses the prefix %j', (prefix) => {
    expect(() => new Subjects('[nats] bridge()', prefix as string)).toThrow(
      /^\[nats] bridge\(\): expected subject to be tokens/,
    );
  });
});

describe('subjects on a server', () => {
  let server: NatsServer;
  let connection: NatsConnection;

  beforeAll(async () => {
    server = await startNatsServer();
    connection = await connect({ servers: server.url });
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it('B11: a server takes every name there is, and delivers to that name only', async () => {
    const names = fc.uniqueArray(anyName, { minLength: 2, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(names, anyName, async (lanes, eid) => {
        const got: string[] = [];
        const subscriptions = lanes.map((lane) =>
          connection.subscribe(subjects.lane(lane), {
            callback: (_, { subject, data }) => {
              expect(subjects.eidOf(subject)).toBe(eid);
              got.push(JSON.stringify([lane, new TextDecoder().decode(data)]));
            },
          }),
        );
        for (const [index, lane] of lanes.entries()) connection.publish(subjects.data(lane, eid), `${index}`);
        await connection.flush();
        for (const subscription of subscriptions) subscription.unsubscribe();
        expect(got).toEqual(lanes.map((lane, index) => JSON.stringify([lane, `${index}`])));
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('B11: names that are as long as they may be cross', async () => {
    const topics = ['.'.repeat(204), 'x'.repeat(1024)];
    const options = { topics, caches: [] };
    const eids = ['*'.repeat(204), 'y'.repeat(1024)] as const;
    const [a, b] = await Promise.all([join(eids[0], server.url, options), join(eids[1], server.url, options)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const got: unknown[] = [];
    for (const name of topics) {
      subscribe(b.bus.topic(name), ({ eid, data }) => got.push([name, eid, data.n]), { accept: [Note] });
      a.bus.topic(name).publish(Note({ id: 'x', n: name.length }));
    }
    await eventually(() => got.length === 2);
    expect(got.sort()).toEqual(topics.map((name) => [name, eids[0], name.length]).sort());
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);

  it('B11: refuses names that are longer, and a bus with such an eid', () => {
    const call = (eid: string, topic: string) => () =>
      bridge(createBus({ eid }), connection, { topics: [topic], types: [Note], mode: 'core' });
    expect(call('a', 'x'.repeat(1025))).toThrow('expected topics[0] to be no longer than 1024 characters');
    expect(call('x'.repeat(1025), 'a')).toThrow('expected the eid of the bus to be no longer than 1024 characters');
  });
});
