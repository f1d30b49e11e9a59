import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { keepRunning } from './kept-process.js';

/** A `nats-server` for this example alone. Disposing of it ends it, and removes what it has stored. */
export interface NatsServer extends AsyncDisposable {
  readonly pid: number | undefined;
  /** Where servers connect. */
  readonly url: string;
  /** Where pages connect. */
  readonly webSocketUrl: string;
}

/**
 * Starts a `nats-server` on this machine's loopback interface, with JetStream in a temporary folder, and WebSocket. When
 * it ends it is started again, at the same addresses, with what it has stored.
 *
 * @param origins of the pages that may connect: a browser lets any page of the web reach this machine
 * @param say called with what happens to it
 * @throws Error when there is no `nats-server`, or it does not start
 */
export async function startNatsServer(origins: readonly string[], say: (text: string) => void): Promise<NatsServer> {
  await findProgram();
  const [port, webSocketPort] = [await freePort(), await freePort()];
  const folder = await mkdtemp(join(tmpdir(), 'stasis-cluster-'));
  const config = join(folder, 'server.conf');
  await writeFile(
    config,
    `listen: "127.0.0.1:${port}"
jetstream { store_dir: ${JSON.stringify(folder)} }
websocket { listen: "127.0.0.1:${webSocketPort}", no_tls: true, allowed_origins: ${JSON.stringify(origins)} }
`,
  );
  const start = () => spawn('nats-server', ['-c', config], { stdio: 'ignore', detached: true });
  const server = keepRunning('nats-server', start, say);
  const dispose = async (): Promise<void> => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  if (!(await listens(port))) {
    await dispose();
    throw new Error(`nats-server does not listen on port ${port}.`);
  }
  return {
    get pid() {
      return server.pid;
    },
    url: `nats://127.0.0.1:${port}`,
    webSocketUrl: `ws://127.0.0.1:${webSocketPort}`,
    [Symbol.asyncDispose]: dispose,
  };
}

async function findProgram(): Promise<void> {
  try {
    await promisify(execFile)('nats-server', ['--version']);
  } catch (cause) {
    const hint = '`npm run nats:install` (scripts/install-nats-server.sh) installs it.';
    throw new Error(`There is no nats-server that can be started. ${hint}`, { cause });
  }
}

/** Whether somebody listens there, within five seconds. */
async function listens(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      await delay(25);
    } finally {
      socket.destroy();
    }
  }
  return false;
}
