import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStreamServer, type StreamServer } from '../support/stream-server.js';
import { openUdpReceiver, type UdpReceiver } from '../support/udp-receiver.js';
import { openUnixReceiver } from '../support/unix-receivers.js';

jest.setTimeout(30_000);

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** The client in one file that loads quickly, where it finds its optional peer. */
const client = join(__dirname, '../../node_modules/.cache/client.cjs');
beforeAll(() => {
  buildSync({
    entryPoints: [join(__dirname, '../../src/client/client.ts')],
    outfile: client,
    bundle: true,
    platform: 'node',
    conditions: ['@stasis-rx/source'],
    external: ['unix-dgram'],
  });
});

/** Runs a program, with `statsd` made from the options, in a process of its own; gives what it printed, and its exit code. */
async function run(options: object, program: string): Promise<{ output: string; code: number | null }> {
  const script = `
    const { createStatsDClient } = require(${JSON.stringify(client)});
    const onError = (error) => console.log(error.code);
    const statsd = createStatsDClient({ ...${JSON.stringify(options)}, onError });
    (async () => { ${program} })();`;
  const child = spawn(process.execPath, ['--no-warnings', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUps.push(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { output, code };
}

async function tcpServer(...args: Parameters<typeof startStreamServer>): Promise<StreamServer> {
  const server = await startStreamServer(...args);
  cleanUps.push(() => server.close());
  return server;
}

async function udpReceiver(): Promise<UdpReceiver> {
  const receiver = await openUdpReceiver();
  cleanUps.push(() => receiver.close());
  return receiver;
}

describe('a process with a StatsD client', () => {
  it('sends everything on `await close()`, then exits', async () => {
    const receiver = await udpReceiver();
    const { port } = receiver;
    const result = await run({ port }, `statsd.increment('a'); await statsd.close(); console.log('closed');`);
    expect(result).toEqual({ output: 'closed\n', code: 0 });
    expect(await receiver.packets(1)).toEqual(['a:1|c']);
  });

  it('does so over TCP too', async () => {
    const server = await tcpServer();
    const { port } = server;
    const program = `statsd.increment('a'); await statsd.close(); console.log('closed');`;
    expect(await run({ protocol: 'tcp', port }, program)).toEqual({ output: 'closed\n', code: 0 });
    expect(await server.lines(1)).toEqual(['a:1|c']);
  });

  it('exits though the client is open, connected and idle', async () => {
    const server = await tcpServer();
    const { port } = server;
    const program = `statsd.increment('a'); await statsd.flush(); console.log('flushed');`;
    expect(await run({ protocol: 'tcp', port }, program)).toEqual({ output: 'flushed\n', code: 0 });
    const receiver = await udpReceiver();
    expect(await run({ port: receiver.port }, program)).toEqual({ output: 'flushed\n', code: 0 });
  });

  it('does so over unix datagrams too, whose socket cannot be told to let the process exit', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'stasis-rx-'));
    cleanUps.push(() => rmSync(directory, { recursive: true }));
    const path = join(directory, 'statsd.sock');
    const receiver = await openUnixReceiver(path);
    cleanUps.push(() => receiver.close());
    const idle = `statsd.increment('a'); await statsd.flush(); console.log('flushed');`;
    expect(await run({ protocol: 'unixgram', path }, idle)).toEqual({ output: 'flushed\n', code: 0 });
    const closing = `statsd.increment('b'); await statsd.close(); console.log('closed');`;
    expect(await run({ protocol: 'unixgram', path }, closing)).toEqual({ output: 'closed\n', code: 0 });
    expect(await receiver.packets(2)).toEqual(['a:1|c', 'b:1|c']);
  });

  it.each([false, true])('exits though metrics still wait for company, aggregated: %s', async (aggregate) => {
    const { port } = await udpReceiver();
    const options = { port, aggregate, flushIntervalMs: 60_000 };
    expect(await run(options, `statsd.increment('a');`)).toEqual({ output: '', code: 0 });
  });

  it('exits though metrics wait for a server that is away', async () => {
    const { port, close } = await tcpServer();
    await close();
    const result = await run({ protocol: 'tcp', port }, `statsd.increment('a'); await statsd.flush();`);
    expect(result).toEqual({ output: 'TRANSPORT\n', code: 0 });
  });

  it('closes, with an error and no crash, when the server is away or not known', async () => {
    const { port, close } = await tcpServer();
    await close();
    const program = `statsd.increment('a'); await statsd.close(); console.log(statsd.statistics().dropped);`;
    const closed = { output: 'TRANSPORT\n1\n', code: 0 };
    expect(await run({ protocol: 'tcp', port }, program)).toEqual(closed);
    for (const protocol of ['unix', 'unixgram', 'unixstream']) {
      expect(await run({ protocol, path: '/nowhere/statsd.sock' }, program)).toEqual(closed);
    }
    expect(await run({ host: 'no-such-host.invalid' }, program)).toEqual(closed);
  });
});
