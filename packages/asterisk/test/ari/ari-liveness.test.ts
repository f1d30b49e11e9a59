import { VirtualTimeScheduler } from 'rxjs';
import { WebSocket } from 'ws';
import { AriGap, type AriConnectionOptions } from '../../src/index.js';
import { AriServer } from '../support/ari-server.js';
import { FakeSocket } from '../support/fake-web-socket.js';
import { followAsterisk, type FollowedAsterisk } from '../support/followed-asterisk.js';
import { advance, nextTurn, until } from '../support/virtual-time.js';

/** A WebSocket as that of `ws`: it can ping, pause and be torn down. */
class PingingSocket extends FakeSocket {
  pings = 0;
  wasTerminated = false;
  isPaused = false;
  #onPong: () => void = () => undefined;

  ping(): void {
    this.pings++;
  }

  pongs(): void {
    this.#onPong();
  }

  on(_type: 'pong', listener: () => void): void {
    this.#onPong = listener;
  }

  off(): void {
    this.#onPong = () => undefined;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  terminate(): void {
    this.wasTerminated = true;
    this.fails();
  }
}

const open: FollowedAsterisk[] = [];
afterEach(() => {
  for (const { connection } of open.splice(0)) connection.close();
});

/** Connected to a socket that does what the test makes it do; nothing is listed. */
async function connected<S extends FakeSocket>(
  Socket: new (url: string) => S,
  options: Partial<AriConnectionOptions> = {},
) {
  const sockets: S[] = [];
  class Spied extends (Socket as new (url: string) => FakeSocket) {
    constructor(url: string) {
      super(url);
      sockets.push(this as unknown as S);
    }
  }
  const scheduler = new VirtualTimeScheduler();
  const followed = followAsterisk('http://pbx', {
    scheduler,
    WebSocket: Spied,
    fetch: () => Promise.resolve({ status: 403, json: () => Promise.resolve({}) }),
    random: () => 0.5,
    ...options,
  });
  open.push(followed);
  const [socket] = sockets as [S];
  socket.opens();
  await nextTurn();
  return { ...followed, scheduler, socket, sockets };
}

const lost = { state: 'waiting', error: { code: 'ARI_CONNECTION_LOST' } };

describe('A4: an Asterisk that gives no sign of life', () => {
  test('is lost within 30 s: pinged after 10 s, it has 5 s to answer', async () => {
    const { scheduler, socket, states } = await connected(PingingSocket);
    advance(scheduler, 9_999);
    expect(socket.pings).toBe(0);
    advance(scheduler, 1);
    expect(socket.pings).toBe(1);
    advance(scheduler, 5_000);
    expect(states.at(-1)).toEqual({ state: 'open' });
    advance(scheduler, 1);
    expect(states.at(-1)).toMatchObject(lost);
    expect((states.at(-1) as { error: Error }).error.message).toBe(
      '[asterisk] connectAri(): no sign of life from ws://pbx/ari/events for 15001 ms.',
    );
  });

  test('is lost the sooner, as the options say', async () => {
    const { scheduler, states } = await connected(PingingSocket, { pingIntervalMs: 100, pingTimeoutMs: 50 });
    advance(scheduler, 151);
    expect(states.at(-1)).toMatchObject(lost);
  });

  test('is waited for, for ever, when nobody is to ask', async () => {
    const { scheduler, states } = await connected(PingingSocket, { pingIntervalMs: 0 });
    advance(scheduler, 10_000_000);
    expect(states.at(-1)).toEqual({ state: 'open' });
  });

  test.each(['a pong', 'a frame'])('is not lost while it gives one: %s', async (sign) => {
    const { scheduler, socket, states } = await connected(PingingSocket);
    for (let round = 0; round < 100; round++) {
      advance(scheduler, 3_000);
      if (sign === 'a pong') socket.pongs();
      else socket.says('{}');
    }
    expect(states.at(-1)).toEqual({ state: 'open' });
    expect(socket.pings).toBe(30);
  });

  test('is asked over HTTP where the WebSocket cannot ping; whatever it answers is a sign', async () => {
    const asked: { url: string; headers: unknown }[] = [];
    let answers = true;
    const { scheduler, states } = await connected(FakeSocket, {
      apiKey: 'me:p&ss',
      fetch: (url, { headers }) => {
        if (url.includes('/ping')) asked.push({ url, headers });
        return answers
          ? Promise.resolve({ status: 503, json: () => Promise.reject(new Error()) })
          : Promise.reject(new Error());
      },
    });
    for (let round = 0; round < 10; round++) {
      advance(scheduler, 10_000);
      await nextTurn();
    }
    expect(states.at(-1)).toEqual({ state: 'open' });
    expect(asked).toHaveLength(10);
    // Without headers, so that a page needs nobody's permission to ask.
    expect(asked[0]).toEqual({ url: 'http://pbx/ari/asterisk/ping?api_key=me%3Ap%26ss', headers: undefined });
    answers = false;
    advance(scheduler, 10_000);
    await nextTurn();
    advance(scheduler, 5_001);
    expect(states.at(-1)).toMatchObject(lost);
  });

  test('is lost although the last request is never answered, and an event came after it', async () => {
    const asked: string[] = [];
    const { scheduler, socket, states } = await connected(FakeSocket, {
      fetch: (url) => {
        asked.push(url);
        return new Promise(() => undefined);
      },
      listTimeoutMs: 1_000_000,
    });
    advance(scheduler, 10_000);
    socket.says('{}');
    advance(scheduler, 10_000);
    expect(asked.filter((url) => url.includes('/ping'))).toHaveLength(2);
    advance(scheduler, 5_001);
    expect(states.at(-1)).toMatchObject(lost);
  });

  test('is told by signs, not by clocks: one that is set back loses nobody', async () => {
    const { scheduler, socket, states } = await connected(PingingSocket);
    advance(scheduler, 10_000);
    const now = scheduler.now.bind(scheduler);
    scheduler.now = () => now() - 60_000;
    socket.pongs();
    // To a moment after the verdict.
    advance(scheduler, 65_002);
    expect(states).toEqual([{ state: 'connecting' }, { state: 'open' }]);
  });

  test('is connected to anew, and the gap begins when it was last heard', async () => {
    const { scheduler, socket, sockets, states, messages } = await connected(PingingSocket);
    advance(scheduler, 12_000);
    socket.pongs();
    advance(scheduler, 13_001);
    expect(states.at(-1)).toMatchObject(lost);
    advance(scheduler, 250);
    expect(sockets).toHaveLength(2);
    sockets[1]?.opens();
    await until(() => messages.some(AriGap.is));
    expect(messages.find(AriGap.is)?.data.since).toBe(12_000);
  });

  test('is not waited for when the connection ends: after half a second the socket is torn down', async () => {
    const { scheduler, socket, connection } = await connected(PingingSocket);
    connection.close();
    advance(scheduler, 499);
    expect(socket.wasTerminated).toBe(false);
    advance(scheduler, 1);
    expect(socket.wasTerminated).toBe(true);
    expect([socket.listeners, scheduler.actions]).toEqual([0, []]);
  });

  test('after the end of the connection leaves no timer', async () => {
    const { scheduler, socket, connection } = await connected(PingingSocket);
    advance(scheduler, 10_000);
    connection.close();
    socket.fails();
    expect([socket.listeners, scheduler.actions]).toEqual([0, []]);
  });
});

test('A4: a frozen Asterisk, over a real connection, is lost, and found again when it comes back', async () => {
  const server = await AriServer.start();
  const scheduler = new VirtualTimeScheduler();
  const followed = followAsterisk(server.url, { WebSocket, scheduler });
  open.push(followed);
  try {
    await followed.connection.reconcile();
    advance(scheduler, 10_000);
    await new Promise((resolve) => server.clients[0]?.once('ping', resolve));
    for (let round = 0; round < 5; round++) await nextTurn();
    advance(scheduler, 5_001);
    expect(followed.states.at(-1)).toEqual({ state: 'open' });

    server.freeze();
    advance(scheduler, 10_000);
    expect(followed.states.slice(-2)).toMatchObject([lost, { state: 'connecting' }]);
    server.thaw();
    advance(scheduler, 0);
    await followed.reaches('open');
    await followed.connection.reconcile();
    expect(followed.messages.filter(AriGap.is)).toHaveLength(1);
  } finally {
    await server.close();
  }
});

describe('A5: while handlers are slow', () => {
  test('a connection that is paused is not asked for a sign of life, and has time to give one afterwards', async () => {
    const full = { maxWaitingEvents: 1, listTimeoutMs: 1_000_000 };
    const { scheduler, socket, states } = await connected(PingingSocket, {
      ...full,
      fetch: () => new Promise(() => undefined),
    });
    socket.says('{}');
    socket.says('{}');
    expect(socket.isPaused).toBe(true);
    advance(scheduler, 100_000);
    expect(socket.pings).toBe(0);
    expect(states.at(-1)).toEqual({ state: 'open' });
  });
});
