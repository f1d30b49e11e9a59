import { filter, firstValueFrom, skip, VirtualTimeScheduler } from 'rxjs';
import { WebSocket } from 'ws';
import {
  AriConnectionError,
  connectAri,
  type AriConnection,
  type AriConnectionOptions,
  type AriConnectionState,
  type AsteriskTopics,
} from '../../src/index.js';
import { AriServer } from '../support/ari-server.js';
import { observedAsterisk } from '../support/asterisk.js';
import { ariEvent, created, stateChanged } from '../support/events.js';
import { FakeSocket, fakeWebSocket } from '../support/fake-web-socket.js';
import { advance, nextTurn, until } from '../support/virtual-time.js';

const SECRET = 'hunter2 & more';
const apiKey = `asterisk:${SECRET}`;

let server: AriServer;
const open: AriConnection[] = [];

beforeEach(async () => {
  server = await AriServer.start();
});
afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await server.close();
});

/** Connects to the server, and notes every state. */
function connect(options: Partial<AriConnectionOptions> = {}) {
  const observed = observedAsterisk();
  const errors: Error[] = [];
  const onError = (error: Error) => errors.push(error);
  const connection = connectAri(observed.asterisk, {
    url: server.url,
    app: 'demo',
    apiKey,
    WebSocket,
    onError,
    ...options,
  });
  open.push(connection);
  const states: AriConnectionState[] = [];
  connection.state$.subscribe((state) => states.push(state));
  return { ...observed, connection, states, errors, names: () => states.map(({ state }) => state) };
}

const reaches = <S extends AriConnectionState['state']>(connection: AriConnection, state: S) =>
  firstValueFrom(
    connection.state$.pipe(filter((one): one is Extract<AriConnectionState, { state: S }> => one.state === state)),
  );

describe('connectAri', () => {
  test('connects to the events of everything, as the application, with the login', async () => {
    const { connection, names } = connect();
    await reaches(connection, 'open');
    const address = new URL(server.requests[0] ?? '', server.url);
    expect(address.pathname).toBe('/ari/events');
    expect(Object.fromEntries(address.searchParams)).toEqual({ app: 'demo', api_key: apiKey, subscribeAll: 'true' });
    expect(names()).toEqual(['connecting', 'open']);
  });

  test('publishes what Asterisk tells, in that order', async () => {
    const { connection, messages } = connect();
    await reaches(connection, 'open');
    for (const event of [created(), stateChanged()]) server.send(event);
    await until(() => messages.length === 2);
    expect(messages.map(({ data }) => data)).toMatchObject([{ old: null }, { old: {}, new: { state: 'Up' } }]);
    expect(connection.statistics()).toEqual({ published: 2, skipped: 0 });
  });

  test('reports events that are garbage, unknown, broken or binary, each once, and goes on', async () => {
    const { connection, messages, errors, names } = connect();
    await reaches(connection, 'open');
    for (const event of ['{"type":', ariEvent('SomethingNew'), ariEvent('ChannelCreated'), Buffer.from('{}'), '[]']) {
      server.send(event);
    }
    server.send(created());
    await until(() => messages.length === 2);
    expect(messages.map(({ type }) => type.name)).toEqual(['ari_unknown', 'ast_channel_snapshot_type']);
    expect(errors.map((error) => (error as Error & { code: string }).code)).toEqual([
      'BROKEN_ARI_EVENT',
      'UNKNOWN_ARI_EVENT',
      'BROKEN_ARI_EVENT',
      'BROKEN_ARI_EVENT',
      'BROKEN_ARI_EVENT',
    ]);
    expect(connection.statistics()).toEqual({ published: 1, skipped: 5 });
    expect(names()).toEqual(['connecting', 'open']);
  });

  test('goes on without a hook for errors, too', async () => {
    const { connection, messages } = connect({ onError: undefined });
    await reaches(connection, 'open');
    server.send('garbage');
    server.send(created());
    await until(() => messages.length === 1);
    expect(connection.statistics()).toEqual({ published: 1, skipped: 1 });
  });

  test('tells who comes late what the state is, and how it ended', async () => {
    const { connection } = connect();
    await reaches(connection, 'open');
    connection.close();
    const late: unknown[] = [];
    connection.state$.subscribe({ next: (state) => late.push(state), complete: () => late.push('complete') });
    expect(late).toEqual([{ state: 'closed' }, 'complete']);
  });
});

describe('a connection that is lost', () => {
  test('is made again after a wait, and events flow on', async () => {
    const scheduler = new VirtualTimeScheduler();
    const { connection, states, messages } = connect({ scheduler, random: () => 0.5 });
    await reaches(connection, 'open');
    server.drop();
    const { error, delayMs, attempt } = await reaches(connection, 'waiting');
    expect(error).toMatchObject({ code: 'ARI_CONNECTION_LOST' });
    expect({ delayMs, attempt }).toEqual({ delayMs: 250, attempt: 1 });

    advance(scheduler, delayMs);
    await reaches(connection, 'open');
    server.send(created());
    await until(() => messages.length === 2);
    expect(messages.map(({ type }) => type.name)).toEqual(['ari_gap', 'ast_channel_snapshot_type']);
    expect(states.map(({ state }) => state)).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    expect(scheduler.now()).toBe(250);
  });

  test('waits longer each time, up to a bound, until a connection has stood for a while', async () => {
    const scheduler = new VirtualTimeScheduler();
    const fake = fakeWebSocket();
    const { states } = connect({
      scheduler,
      random: () => 1,
      backoffMaxMs: 3000,
      stableAfterMs: 60_000,
      pingIntervalMs: 0,
      WebSocket: fake.WebSocket,
    });
    const fail = async (beforehand: 'nothing' | 'open' | 'event' | 'stable') => {
      const socket = fake.sockets.at(-1);
      if (beforehand !== 'nothing') socket?.opens();
      if (beforehand === 'event') socket?.says(JSON.stringify(created()));
      if (beforehand === 'stable') advance(scheduler, 60_000);
      socket?.fails();
      advance(scheduler, 3000);
      await nextTurn();
    };
    // A server that accepts, tells something and closes is not back.
    for (const beforehand of ['nothing', 'open', 'event', 'nothing', 'event', 'stable', 'nothing'] as const) {
      await fail(beforehand);
    }
    expect(states.flatMap((state) => (state.state === 'waiting' ? state.delayMs : []))).toEqual([
      500, 1000, 2000, 3000, 3000, 500, 1000,
    ]);
  });

  test('leaves no listener on the sockets that it had', async () => {
    const scheduler = new VirtualTimeScheduler();
    const fake = fakeWebSocket((socket) => socket.fails({ message: 'no' }));
    connect({ scheduler, WebSocket: fake.WebSocket });
    for (let n = 0; n < 5; n++) {
      await nextTurn();
      advance(scheduler, 9000);
    }
    await nextTurn();
    expect(fake.sockets.length).toBeGreaterThanOrEqual(5);
    expect(fake.sockets.map(({ listeners }) => listeners)).toEqual(fake.sockets.map(() => 0));
  });

  test('for another connection of the same application is over: coming back would throw that one out', async () => {
    const { connection, errors } = connect();
    await reaches(connection, 'open');
    server.send(ariEvent('ApplicationReplaced'));
    const { error } = await reaches(connection, 'failed');
    expect(error).toMatchObject({ code: 'ARI_APPLICATION_REPLACED' });
    expect(errors).toEqual([error]);
    await until(() => server.clients.length === 0);
  });

  test('for the end of the bus is over', async () => {
    const { connection, bus } = connect();
    await reaches(connection, 'open');
    await bus.close();
    server.send(created());
    expect(await reaches(connection, 'failed')).toMatchObject({ error: { code: 'BUS_CLOSED' } });
  });
});

describe('an Asterisk that cannot be reached', () => {
  test('is tried again, and the error says why', async () => {
    await server.close();
    const { connection, errors } = connect({ scheduler: new VirtualTimeScheduler() });
    const { error } = await reaches(connection, 'waiting');
    expect(error).toMatchObject({ code: 'ARI_UNREACHABLE' });
    expect(error.message).toBe(
      `[asterisk] connectAri(): cannot reach ${server.url.replace('http', 'ws')}/ari/events (ECONNREFUSED).`,
    );
    expect(errors).toEqual([]);
    server = await AriServer.start();
  });

  test.each([404, 500, 503])('for the time being (HTTP %i) is tried again', async (status) => {
    server.refuseWith = status;
    const { connection } = connect({ scheduler: new VirtualTimeScheduler() });
    const { error } = await reaches(connection, 'waiting');
    expect(error).toMatchObject({
      code: 'ARI_UNREACHABLE',
      message: expect.stringContaining(`(HTTP ${status})`) as unknown,
    });
  });

  test('in time is given up for this attempt, and tried again', async () => {
    server.isSilent = true;
    const scheduler = new VirtualTimeScheduler();
    const { connection } = connect({ scheduler, connectTimeoutMs: 700, random: () => 0 });
    await until(() => server.requests.length === 1);
    server.isSilent = false;
    advance(scheduler, 700);
    expect(await reaches(connection, 'open')).toEqual({ state: 'open' });
    expect(server.requests).toHaveLength(2);
  });

  test('in time is told as such', () => {
    server.isSilent = true;
    const scheduler = new VirtualTimeScheduler();
    const { states } = connect({ scheduler, connectTimeoutMs: 700, random: () => 0.1 });
    advance(scheduler, 700);
    expect(states[1]).toMatchObject({
      state: 'waiting',
      error: { code: 'ARI_TIMEOUT', message: expect.stringContaining('within 700 ms') as unknown },
    });
  });
});

describe('a login that is refused', () => {
  test.each([401, 403])('(HTTP %i) is an error with a code, told once, and not tried again', async (status) => {
    server.refuseWith = status;
    const { connection, errors, names } = connect();
    const { error } = await reaches(connection, 'failed');
    expect(error).toBeInstanceOf(AriConnectionError);
    expect(error).toMatchObject({
      code: 'ARI_LOGIN_REFUSED',
      message: expect.stringContaining(`refuses the login (HTTP ${status})`) as unknown,
    });
    expect(errors).toEqual([error]);
    expect(names()).toEqual(['connecting', 'failed']);
    expect(server.requests).toHaveLength(1);
  });

  test('never shows the API key, nor does any other error', async () => {
    server.refuseWith = 401;
    const shown: string[] = [];
    const keep = (error: unknown) => shown.push(String(error), (error as Error).stack ?? '', JSON.stringify(error));
    const { connection, states } = connect();
    keep((await reaches(connection, 'failed')).error);
    shown.push(JSON.stringify(states));

    class Chatty extends FakeSocket {
      constructor(url: string) {
        super(url);
        throw new SyntaxError(`cannot open ${url}`);
      }
    }
    const chatty = connect({ WebSocket: Chatty, scheduler: new VirtualTimeScheduler() });
    keep((await reaches(chatty.connection, 'waiting')).error);
    const fake = fakeWebSocket((socket) =>
      socket.fails({ message: `Unexpected: ${socket.url}`, error: new Error(socket.url) }),
    );
    const failing = connect({ WebSocket: fake.WebSocket, scheduler: new VirtualTimeScheduler() });
    keep((await reaches(failing.connection, 'waiting')).error);

    expect(shown).toHaveLength(10);
    for (const text of shown) expect(text).not.toMatch(/hunter2/);
  });
});

describe('a connection that is closed', () => {
  test('publishes nothing any more, ends once, and leaves nothing on the server', async () => {
    const { connection, messages, names } = connect();
    await reaches(connection, 'open');
    server.send(created());
    connection.close();
    connection.close();
    await until(() => server.clients.length === 0);
    expect(messages).toEqual([]);
    expect(names()).toEqual(['connecting', 'open', 'closed']);
  });

  test('while it connects makes no noise and leaves no listener', async () => {
    const sockets: WebSocket[] = [];
    class Spied extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const { connection, names } = connect({ WebSocket: Spied });
    connection.close();
    expect(names()).toEqual(['connecting', 'closed']);
    await until(() => sockets[0]?.readyState === WebSocket.CLOSED);
    await nextTurn();
    expect(['open', 'message', 'error', 'close'].map((event) => sockets[0]?.listenerCount(event))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('as it is about to connect again makes no further socket', async () => {
    const fake = fakeWebSocket((socket) => socket.fails());
    const { connection, names } = connect({ WebSocket: fake.WebSocket, random: () => 0 });
    connection.state$.pipe(skip(2)).subscribe(() => connection.close());
    await reaches(connection, 'closed');
    expect(names()).toEqual(['connecting', 'waiting', 'connecting', 'closed']);
    expect(fake.sockets).toHaveLength(1);
  });

  test('while it stands leaves no listener', async () => {
    const sockets: WebSocket[] = [];
    class Spied extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const { connection } = connect({ WebSocket: Spied });
    await reaches(connection, 'open');
    connection.close();
    await until(() => sockets[0]?.readyState === WebSocket.CLOSED);
    await nextTurn();
    expect(['open', 'message', 'error', 'close'].map((event) => sockets[0]?.listenerCount(event))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('while it waits leaves no timer', async () => {
    server.refuseWith = 503;
    const scheduler = new VirtualTimeScheduler();
    const { connection } = connect({ scheduler });
    await reaches(connection, 'waiting');
    connection.close();
    expect(scheduler.actions).toHaveLength(0);
  });

  test('by whoever follows its state, in the middle of connecting, opens nothing', async () => {
    const { asterisk } = observedAsterisk();
    const scheduler = new VirtualTimeScheduler();
    const fake = fakeWebSocket((socket) => socket.fails());
    const connection = connectAri(asterisk, {
      url: server.url,
      app: 'demo',
      apiKey,
      scheduler,
      WebSocket: fake.WebSocket,
    });
    connection.state$.pipe(filter(({ state }) => state === 'waiting')).subscribe(() => connection.close());
    await reaches(connection, 'closed');
    advance(scheduler, 60_000);
    expect(fake.sockets).toHaveLength(1);
    expect(scheduler.actions).toHaveLength(0);
  });

  test('by a signal does the same, and takes its listener off', async () => {
    const stop = new AbortController();
    const removed = jest.spyOn(stop.signal, 'removeEventListener');
    const { connection, names } = connect({ signal: stop.signal });
    await reaches(connection, 'open');
    stop.abort();
    expect(names()).toEqual(['connecting', 'open', 'closed']);
    await until(() => server.clients.length === 0);
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  test('by close() takes its listener off the signal', () => {
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, 'removeEventListener');
    connect({ signal }).connection.close();
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  test('by a signal that had aborted before never opens', () => {
    const fake = fakeWebSocket();
    const { names } = connect({ signal: AbortSignal.abort(), WebSocket: fake.WebSocket });
    expect(names()).toEqual(['closed']);
    expect(fake.sockets).toEqual([]);
  });

  test('by leaving a block that uses it', async () => {
    const { connection } = connect();
    await reaches(connection, 'open');
    connection[Symbol.dispose]();
    await reaches(connection, 'closed');
  });
});

describe('connectAri refuses, at the call,', () => {
  test.each([
    [{ url: 'localhost:8088' }, 'expected url to be like "http://localhost:8088", got "localhost:8088" (string).'],
    [{ url: '' }, 'expected url to be like "http://localhost:8088", got "" (string).'],
    [{ url: 'ftp://localhost' }, 'expected url to be like'],
    [
      { url: 'http://asterisk:hunter2@localhost' },
      'expected url to be without a login, got "***" (string). Give the login as apiKey.',
    ],
    [
      { url: 'http//asterisk:hunter2@localhost' },
      'expected url to be like "http://localhost:8088", got "***" (string).',
    ],
    [{ app: '' }, 'expected app to be the name of a Stasis application, got "" (string).'],
    [{ apiKey: 'hunter2' }, 'expected apiKey to be "user:password", got "***" (string).'],
    [{ apiKey: undefined }, 'expected apiKey to be "user:password", got undefined.'],
    [
      { connectTimeoutMs: 0 },
      'expected connectTimeoutMs to be from 1 to 2147483647 (milliseconds), got 0 (number). Leave it out for 10000.',
    ],
    [{ backoffBaseMs: -1 }, 'expected backoffBaseMs to be from 1 to 2147483647'],
    [{ backoffMaxMs: NaN }, 'expected backoffMaxMs to be from 1 to 2147483647'],
    [{ WebSocket: {} }, 'expected WebSocket to be a class, got Object (object).'],
  ])('%j', (options, message) => {
    const connecting = () => connect(options as Partial<AriConnectionOptions>);
    expect(connecting).toThrow(message);
    expect(connecting).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(connecting).not.toThrow(/hunter2/);
  });

  test('to do without a WebSocket where the platform has none', () => {
    const platform = globalThis as { WebSocket?: unknown };
    const { WebSocket: own } = platform;
    platform.WebSocket = undefined;
    try {
      expect(() => connect({ WebSocket: undefined })).toThrow(
        'expected WebSocket to be a class, got undefined. This platform has none of its own: give that of the package "ws".',
      );
    } finally {
      platform.WebSocket = own;
    }
  });

  test('what is not the topics of an Asterisk', () => {
    expect(() => connectAri({} as AsteriskTopics, { url: server.url, app: 'demo', apiKey, WebSocket })).toThrow(
      'expected asterisk to be what createAsteriskTopics() returns',
    );
  });
});
