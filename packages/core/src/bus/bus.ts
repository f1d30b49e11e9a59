import type { Observable } from 'rxjs';
import { AbortSignals } from '../subscriptions/abort-signals.js';
import { Activity } from '../mailbox/activity.js';
import { safelyAround, type Around } from '../mailbox/around.js';
import { assert, assertFunction, assertName, assertOptions, assertSignal, assertStrings } from '../errors/assert.js';
import type { BusContext } from './bus-context.js';
import { MessageTypeCounters } from '../topics/counters.js';
import { Delivery } from '../mailbox/delivery.js';
import { StasisError } from '../errors/errors.js';
import { Closing } from './closing.js';
import { BusEvents, type BusEvent } from './events.js';
import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import type { Message } from '../messages/message.js';
import { reportError, type ErrorHook } from '../errors/report-error.js';
import { NumberedNames } from './numbered-names.js';
import { readStatistics, type BusStatistics } from './statistics.js';
import { Stopwatch } from '../mailbox/stopwatch.js';
import { Topic } from '../topics/topic.js';
import { DispatcherTurn, SharedTurn, type Dispatcher, type Turn } from '../mailbox/turn.js';
import { DEFAULT_WATER_MARKS, waterMarks, type WaterMarkOptions, type WaterMarks } from '../mailbox/water-marks.js';

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
  assertOptions('createBus', options, {
    name: assertName,
    eid: assertName,
    dispatcher: assertFunction,
    around: assertFunction,
    onError: assertFunction,
    declinedMessageTypes: assertStrings,
  });
  return new LiveBus(options);
}

/** The class behind {@link Bus}, which is also what the bus lends to its topics and subscriptions. */
class LiveBus implements Bus, BusContext {
  readonly name: string;
  readonly eid: string;
  readonly delivery = new Delivery(this);
  readonly writing = new Delivery(this);
  readonly activity = new Activity();
  readonly turn: Turn;
  readonly performance = performance;
  readonly stopwatch = new Stopwatch(performance);
  readonly signals = new AbortSignals();
  readonly marks: WaterMarks;
  readonly messageTypes = new MessageTypeCounters();
  readonly events = new BusEvents(this.delivery, {
    report: (error) => {
      reportError(error, this.#onError);
    },
  });
  readonly subscriptions = new Set<LiveSubscription>();
  readonly declined: ReadonlySet<string>;
  subscriptionCount = 0;
  readonly #topics = new Map<string, Topic>();
  readonly #numbered = new NumberedNames();
  readonly #onError: ErrorHook<StasisError> | undefined;
  readonly #around: Around;
  #isClosed = false;

  constructor(options: BusOptions) {
    this.marks = waterMarks('createBus', options, DEFAULT_WATER_MARKS);
    this.name = options.name ?? 'bus';
    this.eid = options.eid ?? randomEid();
    this.declined = new Set(options.declinedMessageTypes);
    this.#onError = options.onError;
    this.#around = safelyAround(options.around, (error) => {
      this.report(error);
    });
    const { dispatcher } = options;
    this.turn = dispatcher === undefined ? new SharedTurn(this.#around) : this.turnOf(dispatcher);
  }

  topic<M extends Message = Message>(name: string, options: TopicOptions = {}): Topic<M> {
    const known = this.#topics.get(name);
    if (known !== undefined) return known as unknown as Topic<M>;
    assertName('bus.topic', 'name', name);
    assertOptions('bus.topic', options, {});
    const { detail = '' } = options;
    assert(typeof detail === 'string', 'bus.topic', 'detail to be a string', detail);
    if (this.#isClosed) throw new StasisError('BUS_CLOSED', `[core] bus.topic(): the bus "${this.name}" is closed.`);
    const topic = new Topic<M>(name, detail, this);
    this.#topics.set(name, topic as unknown as Topic);
    topic.audience.onEnd(this.#forget);
    this.events.emit({ type: 'topic-created', topic: name });
    return topic;
  }

  newTopic<M extends Message>(name: string): Topic<M> {
    const topics = this.#topics;
    return this.topic(topics.has(name) ? this.#numbered.take(name, (taken) => topics.has(taken)) : name);
  }

  find(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  topics(): Topic[] {
    return [...this.#topics.values()];
  }

  statistics(): BusStatistics {
    return readStatistics(this.topics(), this);
  }

  get events$(): Observable<BusEvent> {
    return this.events.events$;
  }

  settled(): Promise<void> {
    return this.activity.settled();
  }

  close(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    assertOptions('bus.close', options, { signal: assertSignal });
    // A signal that cannot be listened to is refused before anything has ended.
    const closing = new Closing(this.subscriptions);
    const { signal } = options;
    const stop = signal && this.signals.listen('bus.close', signal, closing.giveUp);
    if (signal?.aborted === true) closing.giveUp();
    this.#isClosed = true;
    this.delivery.stage(() => {
      for (const topic of this.topics()) topic.complete();
    });
    return closing.wait().then(() => {
      stop?.();
      this.events.complete();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  turnOf(dispatcher: Dispatcher): Turn {
    return new DispatcherTurn(dispatcher, this.#around, this.delivery, (error) => {
      this.report(error);
    });
  }

  report(error: StasisError, hook: ErrorHook<StasisError> | undefined = this.#onError): void {
    reportError(error, hook);
    this.events.emit({ type: 'error', error });
  }

  readonly #forget = (topic: Topic): void => {
    this.#topics.delete(topic.name);
    this.#numbered.free(topic.name);
    this.events.emit({ type: 'topic-ended', topic: topic.name });
  };
}

/** 64 random bits as hexadecimal digits. */
function randomEid(): string {
  const [bits] = crypto.getRandomValues(new BigUint64Array(1)) as unknown as [bigint];
  return bits.toString(16).padStart(16, '0');
}
