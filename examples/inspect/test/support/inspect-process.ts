import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { WebSocket } from 'ws';
import type { InspectorRecord, Report } from '@stasis-rx/inspector';

/** The example, as `npm run inspect` starts it, and one who looks at it. */
export class InspectProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  #printed = '';

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@stasis-rx/source', 'main.ts', ...args], {
      cwd: resolve(__dirname, '../..'),
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

  /** The address of the page, once it is printed. */
  async address(): Promise<URL> {
    for (;;) {
      const [, address] = /The inspector: (\S+)\n/.exec(this.#printed) ?? [];
      if (address !== undefined) return new URL(address);
      const next = [
        once(this.#child.stdout!, 'data'),
        this.#ended.then(() => Promise.reject(new Error(this.#printed))),
      ];
      await Promise.race(next);
    }
  }

  /** Looks on until something is so, by all that has been recorded by then. */
  async looksOnUntil(isSo: (records: readonly InspectorRecord[]) => boolean): Promise<readonly InspectorRecord[]> {
    const address = await this.address();
    const { host, search } = address;
    const socket = new WebSocket(`ws://${host}/inspect${search}`);
    const records: InspectorRecord[] = [];
    try {
      await new Promise<void>((found, lost) => {
        socket.on('error', lost);
        socket.on('close', () => lost(new Error(`the connection was lost: ${this.#printed}`)));
        socket.on('message', (text: Buffer) => {
          const report = JSON.parse(text.toString()) as Report;
          if ('records' in report) for (const record of report.records) records.push(record);
          if (isSo(records)) found();
        });
      });
    } finally {
      socket.removeAllListeners('close');
      socket.terminate();
    }
    return records;
  }

  /** Ctrl-C. Resolves with the exit code. */
  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.end();
  }

  /** Resolves with the exit code when it has ended. */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** Whatever has gone wrong, it does not stay. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
