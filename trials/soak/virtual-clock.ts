/** Some looks at the clock of a drain make up its 8 ms: so soaks see drains give way, and small ones that do not. */
const STEP_MS = 0.25;

/**
 * Has `performance.now()` move on by the same little each time somebody looks. By that clock the bus decides when a drain
 * gives way to timers and I/O, and by macrotasks it learns that these have had their turn; nothing else that it does depends
 * on time. So a seed repeats a run to the letter: once message channels, which by themselves run a race with
 * `setImmediate`, come in turn with it, and the stretch of work is forgotten that was begun by another clock.
 *
 * @returns what brings the real clock and channels back
 */
export function useVirtualClock(): () => void {
  const real = { now: performance.now.bind(performance), MessageChannel };
  let now = 0;
  performance.now = () => (now += STEP_MS);
  globalThis.MessageChannel = ChannelInTurn as never;
  forgetStretch();
  return () => {
    performance.now = real.now;
    globalThis.MessageChannel = real.MessageChannel;
    forgetStretch();
  };
}

/** As much of a message channel as a macrotask needs. */
class ChannelInTurn {
  readonly port1 = { onmessage: (): void => undefined, close: (): void => undefined };
  readonly port2 = { postMessage: (): void => void setImmediate(() => this.port1.onmessage()) };
}

/** What all buses of a process find under this symbol: when they began to drain. */
function forgetStretch(): void {
  Reflect.deleteProperty(globalThis, Symbol.for('stasis-rx.stretch'));
}

/** Milliseconds since some moment, by a clock that cannot be replaced. */
export function realNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
