/**
 * Resolves in a later task, once timers and I/O have had their turn. For contenders that deliver in later tasks. In a page a
 * message is sooner than a timer, which waits for 4 ms once it has been set from timers a few times.
 */
export function nextTask(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (task: () => void) => unknown };
  return new Promise((resolve) => {
    if (setImmediate === undefined) onMessage(resolve);
    else setImmediate(resolve);
  });
}

function onMessage(task: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(undefined);
}
