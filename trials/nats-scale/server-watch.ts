import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startNatsServer, type NatsServer } from '../../packages/nats/test/support/nats-server.js';

/** What a server has done since it began, and what it uses. */
export interface ServerFigures {
  readonly inMessages: number;
  readonly outMessages: number;
  readonly inBytes: number;
  readonly outBytes: number;
  readonly memoryBytes: number;
  readonly cpuMs: number;
}

/** Fifty that join at once on one machine are slow to read: nobody is to be cut off for that. */
const PATIENCE = 'write_deadline: "60s"\nmax_pending: 512MB';

interface Varz {
  readonly version: string;
  readonly in_msgs: number;
  readonly out_msgs: number;
  readonly in_bytes: number;
  readonly out_bytes: number;
  readonly mem: number;
}

/** A server of its own, which can be asked for its figures. */
export class WatchedServer {
  readonly server: NatsServer;
  readonly #varz: string;
  readonly #folder: string;
  readonly #ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

  private constructor(server: NatsServer, varz: string, folder: string) {
    this.server = server;
    this.#varz = varz;
    this.#folder = folder;
  }

  static async start(): Promise<WatchedServer> {
    const folder = mkdtempSync(join(tmpdir(), 'stasis-scale-'));
    const port = await freePort();
    const lines = [`http: "127.0.0.1:${port}"`, `pid_file: ${JSON.stringify(join(folder, 'pid'))}`, PATIENCE];
    return new WatchedServer(await startNatsServer(lines.join('\n')), `http://127.0.0.1:${port}/varz`, folder);
  }

  async version(): Promise<string> {
    return (await this.#ask()).version;
  }

  async figures(): Promise<ServerFigures> {
    const { in_msgs, out_msgs, in_bytes, out_bytes, mem } = await this.#ask();
    return {
      inMessages: in_msgs,
      outMessages: out_msgs,
      inBytes: in_bytes,
      outBytes: out_bytes,
      memoryBytes: mem,
      cpuMs: this.#cpuMs(),
    };
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(): Promise<Varz> {
    return (await (await fetch(this.#varz)).json()) as Varz;
  }

  /** What the monitoring endpoint says of the processor is of one moment; the kernel counts. */
  #cpuMs(): number {
    const pid = readFileSync(join(this.#folder, 'pid'), 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / this.#ticksPerSecond;
  }
}
