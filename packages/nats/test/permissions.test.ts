import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, join as joinGroup, Note, State } from './support/join.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

/** The block of docs/nats.md that gives the bus `desk-1` what it needs for the topic `calls`. */
const [, documented = ''] =
  /^```conf\n(.*?)^```$/ms.exec(readFileSync(join(__dirname, '../../../docs/nats.md'), 'utf8')) ?? [];

const user = (eid: string): string => `{ ${documented.replaceAll('desk-1', eid)} }`;

/** The same for core mode, as the page says. */
const coreUser = (eid: string): string =>
  user(eid)
    .replace(/^.*\$JS.*$/gm, '')
    .replace('"stasis.control.*"', '"stasis.control.*", "stasis.data.calls.*"');

describe('least privilege', () => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await startNatsServer(`authorization { users: [
      { user: admin, password: secret }
      ${user('a')}
      ${user('b')}
      ${coreUser('c')}
      ${coreUser('d')}
    ] }`);
    const asAdmin = { user: 'admin', pass: 'secret' };
    const admin = await joinGroup('admin', server.url, { stream: { name: 'CALLS' } }, asAdmin); // makes the stream
    await admin.bridge.ready;
    await admin.leave();
  });

  afterAll(() => server.stop());

  const asUser = (eid: string) => ({ user: eid, pass: 'secret', inboxPrefix: `_INBOX_${eid}` });

  it('B10: a bridge works with what the documentation gives it', async () => {
    const [a, b] = await Promise.all([
      joinGroup('a', server.url, { stream: 'CALLS' }, asUser('a')),
      joinGroup('b', server.url, { stream: 'CALLS' }, asUser('b')),
    ]);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(Note({ id: 'x', n: 1 }));
    a.topic.publish(State({ id: 'y', n: 2 }));
    await eventually(() => b.numbers.length === 1 && b.cache.get(State, 'y', 'a') !== undefined);
    expect([...a.events, ...b.events].filter(({ type }) => type === 'error')).toEqual([]);
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);

  it('B10: so does one in core mode', async () => {
    const [c, d] = await Promise.all([
      joinGroup('c', server.url, { mode: 'core' }, asUser('c')),
      joinGroup('d', server.url, { mode: 'core' }, asUser('d')),
    ]);
    await Promise.all([c.bridge.ready, d.bridge.ready]);
    c.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => d.numbers.length === 1);
    expect([...c.events, ...d.events].filter(({ type }) => type === 'error')).toEqual([]);
    await Promise.all([c.leave(), d.leave()]);
  }, 20_000);

  it('B10: it can neither speak for another bus nor read another topic', async () => {
    const a = await joinGroup('a', server.url, { stream: 'CALLS', topics: ['calls'], caches: [] }, asUser('a'));
    const b = await joinGroup('b', server.url, { stream: 'CALLS' }, asUser('b'));
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const errors: string[] = [];
    void (async () => {
      for await (const status of a.connection.status()) if (status.type === 'error') errors.push(status.error.message);
    })();
    a.connection.publish('stasis.data.calls.b', '{}');
    a.connection.publish('stasis.control.b', '{}');
    a.connection.publish('$JS.API.CONSUMER.CREATE.CALLS.mine.stasis.data.other.*', '{}');
    a.connection.publish('$JS.API.STREAM.PURGE.CALLS', '{}');
    await eventually(() => errors.length === 4);
    for (const error of errors) expect(error).toMatch(/permissions violation/i);
    expect(b.count('rejected')).toBe(0);
    await Promise.all([a.leave(), b.leave()]);
  }, 20_000);
});
