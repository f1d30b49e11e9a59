import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const AGAIN_AFTER_MS = 3000;
const STOPPED_WITHIN_MS = 3000;

/** A process that is started again whenever it ends. */
export interface KeptProcess {
  readonly pid: number | undefined;
  /** Asks it to end, and kills it when it does not. */
  stop(): Promise<void>;
}

/**
 * Starts a module as a process, with what Node was started with, and again three seconds after it has ended.
 *
 * @param onEnd called with how it ended, each time but the last
 */
export function keepRunning(module: string, args: readonly string[], onEnd: (how: string) => void): KeptProcess {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopping = (): boolean => signal.aborted;
  let child = start();
  void (async () => {
    while (!isStopping()) {
      const [code, killedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      if (!isStopping()) onEnd(killedBy ?? `code ${code}`);
      await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
      if (!isStopping()) child = start();
    }
  })();

  // In a group of its own: Ctrl-C is for whoever keeps it.
  function start(): ChildProcess {
    return fork(module, args, { detached: true });
  }

  return {
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping.abort();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
      await ended;
      clearTimeout(kill);
    },
  };
}
