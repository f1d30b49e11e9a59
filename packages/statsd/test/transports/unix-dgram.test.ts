import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as threads from 'node:worker_threads';
import { loadUnixDgram } from '../../src/transports/unix-dgram.js';

describe('loadUnixDgram', () => {
  it('loads the package, which `npm run unix-dgram:build` has compiled', async () => {
    expect((await loadUnixDgram()).createSocket).toEqual(expect.any(Function));
  });

  it('says what to install when it is not there', async () => {
    const failure = loadUnixDgram('unix-dgram-that-is-not-there');
    await expect(failure).rejects.toThrow(
      'the package unix-dgram-that-is-not-there, which unix datagrams need, is not there: npm install unix-dgram-that-is-not-there',
    );
    await expect(failure).rejects.toHaveProperty('cause.code', 'MODULE_NOT_FOUND');
  });

  it('says what to do when it is there and does not load, as when it was installed without being compiled', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'stasis-rx-'));
    const file = join(directory, 'not-compiled.cjs');
    writeFileSync(file, `throw new Error('Could not locate the bindings file')`);
    const failure = loadUnixDgram(file);
    await expect(failure).rejects.toThrow(`which unix datagrams need, does not load: npm rebuild ${file}`);
    await expect(failure).rejects.toHaveProperty('cause.message', 'Could not locate the bindings file');
    rmSync(directory, { recursive: true });
  });

  it('refuses a worker, where the package would bring the process down', async () => {
    const module = jest.spyOn(process, 'getBuiltinModule').mockReturnValue({ ...threads, isMainThread: false });
    await expect(loadUnixDgram()).rejects.toThrow('unix datagrams can be sent from the main thread only');
    module.mockRestore();
  });

  it('is an error of the client in a worker, and no crash', async () => {
    const client = JSON.stringify(join(__dirname, '../../src/client/client.ts'));
    const worker = `
      require(${JSON.stringify(require.resolve('tsx/cjs'))});
      const { createStatsDClient } = require(${client});
      const onError = (error) => console.log(error.message);
      const statsd = createStatsDClient({ protocol: 'unixgram', path: '/run/statsd.sock', onError });
      statsd.increment('a');
      statsd.close().then(() => console.log(statsd.statistics().dropped));`;
    const main = `new (require('node:worker_threads').Worker)(${JSON.stringify(worker)}, { eval: true });`;
    const child = spawn(process.execPath, ['--conditions=@stasis-rx/source', '--no-warnings', '--eval', main], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(output).toBe(
      '[statsd] cannot connect to unixgram /run/statsd.sock: unix datagrams can be sent from the main thread only (1 metric line lost).\n1\n',
    );
    expect(code).toBe(0);
  });
});
