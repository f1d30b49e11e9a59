/** Calls back in a later task, after timers and I/O have had their turn. */
export type Later = (task: () => void) => void;

interface Timers {
  readonly setImmediate?: Later;
  readonly setTimeout: Later;
}

/** The soonest such task, by what there is now: whoever keeps it is not touched by a test runner that fakes it later. */
export function macrotask(): Later {
  const { setImmediate, setTimeout } = globalThis as unknown as Timers;
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
  const { setImmediate } = globalThis as unknown as Timers;
  setImmediate?.(task);
  onMessage(task);
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
