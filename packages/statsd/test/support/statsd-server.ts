import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a server has been told since it was started. */
export interface Totals {
  /** Sums over all flushes, sample rates taken into account. */
  readonly counters: Record<string, number>;
  /** As of the last flush. */
  readonly gauges: Record<string, number>;
  /** Every value; the server sorts those of one flush. */
  readonly timers: Record<string, number[]>;
  /** Every member. */
  readonly sets: Record<string, string[]>;
}

/** The npm package `statsd` in a process of its own, on the loopback address, with UDP and TCP on one port. */
export interface StatsDServer {
  readonly port: number;
  /** Waits for a flush after which the totals are so. */
  until(isSo: (totals: Totals) => boolean): Promise<Totals>;
  /** Kills the process, without warning, and waits for its end. */
  kill(): Promise<void>;
}

/** Starts a server, and waits for its first flush: then it listens. Two free ports are looked for unless one is given. */
export async function startStatsDServer(port?: number): Promise<StatsDServer> {
  const usedPort = port ?? (await freePort());
  const directory = mkdtempSync(join(tmpdir(), 'stasis-rx-statsd-'));
  const configFile = join(directory, 'config.js');
  writeFileSync(configFile, JSON.stringify(configOf(usedPort, await freePort())));
  const stats = createRequire(__filename).resolve('statsd/stats.js');
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--require', join(__dirname, 'removed-from-node.cjs'), stats, configFile],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const kill = async () => {
    await killed(child);
    process.off('exit', killWithUs);
    rmSync(directory, { recursive: true, force: true });
  };
  const flushes = new Flushes(child);
  try {
    await flushes.until(() => true);
  } catch (error) {
    await kill();
    throw error;
  }
  return { port: usedPort, until: (isSo) => flushes.until(isSo), kill };
}

function configOf(port: number, managementPort: number): object {
  const address = '127.0.0.1';
  return {
    servers: [
      { server: './servers/udp', address, port },
      { server: './servers/tcp', address, port },
    ],
    mgmt_address: address,
    mgmt_port: managementPort,
    flushInterval: 100,
    backends: [join(__dirname, 'json-backend.cjs')],
  };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/**
 * A port that is free for TCP and UDP, from below those that systems hand out by themselves: so nothing else takes it
 * while a server that was killed is away.
 */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  return (await isFree(port)) ? port : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const socket = createSocket('udp4');
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}

/** How long a test waits for a server before it fails with what the server has said. */
const patienceMs = 20_000;

/** Adds up what the server prints. */
class Flushes {
  readonly #totals: Totals = { counters: {}, gauges: {}, timers: {}, sets: {} };
  readonly #waiting = new Set<() => void>();
  #failure: Error | undefined;

  constructor(child: ChildProcess) {
    createInterface(child.stdout!).on('line', (line) => {
      if (line.startsWith('FLUSH ')) this.#add(JSON.parse(line.slice(6)) as Totals);
    });
    child.once('exit', (code, signal) => {
      this.#failure = new Error(`the server has ended: ${String(code ?? signal)}`);
      this.#wake();
    });
  }

  until(isSo: (totals: Totals) => boolean): Promise<Totals> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.#failure === undefined && !isSo(this.#totals)) return;
        this.#waiting.delete(look);
        clearTimeout(deadline);
        if (this.#failure !== undefined) reject(this.#failure);
        else resolve(structuredClone(this.#totals));
      };
      const giveUp = () => {
        this.#failure = new Error(`not so within ${patienceMs} ms: ${JSON.stringify(this.#totals)}`);
        look();
      };
      const deadline = setTimeout(giveUp, patienceMs);
      this.#waiting.add(look);
    });
  }

  #add({ counters, gauges, timers, sets }: Totals): void {
    const totals = this.#totals;
    for (const [name, count] of Object.entries(counters)) totals.counters[name] = (totals.counters[name] ?? 0) + count;
    for (const [name, values] of Object.entries(timers)) (totals.timers[name] ??= []).push(...values);
    for (const [name, members] of Object.entries(sets)) (totals.sets[name] ??= []).push(...members);
    Object.assign(totals.gauges, gauges);
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}
