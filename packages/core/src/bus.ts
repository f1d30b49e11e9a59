import type { Observable } from 'rxjs';
import type { Around } from './around.js';
import { assertName, assertOptionalArray, assertOptionalFunction, assertOptionalSignal } from './assert.js';
import { createBusContext, type BusContext } from './bus-context.js';
import { InvalidArgumentError, StasisError } from './errors.js';
import type { BusEvent } from './events.js';
import type { Message } from './message.js';
import { readStatistics, type BusStatistics } from './statistics.js';
import { Topic } from './topic.js';
import type { Dispatcher } from './turn.js';
import type { WaterMarkOptions } from './water-marks.js';

/** How a bus is made. All of it is optional; it is read once. */
export interface BusOptions extends WaterMarkOptions {
  /** For people. Default: `bus`. */
  readonly name?: string | undefined;
  /** Which entity this bus is to others. Default: a random one. */
  readonly eid?: string | undefined;
  /** When mailboxes are drained. Default: in a microtask; a long drain gives way to timers and I/O. */
  readonly dispatcher?: Dispatcher | undefined;
  /**
   * Surrounds the handlers (S9): called with each drain of mailboxes, which it must call once before it returns, for
   * instance inside an `AsyncLocalStorage` or a zone. Default: they run in the surroundings of whoever published first.
   */
  readonly around?: Around | undefined;
  /** Takes what fails where nobody else asked for it: handlers (`DispatchError`), topics ended by an error. Default: where RxJS reports an unhandled error. */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /** Names of message types whose messages go nowhere (M6). Default: none. */
  readonly declinedMessageTypes?: readonly string[] | undefined;
}

/** Everything hangs from a bus: topics, subscriptions, and the order among them. */
export interface Bus {
  /** For people. */
  readonly name: string;
  /** Which entity this bus is to others: what stands for the local entity outside of it. */
  readonly eid: string;
  /**
   * Gets the topic of this name, or makes it. `detail` is a text for people (T1). Models `stasis_topic_create`.
   * @throws InvalidArgumentError when the name or detail cannot work
   * @throws StasisError `BUS_CLOSED` when the bus is closed
   */
  topic<M extends Message = Message>(name: string, options?: TopicOptions): Topic<M>;
  /** The topic of this name, if there is one that has not ended. */
  find(name: string): Topic | undefined;
  /** The topics that have not ended, in the order in which they were made; a snapshot. */
  topics(): Topic[];
  /** What the bus has done so far, as plain JSON (Z1): a snapshot. O(topics + subscriptions). */
  statistics(): BusStatistics;
  /** What happens to topics, subscriptions and forwards, congestion, drops and errors. Completes when the bus has closed. */
  readonly events$: Observable<BusEvent>;
  /** Resolves when every mailbox is empty and every handler has finished: for tests and for shutdown. */
  settled(): Promise<void>;
  /**
   * Completes every topic and waits until every subscription has had its final message. Doing it again waits again.
   * @param options `signal`: stops the waiting, for instance for a handler that hangs; the promise then resolves
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a topic is given beside its name. */
export interface TopicOptions {
  /** A text for people (T1). Default: empty. Not looked at when the topic is there already. */
  readonly detail?: string | undefined;
}

/**
 * Makes a bus. Buses share nothing: no topics, no order, no settings.
 *
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * const bus = createBus({ name: 'calls' });
 * const calls = bus.topic('calls');
 */
export function createBus(options: BusOptions = {}): Bus {
  assertOptions(options);
  return new LiveBus(options);
}

class LiveBus implements Bus {
  readonly name: string;
  readonly eid: string;
  readonly #topics = new Map<string, Topic>();
  readonly #context: BusContext;
  #isClosed = false;

  constructor(options: BusOptions) {
    this.name = options.name ?? 'bus';
    this.eid = options.eid ?? randomEid();
    this.#context = createBusContext(options, {
      topic: (name) => this.topic(name),
      newTopic: (name) => this.topic(this.#freeName(name)),
    });
  }

  topic<M extends Message = Message>(name: string, { detail = '' }: TopicOptions = {}): Topic<M> {
    const known = this.#topics.get(name);
    if (known !== undefined) return known as unknown as Topic<M>;
    assertName('[core] bus.topic()', 'name', name);
    if (typeof detail !== 'string') {
      throw new InvalidArgumentError('[core] bus.topic()', 'detail to be a string', detail);
    }
    if (this.#isClosed) throw new StasisError('BUS_CLOSED', `[core] bus.topic(): the bus "${this.name}" is closed.`);
    const topic = new Topic<M>(name, detail, this.#context);
    this.#topics.set(name, topic as unknown as Topic);
    topic.audience.onEnd(this.#forget);
    this.#context.events.emit({ type: 'topic-created', topic: name });
    return topic;
  }

  find(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  topics(): Topic[] {
    return [...this.#topics.values()];
  }

  statistics(): BusStatistics {
    const { subscriptions, messageTypes } = this.#context;
    return readStatistics(this.topics(), subscriptions, messageTypes.values());
  }

  get events$(): Observable<BusEvent> {
    return this.#context.events.events$;
  }

  settled(): Promise<void> {
    return this.#context.activity.settled();
  }

  close({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    assertOptionalSignal('[core] bus.close()', signal);
    this.#isClosed = true;
    this.#context.delivery.stage(() => {
      for (const topic of this.topics()) topic.complete();
    });
    return this.#joinAll(signal);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #joinAll(signal: AbortSignal | undefined): Promise<void> {
    const { subscriptions, signals, events } = this.#context;
    const joined = Promise.all([...subscriptions].map((subscription) => subscription.join()));
    let stopListening: (() => void) | undefined;
    const aborted = new Promise<void>((resolve) => {
      if (signal !== undefined) stopListening = signals.onAbort(signal, resolve);
    });
    await Promise.race([joined, aborted]);
    stopListening?.();
    events.complete();
  }

  readonly #forget = (topic: Topic): void => {
    this.#topics.delete(topic.name);
    this.#context.events.emit({ type: 'topic-ended', topic: topic.name });
  };

  #freeName(name: string): string {
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name}-${number}`;
      if (!this.#topics.has(candidate)) return candidate;
    }
  }
}

/** 64 random bits as hexadecimal digits. */
function randomEid(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function assertOptions({ name, eid, dispatcher, around, onError, declinedMessageTypes }: BusOptions): void {
  const call = '[core] createBus()';
  if (name !== undefined) assertName(call, 'name', name);
  if (eid !== undefined) assertName(call, 'eid', eid);
  assertOptionalFunction(call, 'dispatcher', dispatcher);
  assertOptionalFunction(call, 'around', around);
  assertOptionalFunction(call, 'onError', onError);
  assertOptionalArray(
    call,
    'declinedMessageTypes',
    'message type name',
    declinedMessageTypes,
    (type) => typeof type === 'string',
  );
}
