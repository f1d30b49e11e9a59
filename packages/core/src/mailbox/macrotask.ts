/** Calls back in a later task, after timers and I/O have had their turn. */
export type Later = (task: () => void) => void;

interface Platform {
  readonly setImmediate?: Later;
  readonly setTimeout: Later;
  readonly Deno?: unknown;
}

/** The soonest such task, by what there is now: whoever keeps it is not touched by a test runner that fakes it later. */
export function macrotask(): Later {
  const { setImmediate, setTimeout, Deno } = globalThis as unknown as Platform;
  // Many of Deno's immediates may run in a row before it looks at its sockets.
  if (Deno !== undefined) return (task) => setTimeout(task);
  if (setImmediate !== undefined) return (task) => setImmediate(task);
  return hasChannels() ? onMessage : (task) => setTimeout(task);
}

/**
 * Calls back, once or twice, when timers and I/O have had their turn, whatever test runners have made of the timers: these
 * leave message channels alone. Where there are none, nobody can know, and it does not call back.
 *
 * @returns whether it will call back
 */
export function onEveryMacrotask(task: () => void): boolean {
  if (!hasChannels()) return false;
  const { setImmediate, Deno } = globalThis as unknown as Platform;
  setImmediate?.(task);
  // Deno may deliver a message in a microtask, when nothing has had its turn.
  if (Deno === undefined) onMessage(task);
  return true;
}

function hasChannels(): boolean {
  return typeof MessageChannel === 'function';
}

function onMessage(task: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(undefined);
}
