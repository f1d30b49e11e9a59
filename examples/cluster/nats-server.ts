import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** A `nats-server` for this example alone. */
export interface NatsServer {
  /** Where servers connect. */
  readonly url: string;
  /** Where pages connect. */
  readonly webSocketUrl: string;
  /** Ends it, and removes what it has stored. */
  stop(): Promise<void>;
}

/**
 * Starts a `nats-server` on this machine's loopback interface, with JetStream in a temporary folder, and WebSocket.
 *
 * @throws Error when there is no `nats-server`, or it does not start
 */
export async function startNatsServer(): Promise<NatsServer> {
  const [port, webSocketPort] = [await freePort(), await freePort()];
  const folder = await mkdtemp(join(tmpdir(), 'stasis-cluster-'));
  const config = join(folder, 'server.conf');
  await writeFile(
    config,
    `listen: "127.0.0.1:${port}"
jetstream { store_dir: ${JSON.stringify(folder)} }
websocket { listen: "127.0.0.1:${webSocketPort}", no_tls: true }
`,
  );
  // In a group of its own: Ctrl-C is for whoever started it, who has others leave first.
  const server = spawn('nats-server', ['-c', config], { stdio: 'ignore', detached: true });
  const ended = once(server, 'exit');
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.kill()) await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await started(server, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `nats://127.0.0.1:${port}`, webSocketUrl: `ws://127.0.0.1:${webSocketPort}`, stop };
}

async function started(server: ChildProcess, port: number): Promise<void> {
  await once(server, 'spawn').catch((cause: unknown) => {
    throw new Error('nats-server cannot be started. `npm run nats:install` installs it.', { cause });
  });
  for (let attempt = 0; attempt < 200 && server.exitCode === null; attempt++) {
    if (await isListening(port)) return;
    await delay(25);
  }
  throw new Error(`nats-server does not listen on port ${port}.`);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
