import { eventually, join, Note } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

const MAX_PAYLOAD = 16_384;
const name = 'S'.repeat(200);

describe.each([
  ['jetstream', { stream: { name } }],
  ['core', { mode: 'core' }],
] as const)('messages about as large as the server takes, mode %s', (_, options) => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await startNatsServer(`max_payload: ${MAX_PAYLOAD}`);
  });

  afterAll(() => server.stop());

  it('B6: cross, or are reported, and keep no other from crossing', async () => {
    const [a, b] = await Promise.all([join('a', server.url, options), join('b', server.url, options)]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    let n = 0;
    for (let size = MAX_PAYLOAD - 1500; size < MAX_PAYLOAD + 100; size += 9) {
      for (const id of ['x'.repeat(size), 'é'.repeat(size / 2)]) a.topic.publish(Note({ id, n: ++n }));
      await a.bridge.flushed();
    }
    a.topic.publish(Note({ id: 'x', n: ++n }));
    await eventually(() => b.numbers.includes(n));
    expect(b.numbers.length + a.count('unsendable')).toBe(n);
    expect([b.numbers.length, a.count('unsendable')].every((count) => count > 10)).toBe(true);
    expect([a.count('retry'), b.count('gap'), b.count('rejected')]).toEqual([0, 0, 0]);
    await Promise.all([a.leave(), b.leave()]);
  }, 30_000);
});
