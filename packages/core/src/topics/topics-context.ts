import type { Reporter } from '../errors/observers.js';
import type { BusyMailboxes } from '../mailbox/busy-mailboxes.js';
import type { Contexts } from '../mailbox/contexts.js';
import type { Stopwatch, SteadyTime } from '../mailbox/stopwatch.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { BusEventSink } from '../watching/bus-event.js';
import type { Probes } from '../watching/probes.js';
import type { MessageTypeCounters } from './counters.js';
import type { Gate } from './gate.js';

/** What topics need of the bus that they are on. */
export interface TopicsContext extends Reporter {
  /** Synchronous handlers, plain observers, and the end of topics. */
  readonly delivery: Trampoline;
  /** Taps. */
  readonly tapping: Trampoline;
  /** The global one, looked up once. */
  readonly performance: SteadyTime;
  /** For whatever is not begun while something is being delivered. */
  readonly stopwatch: Stopwatch;
  readonly busyMailboxes: BusyMailboxes;
  readonly messageTypes: MessageTypeCounters;
  /** Carries the context of a publish to the handlers, where that is asked for (K1). */
  readonly contexts: Contexts | undefined;
  /** Names of the message types whose messages go nowhere (M6). */
  readonly declined: ReadonlySet<string>;
  /** Who watches the bus (P1). */
  readonly probes: Probes;
  /** Keeps what is published while the bus is held (H1). */
  readonly gate: Gate;
  /** Calls back when a signal aborts; of one that has aborted, never. Returns what stops that. */
  readonly signals: { listen(call: string, signal: AbortSignal, callback: () => void): () => void };
  /** Takes what is to be told on `bus.events$`. */
  readonly events: BusEventSink;
}
