import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { recordingLines } from '../../src/model/recording/write-recording.js';
import { runInspect } from '../../src/terminal/run-inspect.js';
import { serveInspector, type ServedInspector } from '../../src/serve/serve-inspector.js';
import { object, published, told } from '../support/told.js';

const Placed = messageType<{ id: number; who: string }>('placed');

/** Runs the program; it ends by itself, or when the text is there that is waited for. */
async function inspect(argv: readonly string[], { until = '', onStart = () => {} } = {}) {
  const stop = new AbortController();
  const [out, complaints]: string[][] = [[], []];
  const write = (text: string) => {
    out!.push(text);
    if (until !== '' && out!.join('').includes(until)) stop.abort();
  };
  const complain = (text: string) => void complaints!.push(text);
  const terminal = { write, complain, columns: Infinity, openFrame: undefined, signal: stop.signal };
  const running = runInspect(argv, terminal);
  onStart();
  const exitCode = await running;
  return { exitCode, text: out!.join(''), complaints: complaints!.join('\n') };
}

describe('stasis-inspect', () => {
  let served: ServedInspector;
  const bus = createBus({ name: 'shop', onError: () => undefined });
  const orders = bus.topic<ReturnType<typeof Placed>>('orders', { detail: 'what customers want' });

  beforeAll(async () => {
    subscribe(orders, () => Promise.reject(new Error('no paper')), { accept: [Placed], name: 'printer' });
    served = await serveInspector(bus);
    for (let id = 0; id < 3; id++) orders.publish(Placed({ id, who: 'Ann' }));
    await bus.settled();
  });
  afterAll(() => served.close());

  test('says where the page of a bus is', async () => {
    expect(await inspect([served.url])).toEqual({ exitCode: 0, text: `Bus shop: ${served.url}\n`, complaints: '' });
  });

  test('lists topics, subscriptions and types as the bus counts them', async () => {
    const topics = await inspect([served.url, 'show', 'topics']);
    expect(topics.text).toMatch(
      /^Topic +Detail +Subscribers +Dispatched +Not dispatched\norders +what customers want +1 /,
    );
    expect(topics.text).toMatch(/\n1 Total topics\n$/);
    const subscriptions = await inspect([served.url, 'subscriptions', '--json']);
    const [row] = subscriptions.text.trim().split('\n');
    expect(JSON.parse(row!)).toMatchObject(bus.statistics().subscriptions[0]!);
    const types = await inspect([served.url, 'types', '--type', 'PLACED']);
    expect(types.text).toMatch(/^Type +Published +Unused\nplaced +\d+ +0\n\n1 Total types\n$/);
    const topic = await inspect([served.url, 'topic', 'orders']);
    expect(topic.text).toContain('orders#1');
  });

  test('shows the top again and again, and what is in trouble first', async () => {
    const { text, exitCode } = await inspect([served.url, 'top', '--interval', '0.1', '--times', '2']);
    expect(text.match(/^Subscription +State/gm)).toHaveLength(2);
    expect(text).toMatch(/^printer /m);
    expect(exitCode).toBe(0);
  });

  test('logs messages of a type as they come, with what went wrong', async () => {
    const interval = setInterval(() => orders.publish(Placed({ id: 9, who: '\u001b[31mBob\u009b' })), 20);
    const { text } = await inspect([served.url, 'log', '--type', 'placed'], { until: 'failed at orders#1: ' });
    clearInterval(interval);
    expect(text).toMatch(/^\S+Z \d+ orders placed \{id: 9, who: ".*Bob.*"\}\n/);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u009b');
    expect(text).toContain('no paper');
  });

  test('logs what happens at one subscription, found by a part of its name', async () => {
    const interval = setInterval(() => orders.publish(Placed({ id: 9, who: 'Bob' })), 20);
    const { text } = await inspect([served.url, 'log', '--subscription', 'PRINT'], { until: 'failed at orders#1: ' });
    clearInterval(interval);
    const [begun, ended] = text.split('\n');
    expect(begun).toMatch(/Z \d+ orders placed begins at orders#1 \{id: 9, who: "Bob"\}$/);
    expect(ended).toContain('failed at orders#1: ');
  });

  test('logs what is kept as records for machines, and filters by the data', async () => {
    const { text } = await inspect([served.url, 'log', '--all', '--json', '--text', 'ann'], { until: '"id":2,' });
    for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('is');
  });

  test.each([
    [
      'a wrong token',
      () => served.url.replace(/token=.*/, 'token=0123456789abcdef'),
      1,
      'token in the address is wrong',
    ],
    ['an address without a token', () => served.url.replace(/\?.*/, ''), 2, 'has no token'],
    ['a port on which nothing listens', () => 'http://127.0.0.1:9/?token=x', 1, 'nothing listens at 127.0.0.1:9'],
    ['a file that is not there', () => '/nowhere/x.jsonl', 1, 'there is no such file'],
  ])('says so in one line when it is given %s', async (_what, target, exitCode, complaint) => {
    const result = await inspect([target(), 'topics']);
    expect([result.exitCode, result.text]).toEqual([exitCode, '']);
    expect(result.complaints).toContain(complaint);
    expect(result.complaints.split('\n')).toHaveLength(1);
  });

  test.each([
    [['http://x/?token=1', 'nonsense'], 'there is no "nonsense"'],
    [['http://x/?token=1', 'topic'], 'needs the name'],
    [['http://x/?token=1', 'topics', 'more'], '"more" is too much'],
    [[], 'missing required argument'],
    [['x', '--interval', 'soon'], 'at least 0.1'],
  ])('refuses a command line that cannot work: %p', async (argv, complaint) => {
    const { exitCode, complaints } = await inspect(argv);
    expect(exitCode).toBe(2);
    expect(complaints).toContain(complaint);
  });

  test('says so when another protocol is spoken, or none', async () => {
    const server: Server = createServer();
    new WebSocketServer({ server }).on('connection', (socket, { url }) => {
      socket.send(url!.includes('none') ? 'hello' : '{"is":"hello","protocol":99}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=`;
    expect((await inspect([`${address}other`, 'topics'])).complaints).toContain('it speaks protocol 99');
    expect((await inspect([`${address}none`, 'topics'])).complaints).toContain('no inspector');
    server.close();
  });

  describe('with a recording', () => {
    let folder: string;
    let file: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'stasis-rx-inspect-'));
      file = join(folder, 'shop.jsonl');
      const records = [
        published(1, { data: object({ who: 'Ann' }) }),
        told('queued', 1, 1002),
        told('began', 1, 1003),
        told('ended', 1, 1005, { error: 'no' }),
      ];
      const { name, eid } = bus;
      const lines = recordingLines({ bus: { name, eid }, description: bus.describe(), records, lost: 0 });
      await writeFile(file, [...lines].join(''));
    });
    afterAll(() => rm(folder, { recursive: true }));

    test('serves its page until it is stopped', async () => {
      const { text, exitCode } = await inspect([file], { until: 'Ctrl-C ends it.' });
      expect(text).toMatch(/^Recording .*shop\.jsonl: http:\/\/127\.0\.0\.1:\d+\/\?token=/);
      expect(exitCode).toBe(0);
    });

    test('lists and logs what is in it, and ends', async () => {
      expect((await inspect([file, 'subscriptions'])).text).toMatch(/orders#1 +printer +1 +0 +0 +1 +2\.000 +placed/);
      const { text } = await inspect([file, 'log']);
      expect(text).toContain('{who: "Ann"}');
      expect(text).toContain('failed at orders#1: no');
      expect((await inspect([file, 'top'])).exitCode).toBe(2);
    });
  });
});
