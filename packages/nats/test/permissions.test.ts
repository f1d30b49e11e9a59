import { eventually, join, Note, State } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

/** What docs/nats.md gives a bridge that takes the topic `calls`, and nothing else. */
const user = (eid: string): string => `{
  user: ${eid}, password: secret
  permissions: {
    publish: { allow: [
      "stasis.data.calls.${eid}", "stasis.control.${eid}",
      "$JS.API.STREAM.INFO.TEST",
      "$JS.API.CONSUMER.CREATE.TEST.*.stasis.data.calls.*",
      "$JS.API.CONSUMER.INFO.TEST.*", "$JS.API.CONSUMER.MSG.NEXT.TEST.*", "$JS.API.CONSUMER.DELETE.TEST.*",
      "$JS.ACK.TEST.>"
    ] }
    subscribe: { allow: ["stasis.control.*", "_INBOX_${eid}.>"] }
  }
}`;

describe('least privilege', () => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await startNatsServer(`authorization { users: [
      { user: admin, password: secret }
      ${user('a')}
      ${user('b')}
    ] }`);
    const admin = await join('admin', server.url, {}, { user: 'admin', pass: 'secret' }); // makes the stream
    await admin.bridge.ready;
    await admin.leave();
  });

  afterAll(() => server.stop());

  const asUser = (eid: string) => ({ user: eid, pass: 'secret', inboxPrefix: `_INBOX_${eid}` });

  it('B10: a bridge works with what the documentation gives it', async () => {
    const [a, b] = await Promise.all([
      join('a', server.url, { stream: 'TEST' }, asUser('a')),
      join('b', server.url, { stream: 'TEST' }, asUser('b')),
    ]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(Note({ id: 'x', n: 1 }));
    a.topic.publish(State({ id: 'y', n: 2 }));
    await eventually(() => b.numbers.length === 1 && b.cache.get(State, 'y', 'a') !== undefined);
    expect([...a.events, ...b.events].filter(({ type }) => type === 'error')).toEqual([]);
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);

  it('B10: it can neither speak for another bus nor read another topic', async () => {
    const a = await join('a', server.url, { stream: 'TEST', topics: ['calls'], caches: [] }, asUser('a'));
    const b = await join('b', server.url, { stream: 'TEST' }, asUser('b'));
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const errors: string[] = [];
    void (async () => {
      for await (const status of a.connection.status()) if (status.type === 'error') errors.push(status.error.message);
    })();
    a.connection.publish('stasis.data.calls.b', '{}');
    a.connection.publish('stasis.control.b', '{}');
    a.connection.publish('$JS.API.CONSUMER.CREATE.TEST.mine.stasis.data.other.*', '{}');
    a.connection.publish('$JS.API.STREAM.PURGE.TEST', '{}');
    await eventually(() => errors.length === 4);
    for (const error of errors) expect(error).toMatch(/permissions violation/i);
    expect(b.count('rejected')).toBe(0);
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);
});
