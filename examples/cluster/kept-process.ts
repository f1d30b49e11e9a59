import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const AGAIN_AFTER_MS = 3000;
const STOPPED_WITHIN_MS = 3000;

/** A process that is started again, three seconds after it has ended. */
export interface KeptProcess extends AsyncDisposable {
  /** Of the one that runs, or ran last. */
  readonly pid: number | undefined;
}

/**
 * Starts a process, and again whenever it ends, until it is disposed of: then it is asked to end, and killed when it does
 * not within three seconds.
 *
 * @param name for what is said of it
 * @param start makes the process. Let it be `detached`: Ctrl-C is for whoever keeps it
 * @param say called with how it ended, and with what took its place
 */
export function keepRunning(name: string, start: () => ChildProcess, say: (text: string) => void): KeptProcess {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child = start();
  let ended = endOf(child);
  const kept = keep();
  return {
    get pid() {
      return child.pid;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
      await ended;
      clearTimeout(kill);
      await kept;
    },
  };

  async function keep(): Promise<void> {
    for (;;) {
      const how = await ended;
      if (signal.aborted) return;
      say(`${name} ended (${how}); it is started again in three seconds.`);
      await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
      if (isAborted(signal)) return;
      child = start();
      ended = endOf(child);
      say(`${name} is process ${child.pid} now.`);
    }
  }
}

/** How a process ended, or why it could not be started. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return killedBy ?? `code ${code}`;
  } catch (error) {
    return String(error);
  }
}

/** TypeScript does not know that waiting changes it. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
