import {
  createBus,
  messageType,
  subscribe,
  createCache,
  createCachingTopic,
  LOCAL_EID,
  SubscriptionChange,
} from '@stasis-rx/core';
import { bridge } from '@stasis-rx/nats';
import { connect } from '@nats-io/transport-node';
import { startNatsServer } from '/work/wt/nats/packages/nats/test/support/nats-server.js';
const Num = messageType<{ id: string; n: number }>('num');
const Snap = messageType<{ id: string; n: number }>('snap');
const server = await startNatsServer();
async function side(eid: string) {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (m) => (Snap.is(m) ? m.data.id : undefined) });
  createCachingTopic(topic, cache);
  const nc = await connect({ servers: server.url, maxReconnectAttempts: -1 });
  const link = bridge(bus, nc, {
    topics: [topic],
    types: [Num, Snap],
    caches: [{ topic, cache }],
    stream: { name: 'T' },
  });
  link.events$.subscribe((e) =>
    console.log(eid, e.type === 'rejected' || e.type === 'error' || e.type === 'retry' ? e : JSON.stringify(e)),
  );
  const got: any[] = [];
  subscribe(topic, (m) => {
    if (!SubscriptionChange.is(m)) got.push(m);
  });
  return { bus, topic, cache, nc, link, got };
}
const a = await side('a');
const b = await side('b');
await Promise.all([a.link.ready, b.link.ready]);
console.log('ready');
a.topic.publish(Snap({ id: '1', n: 1 }));
for (let n = 0; n < 5; n++) a.topic.publish(Num({ id: '1', n }));
await a.link.flushed();
await new Promise((r) => setTimeout(r, 200));
console.log(
  b.got.length,
  b.got[0]?.eid,
  b.cache.dumpAll().map((m) => m.eid),
);
const c = await side('c');
await c.link.ready;
console.log('c', c.cache.dumpAll().length, c.got.length, c.link.peers());
const t0 = performance.now();
const N = 100_000;
for (let n = 0; n < N; n++) {
  a.topic.publish(Num({ id: '1', n }));
  if (n % 1000 === 0) {
    await new Promise((r) => setImmediate(r));
    await a.link.drained();
  }
}
await a.link.flushed();
const t1 = performance.now();
while (b.got.length < N + 6) await new Promise((r) => setTimeout(r, 5));
console.log('rate', ((N / (t1 - t0)) * 1000) | 0, ((N / (performance.now() - t0)) * 1000) | 0);
console.log(JSON.stringify(a.link.statistics()), JSON.stringify(b.link.statistics()));
await a.link.close();
await new Promise((r) => setTimeout(r, 100));
console.log('after leave', b.cache.dumpAll().length, b.link.peers());
await b.link.close();
await c.link.close();
for (const s of [a, b, c]) await s.nc.close();
await server.stop();
