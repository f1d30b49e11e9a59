import { StasisError, type Bus } from '@stasis-rx/core';
import { Subject, type Observable, type Subscription as RxSubscription } from 'rxjs';
import { Announcer } from './announcer.js';
import type { Bridge } from './bridge.js';
import { BridgeLane } from './bridge-lane.js';
import { randomText, shareOf, type BusShare } from './bus-share.js';
import { systemClock, type Clock } from './clock.js';
import type { ControlMessage } from './control-message.js';
import type { BridgeEvent } from './events.js';
import { frameStart } from './frame.js';
import { Intake } from './intake.js';
import { Lane } from './lane.js';
import { Membership } from './membership.js';
import type { BridgeOptions } from './options.js';
import { Outbox } from './outbox.js';
import { Readiness } from './readiness.js';
import type { BridgeStatistics } from './statistics.js';
import type { BridgeTransport, TransportReceiver } from './transport.js';
import { TypeRegistry } from './type-registry.js';

/** Frames are filled up to this: large enough to be cheap, small enough to be many. */
const TARGET_FRAME_BYTES = 65_536;

/** The class behind {@link Bridge}: puts the parts together. */
export class LiveBridge implements Bridge, TransportReceiver {
  readonly eid: string;
  readonly epoch: string = randomText();
  readonly lanes: readonly string[];
  readonly #transport: BridgeTransport;
  readonly #clock: Clock;
  readonly #share: BusShare;
  readonly #events = new Subject<BridgeEvent>();
  readonly #outbox: Outbox;
  readonly #lanes = new Map<string, BridgeLane>();
  readonly #membership: Membership;
  readonly #readiness: Readiness;
  readonly #announcer: Announcer;
  readonly #intake: Intake;
  readonly #busEvents: RxSubscription;
  #closed: Promise<void> | undefined;
  #isOver = false;
  #resolveOver: () => void = () => undefined;
  readonly #over = new Promise<void>((resolve) => {
    this.#resolveOver = resolve;
  });

  constructor(bus: Bus, transport: BridgeTransport, options: BridgeOptions) {
    this.eid = bus.eid;
    this.#transport = transport;
    this.#clock = options.clock ?? systemClock;
    this.#share = shareOf(bus);
    this.#outbox = new Outbox({
      maxMessages: options.maxOutboxMessages ?? 100_000,
      maxBytes: options.maxOutboxBytes ?? 67_108_864,
    });
    const { heartbeatMs = 1000, peerTimeoutMs = 5 * heartbeatMs } = options;
    this.#announcer = this.#makeAnnouncer(heartbeatMs);
    this.#intake = this.#makeIntake();
    this.#membership = this.#makeMembership(Math.ceil(peerTimeoutMs / heartbeatMs));
    this.#readiness = new Readiness(this.#clock, options.discoveryMs ?? 250, options.readyTimeoutMs ?? 5000);
    for (const lane of this.#makeLanes(bus, options)) this.#lanes.set(lane.name, lane);
    this.lanes = [...this.#lanes.keys()];
    for (const lane of this.#lanes.values()) lane.outbound.listen();
    this.#busEvents = bus.events$.subscribe({
      next: (event) => {
        if (event.type === 'topic-created') this.#lanes.get(event.topic)?.outbound.listen();
      },
      complete: () => void this.close(),
    });
    void this.#open();
  }

  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  get events$(): Observable<BridgeEvent> {
    return this.#events.asObservable();
  }

  peers(): string[] {
    return this.#membership.eids;
  }

  statistics(): BridgeStatistics {
    const { messages, bytes, maxMessages, dropped } = this.#outbox;
    return {
      eid: this.eid,
      epoch: this.epoch,
      isConnected: this.#announcer.isConnected,
      peers: this.peers(),
      outbox: { messages, bytes, maxMessages, dropped },
      topics: [...this.#lanes.values()].map((lane) => lane.statistics()),
    };
  }

  drained(): Promise<void> {
    return this.#outbox.drained();
  }

  async flushed(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ sender }) => sender.flushed()));
  }

  close({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    this.#closed ??= Promise.race([this.#drain(), this.#over]);
    return signal === undefined ? this.#closed : this.#closeUntil(signal, this.#closed);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // What the transport tells.

  receive(lane: string, peer: string | undefined, bytes: Uint8Array | string): Promise<void> | undefined {
    if (this.#isOver) return undefined;
    const inbound = this.#lanes.get(lane)?.inbound;
    const frame = this.#intake.frame(lane, peer, bytes, () => inbound?.reject());
    if (frame === undefined) return undefined;
    this.#membership.heard(frame.eid, frame.epoch);
    return inbound?.receive(frame);
  }

  hear(peer: string | undefined, bytes: Uint8Array | string): void {
    if (this.#isOver) return;
    const message = this.#intake.control(peer, bytes);
    if (message === undefined) return;
    if (message.eid === this.eid) this.#heardOwn(message);
    else this.#heardPeer(message);
  }

  connected(): void {
    if (this.#announcer.isConnected || this.#isOver) return;
    this.#announcer.isConnected = true;
    this.#emit({ type: 'connected' });
    this.#announcer.beat(true);
    for (const { sender } of this.#lanes.values()) sender.connected();
  }

  disconnected(): void {
    if (!this.#announcer.isConnected) return;
    this.#announcer.isConnected = false;
    for (const { sender } of this.#lanes.values()) sender.disconnected();
    this.#emit({ type: 'disconnected' });
  }

  failed(error: unknown): void {
    this.#emit({ type: 'error', error });
  }

  ended(error: unknown): void {
    this.#readiness.fail(error);
    this.#emit({ type: 'error', error });
    void this.close({ signal: AbortSignal.abort() });
  }

  // Beginning and end.

  async #open(): Promise<void> {
    try {
      await this.#transport.open(this);
    } catch (error) {
      this.ended(error);
      return;
    }
    if (this.#isOver) return;
    this.#emit({ type: 'open' });
    this.connected();
    this.#announcer.start();
  }

  async #drain(): Promise<void> {
    this.#busEvents.unsubscribe();
    for (const { outbound } of this.#lanes.values()) outbound.end();
    await this.flushed();
    await Promise.all([...this.#lanes.values()].map(({ inbound }) => inbound.jobs.idle()));
    await this.#finish();
  }

  async #closeUntil(signal: AbortSignal, closed: Promise<void>): Promise<void> {
    const finish = (): void => void this.#finish();
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
    await Promise.race([closed, this.#over]);
    signal.removeEventListener('abort', finish);
  }

  async #finish(): Promise<void> {
    if (this.#isOver) return this.#over;
    this.#isOver = true;
    this.#announcer.stop();
    for (const { sender, inbound } of this.#lanes.values()) {
      sender.stop();
      inbound.end();
    }
    for (const peer of this.peers()) this.#share.release(peer, this);
    this.#readiness.fail(new StasisError('BRIDGE_CLOSED', `[${this.#transport.name}] the bridge was closed.`));
    await this.#transport.close().catch((error: unknown) => this.#emit({ type: 'error', error }));
    this.#emit({ type: 'closed' });
    this.#events.complete();
    this.#resolveOver();
    return undefined;
  }

  // Signs of life.

  /** The own beat has come back: this bus could hear the others, if they said something. */
  #heardOwn(message: ControlMessage): void {
    if (message.kind !== 'beat') return;
    this.#announcer.heardOwn();
    this.#membership.tick();
    for (const lane of this.#lanes.values()) lane.tick();
    if (message.isGreeting) this.#readiness.greeted();
    this.#lookWhetherReady();
  }

  #heardPeer(message: ControlMessage): void {
    if (message.kind === 'ask') {
      if (message.peer !== this.eid) return;
      for (const lane of message.lanes) this.#lanes.get(lane)?.outbound.giveSnapshots();
      return;
    }
    this.#membership.heard(message.eid, message.epoch);
    for (const head of message.heads) this.#lanes.get(head.lane)?.watch.tell(message.eid, message.epoch, head);
    if (message.isGreeting) this.#announcer.beat(false);
    for (const { inbound } of this.#lanes.values()) inbound.askAgain();
  }

  #lookWhetherReady(): void {
    const lanes = [...this.#lanes.values()];
    const isWanting = this.peers().some((peer) => lanes.some(({ inbound }) => inbound.origins.get(peer)?.isWanting));
    this.#readiness.look(!isWanting && lanes.every(({ inbound }) => inbound.jobs.depth === 0));
  }

  // Parts.

  #makeAnnouncer(heartbeatMs: number): Announcer {
    return new Announcer({
      eid: this.eid,
      epoch: this.epoch,
      transport: this.#transport,
      clock: this.#clock,
      heartbeatMs,
      heads: () => [...this.#lanes.values()].map(({ head }) => head),
      failed: (error) => this.#emit({ type: 'error', error }),
    });
  }

  #makeIntake(): Intake {
    const { maxFrameBytes } = this.#transport;
    return new Intake({ eid: this.eid, epoch: this.epoch, maxFrameBytes, emit: (event) => this.#emit(event) });
  }

  #makeMembership(maxSilence: number): Membership {
    return new Membership({
      maxSilence,
      emit: (event) => this.#emit(event),
      joined: (peer) => this.#share.hold(peer, this),
      left: (peer) => this.#share.release(peer, this),
      lost: (peer) => {
        this.#share.release(peer, this);
        for (const lane of this.#lanes.values()) lane.lose(peer);
      },
    });
  }

  #makeLanes(bus: Bus, options: BridgeOptions): BridgeLane[] {
    const registry = new TypeRegistry(options.types);
    const start = frameStart({ eid: this.eid, epoch: this.epoch, incarnation: this.#share.incarnation });
    const emit = (event: BridgeEvent): void => this.#emit(event);
    return options.topics.map(
      (topic) =>
        new BridgeLane(new Lane(bus, topic, options.caches ?? []), {
          transport: this.#transport,
          clock: this.#clock,
          outbox: this.#outbox,
          frameStart: start,
          targetFrameBytes: Math.min(TARGET_FRAME_BYTES, this.#transport.maxFrameBytes - start.length - 100),
          registry,
          share: this.#share,
          maxRecordBytes: this.#transport.maxFrameBytes - start.length * 3 - 100,
          isHeldByOthers: (peer) => this.#share.isHeldByOthers(peer, this),
          isPeer: (eid) => this.#membership.has(eid),
          ask: (peer, lane) => this.#announcer.ask(peer, lane),
          left: (peer, epoch) => this.#membership.left(peer, epoch),
          emit,
        }),
    );
  }

  #emit(event: BridgeEvent): void {
    this.#events.next(event);
    if (event.type === 'snapshot' || event.type === 'peer-left') queueMicrotask(() => this.#lookWhetherReady());
  }
}
