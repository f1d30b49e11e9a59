import type { Observable } from 'rxjs';
import { assert, assertName, assertOptions, assertSignal } from '../errors/assert.js';
import { StasisError } from '../errors/errors.js';
import { reportError, type ErrorHook } from '../errors/report-error.js';
import { BusyMailboxes } from '../mailbox/busy-mailboxes.js';
import { safelyAround, type Around } from '../mailbox/around-drains.js';
import { aroundFromHere, contextsOf, type Contexts } from '../mailbox/contexts.js';
import { DispatcherTurn } from '../mailbox/dispatcher-turn.js';
import { SharedTurn } from '../mailbox/shared-turn.js';
import { Stopwatch, type SteadyTime } from '../mailbox/stopwatch.js';
import { Trampoline } from '../mailbox/trampoline.js';
import type { Dispatcher, Turn } from '../mailbox/turn.js';
import { DEFAULT_WATER_MARKS, waterMarks, type WaterMarks } from '../mailbox/water-marks.js';
import type { Message } from '../messages/message.js';
import { AbortSignals } from '../subscriptions/abort-signals.js';
import { iterate } from '../subscriptions/iterate.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { OpenSubscription, SubscriptionsContext } from '../subscriptions/subscriptions-context.js';
import { MessageTypeCounters } from '../topics/counters.js';
import { Gate } from '../topics/gate.js';
import type { Origin } from '../watching/origin.js';
import type { TopicIterator } from '../topics/topic-iterator.js';
import { Topic } from '../topics/topic.js';
import { assertProbe } from '../watching/assert-probe.js';
import type { BusEvent } from '../watching/bus-event.js';
import type { AttachedProbe, Probe } from '../watching/probe.js';
import { Probes } from '../watching/probes.js';
import type { Bus, BusOptions, TopicOptions } from './bus.js';
import { Closing } from './closing.js';
import { describeBus, type BusDescription } from './description.js';
import { BusEvents } from './events.js';
import { NumberedNames } from './numbered-names.js';
import { readStatistics } from './statistics.js';
import type { BusStatistics } from './statistics.js';

/** Publishes that a bus keeps while it is held, unless it is told otherwise. */
const HELD_CAPACITY = 100_000;

/** The class behind {@link Bus}, which is also what topics and subscriptions need of their bus. */
export class LiveBus implements Bus, SubscriptionsContext {
  readonly name: string;
  readonly eid: string;
  readonly delivery: Trampoline = new Trampoline(this);
  readonly tapping: Trampoline = new Trampoline(this);
  readonly busyMailboxes: BusyMailboxes = new BusyMailboxes();
  readonly turn: Turn;
  readonly performance: SteadyTime = performance;
  readonly stopwatch: Stopwatch = new Stopwatch(performance);
  readonly signals: AbortSignals = new AbortSignals();
  readonly marks: WaterMarks;
  readonly messageTypes: MessageTypeCounters = new MessageTypeCounters();
  readonly probes: Probes = new Probes(this.performance, this, () => {
    for (const { audience } of this.topics()) audience.changed();
  });
  readonly events: BusEvents = new BusEvents(this.delivery, this.probes, {
    report: (error) => {
      reportError(error, this.#onError);
    },
  });
  readonly subscriptions: Set<OpenSubscription> = new Set<OpenSubscription>();
  readonly contexts: Contexts | undefined;
  readonly gate: Gate;
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
    const { context = 'bus', dispatcher } = options;
    this.contexts = contextsOf(context, this.report);
    this.gate = new Gate(options.heldCapacity ?? HELD_CAPACITY, this);
    if (options.held === true) this.gate.hold();
    this.#around = aroundFromHere(safelyAround(options.around, this.report));
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

  iterate<M extends Message>(topic: Topic<M>): TopicIterator<M> {
    return iterate(topic);
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
    return this.busyMailboxes.settled();
  }

  get isHeld(): boolean {
    return this.gate.isHeld;
  }

  hold(): void {
    if (this.isHeld || this.#isClosed) return;
    this.gate.hold();
    this.delivery.changed(); // so that no plan holds by a single comparison
    this.events.emit({ type: 'held' });
  }

  release(): void {
    if (this.isHeld) this.#release();
  }

  attach(probe: Probe): AttachedProbe {
    assertProbe(probe);
    return this.probes.attach(probe);
  }

  subscription(id: string): Subscription | undefined {
    for (const subscription of this.subscriptions) if (subscription.id === id) return subscription;
    return undefined;
  }

  describe(): BusDescription {
    return describeBus(this);
  }

  close(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    assertOptions('bus.close', options, { signal: assertSignal });
    // A signal that cannot be listened to is refused before anything has ended.
    const closing = new Closing(this.subscriptions);
    const { signal } = options;
    const stop = signal && this.signals.listen('bus.close', signal, closing.giveUp);
    if (signal?.aborted === true) closing.giveUp();
    this.#release(); // also what is left when a handler closes the bus during the release
    this.#isClosed = true;
    this.delivery.run(() => {
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
    return new DispatcherTurn(dispatcher, this.#around, this.delivery, this.report);
  }

  /** A property, as it is handed on by itself. */
  readonly report = (error: StasisError, hook: ErrorHook<StasisError> | undefined = this.#onError): void => {
    reportError(error, hook);
    this.events.emit({ type: 'error', error });
  };

  #release(): void {
    const wasHeld = this.isHeld;
    if (this.gate.release() && wasHeld) this.events.emit({ type: 'released' });
  }

  readonly #forget = (topic: Origin): void => {
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
