import { subscribe } from '@stasis-rx/core';
import { VirtualTimeScheduler } from 'rxjs';
import {
  AriGap,
  ChannelSnapshot,
  EndpointSnapshot,
  PlaybackSnapshot,
  type AriConnectionOptions,
  type AriGapData,
} from '../../src/index.js';
import { readRecording } from '../../src/recordings/recording.js';
import { AriServer } from '../support/ari-server.js';
import {
  ariEvent,
  bridgeJson,
  channelJson,
  created,
  destroyed,
  endpointJson,
  stateChanged,
} from '../support/events.js';
import { followAsterisk, held, truth, type FollowedAsterisk } from '../support/followed-asterisk.js';
import { recording } from '../support/recordings.js';
import { advance, until } from '../support/virtual-time.js';

let server: AriServer;
const open: FollowedAsterisk[] = [];

beforeEach(async () => {
  server = await AriServer.start();
});
afterEach(async () => {
  for (const { connection } of open.splice(0)) connection.close();
  await server.close();
});

function follow(options: Partial<AriConnectionOptions> = {}): FollowedAsterisk {
  const followed = followAsterisk(server.url, options);
  open.push(followed);
  return followed;
}

/** Connected, and everything that was there before is known. */
async function followAll(options: Partial<AriConnectionOptions> = {}): Promise<FollowedAsterisk> {
  const followed = follow(options);
  await followed.connection.reconcile();
  return followed;
}

const bridgeCreated = (id = 'b1') => ariEvent('BridgeCreated', { bridge: bridgeJson(id) });
const bridgeDestroyed = (id = 'b1') => ariEvent('BridgeDestroyed', { bridge: bridgeJson(id) });
const gaps = ({ messages }: FollowedAsterisk): AriGapData[] => messages.filter(AriGap.is).map(({ data }) => data);

/** What was told of channels, in order: `+1.1`, `~1.1`, `-1.1`, with `?` where nobody knows when it happened. */
const told = ({ messages }: FollowedAsterisk) =>
  messages.filter(ChannelSnapshot.is).map(({ data }) => {
    const step = data.new.dead ? '-' : data.old === null ? '+' : '~';
    return `${step}${data.new.id}${data.reconciled === true ? '?' : ''}`;
  });

describe('A3: when a connection stands', () => {
  test('what is there already is listed, with the login, and published', async () => {
    server.happen(created('1'), created('2'), bridgeCreated());
    server.world.endpoints.set('PJSIP/ann', endpointJson());
    const followed = await followAll();
    expect(await held(followed)).toEqual(truth(server.world));
    expect(told(followed)).toEqual(['+1?', '+2?']);
    expect(server.listings.map(({ path }) => path).sort()).toEqual([
      '/ari/applications/demo',
      '/ari/bridges',
      '/ari/channels',
      '/ari/endpoints',
    ]);
    const login = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    expect(new Set(server.listings.map(({ authorization }) => authorization))).toEqual(new Set([login]));
    expect([gaps(followed), followed.errors]).toEqual([[], []]);
  });

  test('a login of any characters is understood', async () => {
    await followAll({ apiKey: 'jörg:p:ä ☎' });
    const [, encoded = ''] = server.listings[0]?.authorization?.split(' ') ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toBe('jörg:p:ä ☎');
  });

  test('events that come during the listing are published after it, none twice, each with its own time', async () => {
    server.happen(created('1'), created('2'));
    let released: () => void = () => undefined;
    const release = new Promise<void>((resolve) => (released = resolve));
    // What is answered has been looked up: 1 and 2. Then 1 ends, 3 begins, 4 begins and ends.
    server.beforeAnswer = () => release;
    const followed = follow();
    await until(() => server.listings.length === 4);
    server.happen(destroyed('1'), created('3'), stateChanged('2'), created('4'), destroyed('4'));
    const pong = new Promise((resolve) => server.clients[0]?.once('pong', resolve));
    server.clients[0]?.ping();
    await pong;
    expect(told(followed)).toEqual([]);
    released();
    await followed.connection.reconcile();
    expect(told(followed)).toEqual(['+1?', '+2?', '-1', '+3', '~2', '+4', '-4']);
    expect(await held(followed)).toEqual(truth(server.world));
    expect(followed.calltimes).toHaveLength(2);
  });

  test('what a listing shows and an event that waits begins or ends is left to the event', async () => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    let released: () => void = () => undefined;
    const release = new Promise<void>((resolve) => (released = resolve));
    server.beforeAnswer = () => release;
    // Both happen before the listing is made, and are told while it is on its way.
    server.world.apply(destroyed('1'));
    server.world.apply(created('2'));
    const done = followed.connection.reconcile();
    await until(() => server.listings.length === 8);
    server.send(destroyed('1'));
    server.send(created('2'));
    const pong = new Promise((resolve) => server.clients[0]?.once('pong', resolve));
    server.clients[0]?.ping();
    await pong;
    released();
    expect(await done).toMatchObject({ ended: 0, begun: 0, changed: 0 });
    await until(() => told(followed).length === 3);
    expect(told(followed)).toEqual(['+1', '-1', '+2']);
    expect(await held(followed)).toEqual(truth(server.world));
    expect(followed.calltimes).toEqual([1500]);
  });

  test('a listing that is older than the end of a channel does not bring it back', async () => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.instead = (path) => (path === '/channels' ? [channelJson('1')] : undefined);
    server.happen(destroyed('1'));
    await until(() => told(followed).length === 2);
    expect(await followed.connection.reconcile()).toMatchObject({ begun: 0 });
    expect(told(followed)).toEqual(['+1', '-1']);
    expect(await held(followed)).toEqual(truth(server.world));
  });
});

describe('A3: after an outage', () => {
  test('of 4 s: what ended ends, what is new begins, what changed is told; a gap goes before', async () => {
    const scheduler = new VirtualTimeScheduler();
    const followed = await followAll({ scheduler, pingIntervalMs: 0, random: () => 0.99, backoffBaseMs: 10_000 });
    server.happen(created('1'), created('2'), created('3'), bridgeCreated('b1'), bridgeCreated('b2'));
    await until(() => followed.asterisk.bridgeCache.size === 2);
    const before = followed.messages.length;
    const topic = followed.asterisk.channel('1');
    advance(scheduler, 1000);
    server.drop();
    const { delayMs } = await followed.reaches('waiting');
    server.happen(destroyed('1'), destroyed('2'), stateChanged('3'), created('4'), bridgeDestroyed('b1'));
    advance(scheduler, 4000);
    advance(scheduler, delayMs - 4000);
    await followed.reaches('open');
    await until(() => gaps(followed).length === 1);
    await followed.connection.reconcile();

    expect(gaps(followed)).toEqual([{ since: 1000, until: 1000 + delayMs, ended: 2, begun: 1, changed: 1 }]);
    expect(AriGap.is(followed.messages[before])).toBe(true);
    expect(told(followed).slice(3)).toEqual(['-1?', '-2?', '+4?', '~3?']);
    expect(topic.isCompleted).toBe(true);
    expect(await held(followed)).toEqual(truth(server.world));
    // The gauge is right; nobody knows for how long they talked.
    expect([followed.gauge(), followed.calltimes]).toEqual([2, []]);
    expect(followed.messages.filter(ChannelSnapshot.is).at(-1)?.timestamp).toBe(1000 + delayMs);
  });

  test('in which Asterisk was restarted with nothing: all is over', async () => {
    const followed = await followAll();
    server.happen(...Array.from({ length: 20 }, (_, n) => created(String(n))), bridgeCreated());
    server.happen(ariEvent('PeerStatusChange', { endpoint: endpointJson(), peer: {} }));
    await until(() => followed.asterisk.endpointCache.size === 1);
    server.world.clear();
    server.drop();
    await until(() => gaps(followed).length === 1);
    await followed.connection.reconcile();
    expect(gaps(followed)).toMatchObject([{ ended: 20, begun: 0, changed: 0 }]);
    expect(await held(followed)).toEqual(truth(server.world));
    expect(followed.messages.filter(EndpointSnapshot.is).at(-1)?.data).toMatchObject({
      new: { dead: true },
      reconciled: true,
    });
    // The same ids may come again: they are others.
    server.happen(created('1', { creationtime: '2026-11-22T19:00:00.000+0000' }));
    await until(() => followed.asterisk.channelCache.size === 1);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test('a channel that was made anew under the same name is another', async () => {
    const followed = await followAll();
    server.happen(created('app-1'));
    await until(() => told(followed).length === 1);
    const topic = followed.asterisk.channel('app-1');
    server.world.apply(destroyed('app-1'));
    server.world.apply(created('app-1', { creationtime: '2026-11-22T19:38:46.000+0000' }));
    server.drop();
    await until(() => gaps(followed).length === 1);
    await followed.connection.reconcile();
    expect(gaps(followed)).toMatchObject([{ ended: 1, begun: 1, changed: 0 }]);
    expect(told(followed)).toEqual(['+app-1', '-app-1?', '+app-1?']);
    expect(topic.isCompleted).toBe(true);
    // A late event of the first one changes nothing of the second.
    server.send(ariEvent('ChannelDialplan', { channel: channelJson('app-1') }));
    server.happen(created('2'));
    await until(() => told(followed).length === 4);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test('an endpoint comes back with the next event, whatever the clocks say; an older event changes nothing', async () => {
    const followed = await followAll();
    const event = (timestamp: string) => ({
      ...ariEvent('PeerStatusChange', { endpoint: endpointJson(), peer: {} }),
      timestamp,
    });
    server.happen(event('2026-11-22T18:38:47.500+0000'));
    await until(() => followed.asterisk.endpointCache.size === 1);
    server.world.endpoints.clear();
    await followed.connection.reconcile();
    expect(followed.asterisk.endpointCache.size).toBe(0);
    server.send(event('2026-11-22T18:38:47.000+0000'));
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    expect(followed.asterisk.endpointCache.size).toBe(0);
    server.happen(event('2026-11-22T18:38:47.500+0000'));
    await until(() => followed.asterisk.endpointCache.size === 1);
  });

  test('events of a channel that was found to have ended change nothing', async () => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.world.clear();
    server.drop();
    await until(() => gaps(followed).length === 1);
    server.send(ariEvent('ChannelDialplan', { channel: channelJson('1') }));
    server.send(destroyed('1'));
    server.happen(created('2'));
    await until(() => followed.asterisk.channelCache.size === 1);
    expect(told(followed)).toEqual(['+1', '-1?', '+2']);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test('during the listing itself, it is listed anew, and the gap is told once, from the first loss on', async () => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.beforeAnswer = () => new Promise(() => undefined);
    server.drop();
    await until(() => server.listings.length === 8);
    server.world.apply(destroyed('1'));
    server.beforeAnswer = undefined;
    server.drop();
    await until(() => gaps(followed).length === 1);
    await followed.connection.reconcile();
    expect(gaps(followed)).toMatchObject([{ ended: 1 }]);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test('playbacks and recordings that are over are over, and others stay', async () => {
    const followed = await followAll();
    const playback = (id: string, target: string) => ({
      id,
      target_uri: target,
      media_uri: 'sound:a',
      state: 'playing',
    });
    server.happen(created('1'), created('2'));
    for (const [id, target] of [
      ['p1', 'channel:1'],
      ['p2', 'channel:2'],
      ['p/3', 'channel:2'],
    ] as const) {
      server.happen(ariEvent('PlaybackStarted', { playback: playback(id, target) }));
    }
    server.happen(ariEvent('RecordingStarted', { recording: { name: 'r/1', target_uri: 'channel:2' } }));
    await until(() => followed.asterisk.recordingCache.size === 1);
    expect(await held(followed)).toEqual(truth(server.world));

    server.world.apply(destroyed('1'));
    server.world.playbacks.delete('p1');
    server.world.playbacks.delete('p2');
    server.world.playbacks.set('p/3', { ...playback('p/3', 'channel:2'), media_uri: 'sound:b' });
    const from = server.listings.length;
    server.drop();
    await until(() => gaps(followed).length === 1);
    await followed.connection.reconcile();
    expect(await held(followed)).toEqual(truth(server.world));
    expect(followed.asterisk.playbackCache.get(PlaybackSnapshot, 'p/3')?.data.new.media_uri).toBe('sound:b');
    // What its channel took along need not even be asked for.
    const asked = server.listings.slice(from).map(({ path }) => path);
    expect(asked).toContain('/ari/playbacks/p%2F3');
    expect(asked).toContain('/ari/recordings/live/r%2F1');
    expect(asked.filter((path) => path.includes('p1'))).toEqual([]);
  });

  test('a connection made anew on the same topics makes up for what was before it', async () => {
    const first = await followAll();
    server.happen(created('1'));
    await until(() => told(first).length === 1);
    first.connection.close();
    await until(() => server.clients.length === 0);
    server.happen(destroyed('1'), created('2'));
    const { connectAri } = await import('../../src/index.js');
    const { WebSocket } = await import('ws');
    const second = connectAri(first.asterisk, { url: server.url, app: 'demo', apiKey: 'a:b', WebSocket });
    await second.reconcile();
    second.close();
    expect(gaps(first)).toMatchObject([{ ended: 1, begun: 1 }]);
    expect(await held(first)).toEqual(truth(server.world));
  });
});

describe('A3: an Asterisk that does not let be listed what it has', () => {
  test.each([401, 403, 405])('is a warning, once, and no failure (HTTP %i): events go on', async (status) => {
    server.instead = () => status;
    const followed = follow();
    await expect(followed.connection.reconcile()).rejects.toMatchObject({ code: 'ARI_LISTING_REFUSED' });
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    expect(followed.errors.map(({ code, message }) => [code, message])).toEqual([
      [
        'ARI_LISTING_REFUSED',
        `[asterisk] connectAri(): Asterisk refuses to list ${server.url}/ari/applications/demo (HTTP ${status}).`,
      ],
    ]);
    expect(followed.states.map(({ state }) => state)).toEqual(['connecting', 'open']);
    server.drop();
    await until(() => gaps(followed).length === 1);
    expect(gaps(followed)).toMatchObject([{ ended: 0, begun: 0, changed: 0, refused: true }]);
    expect(JSON.stringify(followed.errors) + followed.errors.join()).not.toContain('secret');
  });

  test('that has no such thing (HTTP 404) is one, too', async () => {
    server.instead = () => 404;
    await expect(follow().connection.reconcile()).rejects.toMatchObject({ code: 'ARI_LISTING_REFUSED' });
  });

  test.each([
    ['no list', {}],
    ['a list of something else', ['1']],
    ['a channel without an id', [{ name: 'x' }]],
  ])('as documented is one, and takes nothing away: %s', async (_, body) => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.instead = (path) => (path === '/channels' ? body : undefined);
    await expect(followed.connection.reconcile()).rejects.toMatchObject({ code: 'ARI_LISTING_REFUSED' });
    expect(told(followed)).toEqual(['+1']);
  });

  test('in part is reconciled in the other parts', async () => {
    server.happen(created('1'), bridgeCreated());
    server.instead = (path) => (path === '/bridges' ? 403 : undefined);
    const followed = follow();
    await expect(followed.connection.reconcile()).rejects.toMatchObject({ code: 'ARI_LISTING_REFUSED' });
    expect([followed.asterisk.channelCache.size, followed.asterisk.bridgeCache.size]).toEqual([1, 0]);
  });

  test.each([500, 503])('for the time being (HTTP %i) is tried again while the connection stands', async (status) => {
    server.happen(created('1'));
    const scheduler = new VirtualTimeScheduler();
    server.instead = () => status;
    const followed = follow({ scheduler, pingIntervalMs: 0, random: () => 0.5, backoffBaseMs: 1000 });
    await until(() => followed.errors.length === 1);
    expect(followed.errors[0]).toMatchObject({ code: 'ARI_LISTING_FAILED' });
    // Nothing is held up by it.
    server.happen(created('2'));
    await until(() => told(followed).length === 1);
    advance(scheduler, 500);
    await until(() => followed.errors.length === 2);
    server.instead = undefined;
    advance(scheduler, 1000);
    await until(() => told(followed).length === 2);
    expect(told(followed)).toEqual(['+2', '+1?']);
    expect(scheduler.actions).toHaveLength(0);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test('in time is tried again, and the gap is told when it is known what was in it', async () => {
    const scheduler = new VirtualTimeScheduler();
    const options = { scheduler, pingIntervalMs: 0, listTimeoutMs: 700, random: () => 0 };
    const followed = await followAll(options);
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.world.clear();
    server.beforeAnswer = () => new Promise(() => undefined);
    server.drop();
    await followed.reaches('waiting');
    advance(scheduler, 0);
    await until(() => server.listings.length === 8);
    advance(scheduler, 700);
    await until(() => followed.errors.length === 1);
    expect(followed.errors[0]?.message).toContain('(no answer within 700 ms)');
    expect(gaps(followed)).toEqual([]);
    server.beforeAnswer = undefined;
    advance(scheduler, 0);
    await until(() => gaps(followed).length === 1);
    await until(() => told(followed).length === 2);
    expect(gaps(followed)).toMatchObject([{ since: 0, ended: 1 }]);
    expect(await held(followed)).toEqual(truth(server.world));
  });

  test.each([
    ['rejects', () => Promise.reject(new TypeError('secret'))],
    [
      'throws',
      () => {
        throw new TypeError('secret');
      },
    ],
    ['gives nothing', () => Promise.resolve(undefined as never)],
    ['gives no JSON', () => Promise.resolve({ status: 200, json: () => Promise.reject(new Error('secret')) })],
  ])('nor be reached over HTTP, with a fetch that %s, is tried again', async (_, fetch) => {
    const followed = follow({ fetch, random: () => 0.9 });
    await expect(followed.connection.reconcile()).rejects.toMatchObject({
      code: 'ARI_LISTING_FAILED',
      message: expect.not.stringContaining('secret') as unknown,
    });
    expect(followed.states.at(-1)).toEqual({ state: 'open' });
  });

  test('is asked again once at a time, however often it is asked by hand, and no more after the end', async () => {
    const scheduler = new VirtualTimeScheduler();
    server.instead = (path) => (path === '/channels' ? 503 : undefined);
    const followed = follow({ scheduler, pingIntervalMs: 0, random: () => 0.5, backoffBaseMs: 1000 });
    for (let call = 0; call < 10; call++) await followed.connection.reconcile().catch(() => undefined);
    expect(scheduler.actions).toHaveLength(1);
    followed.connection.close();
    expect(scheduler.actions.filter(({ delay }) => delay >= 1000)).toEqual([]);
  });

  test('and whose failure closes the connection leaves no timer', async () => {
    const scheduler = new VirtualTimeScheduler();
    server.instead = (path) => (path === '/channels' ? 503 : undefined);
    const followed: FollowedAsterisk = follow({
      scheduler,
      pingIntervalMs: 0,
      random: () => 0.5,
      backoffBaseMs: 9000,
      onError: () => followed.connection.close(),
    });
    await followed.reaches('closed');
    expect(scheduler.actions.filter(({ delay }) => delay > 1000)).toEqual([]);
  });

  test('and one whose application has an event filter is warned of', async () => {
    server.instead = (path) =>
      path.startsWith('/applications') ? { events_allowed: [], events_disallowed: [{ type: 'Dial' }] } : undefined;
    const followed = await followAll();
    expect(followed.errors.map(({ code }) => code)).toEqual(['ARI_EVENTS_FILTERED']);
  });
});

describe('A3: reconcile()', () => {
  test('finds what was missed although the connection stood, and says what it found', async () => {
    const followed = await followAll();
    server.happen(created('1'));
    await until(() => told(followed).length === 1);
    server.world.apply(destroyed('1'));
    server.world.apply(created('2'));
    const { since, until: listedAt, ...found } = await followed.connection.reconcile();
    expect(found).toEqual({ ended: 1, begun: 1, changed: 0 });
    expect(listedAt).toBeGreaterThanOrEqual(since);
    expect(told(followed)).toEqual(['+1', '-1?', '+2?']);
    expect(gaps(followed)).toEqual([]);
  });

  test('finds nothing when there is nothing to find', async () => {
    server.happen(created('1'), stateChanged('1'), bridgeCreated());
    const followed = await followAll();
    const before = followed.messages.length;
    expect(await followed.connection.reconcile()).toMatchObject({ ended: 0, begun: 0, changed: 0 });
    expect(followed.messages).toHaveLength(before);
  });

  test('called several times lists as often as it must, one after the other', async () => {
    const followed = await followAll();
    const from = server.listings.length;
    await Promise.all([1, 2, 3, 4].map(() => followed.connection.reconcile()));
    expect(server.listings.length - from).toBeLessThanOrEqual(8);
  });

  test('before there is a connection waits for it', async () => {
    server.refuseWith = 503;
    const followed = follow();
    await followed.reaches('waiting');
    const done = followed.connection.reconcile();
    server.refuseWith = undefined;
    expect(await done).toMatchObject({ ended: 0 });
  });

  test.each(['before', 'after'])('rejects when the connection is closed %s it', async (when) => {
    server.beforeAnswer = () => new Promise(() => undefined);
    const followed = follow();
    await followed.reaches('open');
    if (when === 'before') followed.connection.close();
    const done = followed.connection.reconcile();
    if (when === 'after') followed.connection.close();
    await expect(done).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
  });

  test('rejects when the bus is closed before it can be published', async () => {
    const followed = await followAll();
    server.world.apply(created('1'));
    const done = followed.connection.reconcile();
    await followed.bus.close();
    await expect(done).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
    expect(await followed.reaches('failed')).toMatchObject({ error: { code: 'BUS_CLOSED' } });
  });

  test('rejects when the connection is closed while its snapshots wait for a handler', async () => {
    const followed = await followAll();
    for (let n = 0; n < 50; n++) server.world.apply(created(String(n)));
    subscribe(followed.asterisk.channels, () => new Promise(() => undefined), { highWater: 5 });
    const done = followed.connection.reconcile();
    await until(() => told(followed).length > 5);
    followed.connection.close();
    await expect(done).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
  });

  test('resolves when only the application could not be asked about', async () => {
    server.happen(created('1'));
    server.instead = (path) => (path.startsWith('/applications') ? 503 : undefined);
    const followed = await followAll();
    expect(told(followed)).toEqual(['+1?']);
    expect(followed.errors.map(({ code }) => code)).toEqual(['ARI_LISTING_FAILED']);
    expect(server.listings).toHaveLength(4);
    // Whether it is sent every event is not known: what is told of may be new.
    server.happen(stateChanged('2'));
    await until(() => told(followed).length === 2);
  });

  test('that is under way when the connection is closed publishes nothing', async () => {
    server.happen(created('1'));
    let released: () => void = () => undefined;
    server.beforeAnswer = () => new Promise((resolve) => (released = resolve));
    const followed = follow();
    await until(() => server.listings.length === 4);
    const done = followed.connection.reconcile();
    followed.connection.close();
    released();
    await expect(done).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
    expect(followed.messages).toEqual([]);
  });
});

test('A1, A3: the frames of a recording, with cuts in the middle, end with everything as it is in Asterisk', async () => {
  const followed = await followAll();
  const marker = ariEvent('DeviceStateChanged', { device_state: { name: 'marker', state: 'BUSY' } });
  // With more property runs than usual, as in CI, the longest one. At the end of either, there is a connection.
  const [name, every, cuts] =
    process.env.STASIS_RX_PROPERTY_RUNS === undefined
      ? (['calls-300', 400, 20] as const)
      : (['calls-330-plain', 500, 30] as const);
  let count = 0;
  for await (const { event } of readRecording(recording(`${name}.ari.jsonl.gz`))) {
    count++;
    // All but the last hundred of so many frames are heard.
    if (count % every === every - 100) server.drop();
    server.world.apply(event as object);
    if (count % every < every - 100) {
      if (count % every === 0) {
        await until(() => server.clients.length === 1 && followed.states.at(-1)?.state === 'open');
        await followed.connection.reconcile();
        expect(await held(followed)).toEqual(truth(server.world));
      }
      server.send(event as object);
    }
  }
  server.send(marker);
  await until(
    () => followed.log.at(-1)?.startsWith('devicestate') === true && followed.asterisk.channelCache.size === 0,
  );
  await followed.connection.reconcile();
  expect(await held(followed)).toEqual(truth(server.world));
  expect(followed.gauge()).toBe(0);
  expect(gaps(followed).length).toBeGreaterThanOrEqual(cuts);
  expect(followed.errors).toEqual([]);
});
