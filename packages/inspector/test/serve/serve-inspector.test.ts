import { once } from 'node:events';
import { connect } from 'node:net';
import {
  record,
  serveInspector,
  serveRecording,
  type ServedInspector,
  type ServeInspectorOptions,
} from '../../src/index.js';
import { serve } from '../../src/serve/serve-inspector.js';
import { get, refused, SocketClient, socketUrl } from '../support/http.js';
import { bareShop, OrderPlaced, shop } from '../support/orders.js';

const HTML = '<!doctype html><script>1</script><style>a{}</style><script type="module">2</script>';
const TOKEN = 'a token of many characters';

const open: ServedInspector[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((inspector) => inspector.close()));
});

async function served(
  bus = bareShop().bus,
  options: ServeInspectorOptions = {},
  html = HTML,
): Promise<ServedInspector> {
  const inspector = await serve(bus, options, html);
  open.push(inspector);
  return inspector;
}

describe('serveInspector', () => {
  test('serves the page to who has the token, of which only its own scripts run', async () => {
    const { url } = await served();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
    const { status, headers, text } = await get(url);
    expect([status, text]).toEqual([200, HTML]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(/script-src [^;]*/.exec(policy)?.[0].split(' ')).toEqual([
      'script-src',
      "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
      "'sha256-1HNeOiZeFu7gP1lxi5tdAwGcB9i2xR+Q2jpmbuwTqzU='",
    ]);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('says on a plain page when the page has not been built', async () => {
    const inspector = await serveInspector(bareShop().bus);
    open.push(inspector);
    expect(await get(inspector.url)).toMatchObject({ status: 200, text: expect.stringMatching(/<title>/) });
  });

  test('gives nothing to who has no token, or a wrong one', async () => {
    const { url } = await served(undefined, { token: TOKEN });
    const { origin } = new URL(url);
    for (const query of [
      '',
      '?token=',
      '?token=wrong',
      `?token=${TOKEN}x`,
      `?token=${TOKEN.slice(1)}`,
      '?token=%00',
      `?Token=${TOKEN}`,
    ]) {
      expect(await get(`${origin}/${query}`)).toMatchObject({
        status: 403,
        text: expect.not.stringContaining('script'),
      });
      expect(await refused(`${socketUrl(`${origin}/?`)}${query.slice(1)}`)).toBe(403);
    }
    expect((await get(`${origin}/?token=${encodeURIComponent(TOKEN)}`)).status).toBe(200);
  });

  test('gives nothing under the name of somebody else, who may have it lead here', async () => {
    const { url } = await served();
    const { port } = new URL(url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example`,
      `evil.example#@127.0.0.1:${port}`,
      `127.0.0.1@evil.example`,
      '8.8.8.8',
    ]) {
      expect([host, (await get(url, { host })).status]).toEqual([host, 403]);
      expect(await refused(socketUrl(url), { headers: { host } })).toBe(403);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST', '127.1.2.3:99']) {
      expect([host, (await get(url, { host })).status]).toEqual([host, 200]);
    }
  });

  test('gives nothing to pages of other origins, not even with the token', async () => {
    const { url } = await served();
    const { host, port } = new URL(url);
    const others = [
      'http://evil.example',
      'null',
      '*',
      '',
      `http://localhost:${port}`,
      `http://${host}.evil.example`,
      `http://127.0.0.1:${Number(port) + 1}`,
      `ws://${host}`,
    ];
    for (const origin of others) {
      expect([origin, await refused(socketUrl(url), { origin, headers: { origin } })]).toEqual([origin, 403]);
      expect((await get(url, { origin })).status).toBe(403);
    }
    const client = new SocketClient(url, { origin: `http://${host}` });
    await client.first('snapshot');
  });

  test('answers nothing but GET / and the socket', async () => {
    const { url } = await served();
    const at = (path: string) => url.replace('/?', `${path}?`);
    expect((await get(at('/inspect'))).status).toBe(404);
    expect((await get(at('/../package.json'))).status).toBe(404);
    expect((await get(url, {}, 'POST')).status).toBe(405);
    expect((await get(url, {}, 'OPTIONS')).status).toBe(405);
    expect(await refused(socketUrl(url).replace('/inspect', '/other'))).toBe(404);
  });

  test('tells a client what was before it came and what comes, and does what it asks for', async () => {
    const { bus, orders } = shop();
    const { url } = await served(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.settled();
    const client = new SocketClient(url);
    expect((await client.first('snapshot')).records).toHaveLength(8);
    orders.publish(OrderPlaced({ id: 2 }));
    expect((await client.first('records')).records[0]).toMatchObject({ is: 'published', type: 'order_placed' });
    client.ask({ is: 'hold' });
    client.ask({ is: 'message', id: 1, path: ['id'] });
    expect(await client.first('message')).toMatchObject({ data: 1 });
    expect(bus.isHeld).toBe(true);
  });

  test('records before anybody looks, unless it is told not to', async () => {
    const { bus, orders } = bareShop();
    const { url } = await served(bus, { recordAlways: false });
    orders.publish(OrderPlaced({ id: 1 }));
    expect((await new SocketClient(url).first('snapshot')).records).toEqual([]);
  });

  test('only lets look where it is told so', async () => {
    const { bus } = bareShop();
    const { url } = await served(bus, { control: false });
    const client = new SocketClient(url);
    expect((await client.first('hello')).isControllable).toBe(false);
    client.ask({ is: 'hold' });
    expect(await client.first('refused')).toMatchObject({ request: 'hold' });
    expect(bus.isHeld).toBe(false);
  });

  test('takes as many clients as it may, and another one when one has gone', async () => {
    const inspector = await served(undefined, { maxClients: 2 });
    const clients = [new SocketClient(inspector.url), new SocketClient(inspector.url)];
    for (const client of clients) await client.first('hello');
    expect(inspector.clients).toBe(2);
    expect(await refused(socketUrl(inspector.url))).toBe(503);
    clients[0]!.socket.terminate();
    while (inspector.clients > 1) await new Promise((resolve) => setImmediate(resolve));
    await new SocketClient(inspector.url).first('hello');
  });

  test('cuts off who sends too much at once, binary rubbish, or no HTTP at all, and goes on', async () => {
    const { bus, errors } = bareShop();
    const { url } = await served(bus);
    const huge = new SocketClient(url);
    await huge.first('hello');
    huge.socket.send('x'.repeat(70_000));
    expect(await huge.closed).toBe(1009);
    const binary = new SocketClient(url);
    await binary.first('hello');
    binary.socket.send(Buffer.alloc(100));
    expect(await binary.first('refused')).toMatchObject({ reason: 'too long, or no text' });
    const flood = new SocketClient(url);
    await flood.first('hello');
    for (let n = 0; n < 2_000; n++) flood.socket.send('nonsense');
    expect(await flood.closed).toBe(1001);
    const raw = connect(Number(new URL(url).port), '127.0.0.1');
    raw.on('error', () => undefined).resume();
    raw.write('\u0000\u0001 not HTTP\r\n\r\n');
    await once(raw, 'close');
    expect((await get(url)).status).toBe(200);
    expect(errors).toEqual([]);
  });

  test('close ends everything at once, also a client that does not answer, and may be called twice', async () => {
    const { bus } = bareShop();
    const inspector = await served(bus);
    const client = new SocketClient(inspector.url);
    await client.first('hello');
    const silent = connect(Number(new URL(inspector.url).port), '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    const refused = connect({ port: Number(new URL(inspector.url).port), host: '127.0.0.1', allowHalfOpen: true });
    refused.on('error', () => undefined).resume();
    refused.write('GET /inspect HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(refused, 'end');
    client.socket.pause();
    const began = performance.now();
    await Promise.all([inspector.close(), inspector.close()]);
    expect(performance.now() - began).toBeLessThan(100);
    client.socket.resume();
    await client.closed;
    await inspector.close();
    expect(inspector.clients).toBe(0);
    await expect(get(inspector.url)).rejects.toThrow('ECONNREFUSED');
    silent.destroy();
    refused.destroy();
  });

  test('goes on when the bus has closed', async () => {
    const { bus, orders } = bareShop();
    const { url } = await served(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.close();
    const { records } = await new SocketClient(url).first('snapshot');
    expect(records.map(({ is }) => is)).toEqual(['published', 'changed']);
  });

  test('warns when it listens where others may come, and gives an address that leads there', async () => {
    const onWarning = jest.fn();
    await served(undefined, { onWarning });
    await served(undefined, { onWarning, host: 'localhost' });
    expect(onWarning).not.toHaveBeenCalled();
    const { url } = await served(undefined, { onWarning, host: '0.0.0.0' });
    expect(onWarning).toHaveBeenCalledWith(expect.stringMatching(/listens on 0\.0\.0\.0, where other machines/));
    expect(url).toContain('//127.0.0.1:');
    expect((await get(url, { host: '192.168.1.2:80' })).status).toBe(200);
    expect((await get(url, { host: 'evil.example' })).status).toBe(403);
    const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await served(undefined, { host: '0.0.0.0' });
    expect(emitted).toHaveBeenCalledWith(expect.any(String), { code: 'STASIS_INSPECTOR_HOST' });
    emitted.mockRestore();
  });

  test('says at the call when it cannot listen, and records nothing', async () => {
    const { url } = await served();
    const { bus, orders } = bareShop();
    await expect(serveInspector(bus, { port: Number(new URL(url).port) })).rejects.toMatchObject({
      code: 'CANNOT_LISTEN',
      message: expect.stringMatching(
        /^\[inspector\] serveInspector\(\): cannot listen on 127\.0\.0\.1, port \d+: EADDRINUSE\.$/,
      ),
    });
    orders.publish(OrderPlaced({ id: 1 }));
  });

  test.each([
    [{ port: 70_000 }, 'port to be an integer from 0 to 65535, got 70000 (number)'],
    [{ host: '' }, 'host to be a string that is not empty, got "" (string)'],
    [{ token: 'short' }, 'token to be a string of at least 16 characters, got "string" (string)'],
    [{ maxClients: 0 }, 'maxClients to be an integer of at least 1, got 0 (number)'],
    [{ redact: true }, 'redact to be a function, got true (boolean)'],
    [{ limits: { records: 1.5 } }, 'limits.records to be an integer of at least 1, got 1.5 (number)'],
  ])('refuses %p', async (options, message) => {
    await expect(serveInspector(bareShop().bus, options as never)).rejects.toThrow(
      `[inspector] serveInspector(): expected ${message}.`,
    );
  });
});

describe('serveRecording', () => {
  test('tells of a recording as of a bus, and changes nothing', async () => {
    const { bus, orders } = shop();
    const recording = record(bus);
    for (let id = 0; id < 1_000; id++) orders.publish(OrderPlaced({ id }));
    await bus.settled();
    recording.stop();
    const inspector = await serveRecording(recording.toJSONLines());
    open.push(inspector);
    const client = new SocketClient(inspector.url);
    expect(await client.first('hello')).toMatchObject({ bus: { name: 'shop', eid: 'shop-1' }, isControllable: false });
    const snapshot = await client.first('snapshot');
    expect(snapshot).toMatchObject({ description: bus.describe(), statistics: bus.statistics(), lost: 0 });
    client.ask({ is: 'message', id: 1, path: [] });
    client.ask({ is: 'hold' });
    expect(await client.first('message')).toMatchObject({ data: { is: 'object', entries: [['id', 0]] } });
    expect(await client.first('refused')).toMatchObject({ reason: 'this is a recording' });
    const all = () => client.reports.flatMap((report) => ('records' in report ? report.records : []));
    while (all().length < recording.size) await once(client.socket, 'message');
    const [told, kept] = [all(), [...recording.records()]];
    expect(told).toHaveLength(kept.length);
    expect(told.slice(-100)).toMatchObject(kept.slice(-100));
  });

  test('refuses what is no recording', async () => {
    await expect(serveRecording('{}')).rejects.toMatchObject({ code: 'BROKEN_RECORDING' });
    await expect(serveRecording(7 as never)).rejects.toThrow('expected text to be a string, got 7 (number)');
  });
});
