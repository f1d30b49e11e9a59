import { StasisError, type Bus } from '@stasis-rx/core';
import { Subject, type Observable, type Subscription as RxSubscription } from 'rxjs';
import type { Bridge } from './bridge.js';
import type { BridgeLane } from './bridge-lane.js';
import { shareOf, type BusShare } from '../protocol/bus-share.js';
import { systemClock, type Clock } from '../ground/clock.js';
import { ClosingWatch } from './closing-watch.js';
import { endPooled, makeLanes } from './lanes.js';
import { Conversation } from './conversation.js';
import type { BridgeEvent } from '../ground/events.js';
import type { BridgeOptions } from './options.js';
import { newEpoch } from '../protocol/epoch.js';
import { Outbox } from '../sending/outbox.js';
import type { BridgeStatistics } from '../ground/statistics.js';
import type { BridgeTransport } from '../protocol/transport.js';

/** How long a bridge that is not to wait gives its transport to let go of what it opened. */
const HURRIED_MS = 50;

/** The class behind {@link Bridge}: puts the parts together, opens and closes them. */
export class LiveBridge implements Bridge {
  readonly eid: string;
  readonly epoch: string = newEpoch();
  readonly #bus: Bus;
  readonly #transport: BridgeTransport;
  readonly #clock: Clock;
  readonly #events = new Subject<BridgeEvent>();
  readonly #outbox: Outbox;
  readonly #lanes: ReadonlyMap<string, BridgeLane>;
  readonly #conversation: Conversation;
  readonly #busEvents: RxSubscription;
  #closed: Promise<void> | undefined;
  #isOver = false;
  #resolveOver: () => void = () => undefined;
  readonly #over = new Promise<void>((resolve) => {
    this.#resolveOver = resolve;
  });

  #resolveHurried: () => void = () => undefined;
  readonly #hurried = new Promise<void>((resolve) => {
    this.#resolveHurried = resolve;
  });

  constructor(bus: Bus, transport: BridgeTransport, options: BridgeOptions) {
    this.eid = bus.eid;
    this.#bus = bus;
    this.#transport = transport;
    const { clock = systemClock, maxOutboxMessages = 100_000, maxOutboxBytes = 67_108_864 } = options;
    this.#outbox = new Outbox({ maxMessages: maxOutboxMessages, maxBytes: maxOutboxBytes });
    this.#clock = clock;
    const share = shareOf(bus);
    const lanes = new Map<string, BridgeLane>();
    this.#lanes = lanes;
    this.#conversation = this.#converse(share, clock, options);
    const made = makeLanes(bus, options, {
      epoch: this.epoch,
      share,
      clock,
      transport,
      outbox: this.#outbox,
      conversation: this.#conversation,
      emit: (event) => this.#emit(event),
    });
    for (const lane of made) lanes.set(lane.name, lane);
    for (const { outbound } of lanes.values()) outbound.listen();
    this.#busEvents = bus.events$.subscribe({
      next: (event) => {
        if (event.type === 'topic-created') lanes.get(event.topic)?.outbound.listen();
        else if (event.type === 'topic-ended') endPooled(lanes, event.topic);
      },
      complete: () => void this.close(),
    });
    void this.#open();
  }

  get ready(): Promise<void> {
    return this.#conversation.readiness.promise;
  }

  get events$(): Observable<BridgeEvent> {
    return this.#events.asObservable();
  }

  peers(): string[] {
    return this.#conversation.membership.eids;
  }

  statistics(): BridgeStatistics {
    const topics = [...this.#lanes.values()].map((lane) => lane.statistics()); // the outbox has what was published then
    const { messages, bytes, maxMessages, dropped } = this.#outbox;
    return {
      eid: this.eid,
      epoch: this.epoch,
      isConnected: this.#conversation.announcer.isConnected,
      peers: this.peers(),
      outbox: { messages, bytes, maxMessages, dropped },
      topics,
    };
  }

  drained(): Promise<void> {
    for (const { outbound } of this.#lanes.values()) outbound.write();
    return this.#outbox.drained();
  }

  async flushed(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.flushed()));
  }

  close({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    this.#closed ??= Promise.race([this.#drain(), this.#over]);
    return signal === undefined ? this.#closed : this.#closeUntil(signal, this.#closed);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #open(): Promise<void> {
    try {
      await this.#transport.open(this.#conversation);
    } catch (error) {
      this.#conversation.ended(error);
      return;
    }
    if (this.#isOver) return;
    this.#emit({ type: 'open' });
    this.#conversation.connected();
    this.#conversation.announcer.start();
  }

  async #drain(): Promise<void> {
    this.#busEvents.unsubscribe();
    const watch = new ClosingWatch(this.#lanes.values(), {
      bus: this.#bus,
      transport: this.#transport,
      clock: this.#clock,
      emit: (event) => this.#emit(event),
    });
    void this.#over.then(() => watch.end());
    for (const { outbound } of this.#lanes.values()) outbound.end();
    await this.flushed().catch(() => undefined); // it has ended meanwhile
    await Promise.all([...this.#lanes.values()].map(({ inbound }) => inbound.idle()));
    await this.#finish();
  }

  async #closeUntil(signal: AbortSignal, closed: Promise<void>): Promise<void> {
    const finish = (): void => this.#hurry();
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
    await Promise.race([closed, this.#over]);
    signal.removeEventListener('abort', finish);
  }

  /** Nobody waits any more, nor for a transport that cannot reach what it has opened. */
  #hurry(): void {
    this.#clock.after(HURRIED_MS, this.#resolveHurried);
    void this.#finish();
  }

  async #finish(): Promise<void> {
    if (this.#isOver) return this.#over;
    this.#isOver = true;
    this.#conversation.stop();
    const closed = new StasisError('BRIDGE_CLOSED', `[${this.#transport.name}] the bridge was closed.`);
    for (const { sender, inbound, outbound } of this.#lanes.values()) {
      sender.stop(closed);
      outbound.stop();
      inbound.end();
    }
    this.#outbox.end(closed);
    this.#conversation.readiness.fail(closed);
    const left = this.#transport.close().catch((error: unknown) => this.#emit({ type: 'error', error }));
    await Promise.race([left, this.#hurried]);
    this.#emit({ type: 'closed' });
    this.#events.complete();
    this.#resolveOver();
    return undefined;
  }

  #converse(share: BusShare, clock: Clock, options: BridgeOptions): Conversation {
    return new Conversation({
      eid: this.eid,
      epoch: this.epoch,
      share,
      clock,
      transport: this.#transport,
      options,
      lanes: this.#lanes,
      emit: (event) => this.#emit(event),
      end: () => void this.close({ signal: AbortSignal.abort() }),
    });
  }

  #emit(event: BridgeEvent): void {
    this.#events.next(event);
    if (event.type === 'snapshot' || event.type === 'peer-left') {
      queueMicrotask(() => this.#conversation.readiness.look());
    }
  }
}
