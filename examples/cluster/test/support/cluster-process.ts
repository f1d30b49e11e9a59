import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './until.js';

/** The example, as `npm run cluster` starts it, with a folder of its own for what it stores. */
export class ClusterProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stasis-rx-cluster-test-'));
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  #printed = '';

  constructor(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    const node = ['--import', 'tsx', '--conditions=@stasis-rx/source', 'cluster.ts'];
    this.#child = spawn(process.execPath, [...node, ...args], {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, TMPDIR: this.#folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (text) => (this.#printed += String(text)));
    }
  }

  /** All that it has printed. */
  get printed(): string {
    return this.#printed;
  }

  /** The process ids that it has printed, by name: those of now. */
  get pids(): ReadonlyMap<string, number> {
    const first = /^Processes: (.*)$/m.exec(this.#printed)?.[1] ?? '';
    const printed = [...first.matchAll(/(\S+) (\d+)/g), ...this.#printed.matchAll(/^(\S+) is process (\d+) now\.$/gm)];
    return new Map(printed.map(([, name = '', pid]) => [name, Number(pid)]));
  }

  /** What there is of it: names of processes that run, and of folders that it has made. */
  get remains(): string[] {
    const running = [...this.pids].filter(([, pid]) => existsSync(`/proc/${pid}`)).map(([name]) => name);
    return [...running, ...this.stored];
  }

  /** The folders that it has made. */
  get stored(): string[] {
    return readdirSync(this.#folder).filter((name) => name.startsWith('stasis-cluster-'));
  }

  /** The address of the page, once it is printed. */
  async address(): Promise<string> {
    await until(() => this.#printed.includes('Try: kill -9'));
    return /The page: (\S+)/.exec(this.#printed)?.[1] ?? '';
  }

  /** Kills one of its processes at once. */
  kill(name: string): void {
    const pid = this.pids.get(name);
    if (pid === undefined) throw new Error(`there is no ${name} in: ${this.#printed}`);
    process.kill(pid, 'SIGKILL');
  }

  /** Reads no more of what it prints. */
  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves with its exit code, or the signal that ended it. */
  async ended(): Promise<unknown> {
    const [code, signal] = await this.#ended;
    return code ?? signal;
  }

  /** Ends it, however the test went. */
  async dispose(): Promise<void> {
    this.signal('SIGTERM');
    await this.#ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
