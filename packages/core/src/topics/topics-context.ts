import type { Reporter } from '../errors/observers.js';
import type { BusyMailboxes } from '../mailbox/busy-mailboxes.js';
import type { Contexts } from '../mailbox/contexts.js';
import type { Stopwatch, SteadyTime } from '../mailbox/stopwatch.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { MessageTypeCounters } from './counters.js';

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
  /** Takes what is to be told on `bus.events$`. */
  readonly events: { emit(event: ForwardEvent): void };
}

/** Told when a forward is made, and when its handle ends it. */
export interface ForwardEvent {
  readonly type: 'forwarded' | 'forward-cancelled';
  readonly from: string;
  readonly to: string;
}
