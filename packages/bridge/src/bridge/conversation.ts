import { Announcer } from '../membership/announcer.js';
import { Asks } from '../membership/asks.js';
import type { BridgeLane } from './bridge-lane.js';
import { Completeness } from './completeness.js';
import type { BusShare, PeerHolder } from '../protocol/bus-share.js';
import type { Clock } from '../ground/clock.js';
import type { ControlMessage } from '../protocol/control-message.js';
import type { BridgeEvent } from '../ground/events.js';
import { Intake } from '../receiving/intake.js';
import { Membership } from '../membership/membership.js';
import type { BridgeOptions } from './options.js';
import { Readiness } from '../membership/readiness.js';
import type { BridgeTransport, TransportReceiver } from '../protocol/transport.js';
import type { Whisper } from '../protocol/whisper.js';

/** What a conversation is given. */
export interface ConversationContext {
  readonly eid: string;
  readonly epoch: string;
  readonly share: BusShare;
  readonly clock: Clock;
  readonly transport: BridgeTransport;
  readonly options: BridgeOptions;
  /** By name, in the order of the options; complete before the transport is opened. */
  readonly lanes: ReadonlyMap<string, BridgeLane>;
  readonly emit: (event: BridgeEvent) => void;
  /** Ends the bridge at once. */
  readonly end: () => void;
}

/** What a bridge and the others say to each other: the transport tells it, it tells the lanes, and knows who is there. */
export class Conversation implements TransportReceiver, PeerHolder {
  readonly eid: string;
  readonly announcer: Announcer;
  readonly asks: Asks;
  readonly membership: Membership;
  readonly readiness: Readiness;
  readonly #intake: Intake;
  readonly #context: ConversationContext;
  #isOver = false;

  constructor(context: ConversationContext) {
    const { eid, epoch, clock, transport, options, lanes, emit } = context;
    const { heartbeatMs = 1000, peerTimeoutMs = 5 * heartbeatMs, discoveryMs = 250, readyTimeoutMs = 5000 } = options;
    this.eid = eid;
    this.#context = context;
    // A peer that falls silent does so after a beat, and is heard again at one: so there is one more than its time-out has.
    this.membership = this.#makeMembership(Math.ceil(peerTimeoutMs / heartbeatMs) + 1);
    const completeness = new Completeness(lanes, this.membership);
    this.readiness = new Readiness(clock, discoveryMs, readyTimeoutMs, () => completeness.isReached());
    this.#intake = new Intake({ eid, epoch, transport, emit });
    this.announcer = new Announcer({
      eid,
      epoch,
      transport,
      clock,
      heartbeatMs,
      heads: () => [...lanes.values()].map(({ head }) => head),
      failed: (error) => emit({ type: 'error', error }),
    });
    this.asks = new Asks({
      epoch,
      clock,
      heartbeatMs,
      isWanting: (peer, lane) => lanes.get(lane)?.inbound.origins.get(peer)?.isWanting === true,
      ask: (peer, wanted) => this.announcer.ask(peer, wanted),
    });
  }

  get lanes(): readonly string[] {
    return [...this.#context.lanes.keys()];
  }

  takes(lane: string): boolean {
    return this.#context.lanes.has(lane);
  }

  /** Whether another bridge of this bus sees the peer on a lane. */
  isHeldByOthers(peer: string, lane: string): boolean {
    return this.#context.share.isHeld(peer, lane, this);
  }

  /** The bridge has left: nothing is said or heard any more. */
  stop(): void {
    this.#isOver = true;
    this.announcer.stop();
    this.asks.stop();
    const { share } = this.#context;
    for (const peer of this.membership.eids) {
      share.release(peer, this);
      share.settle(peer);
    }
  }

  receive(lane: string, peer: string | undefined, bytes: Uint8Array | string): Promise<void> | undefined {
    if (this.#isOver) return undefined;
    const inbound = this.#context.lanes.get(lane)?.inbound;
    const frame = this.#intake.frame(lane, peer, bytes, () => inbound?.reject());
    if (frame === undefined) return undefined;
    this.membership.received(frame.eid, frame.epoch);
    return inbound?.receive(frame);
  }

  hear(peer: string | undefined, bytes: Uint8Array | string): void {
    if (this.#isOver) return;
    const message = this.#intake.control(peer, bytes);
    if (message === undefined) return;
    if (message.kind === 'pull' || message.kind === 'part') this.#heardWhisper(message);
    else if (message.eid === this.eid) this.#heardOwn(message);
    else this.#heardPeer(message);
  }

  connected(): void {
    if (this.announcer.isConnected || this.#isOver) return;
    this.#context.emit({ type: 'connected' });
    this.membership.startAgain();
    this.asks.startAgain();
    this.announcer.connected();
    for (const { sender } of this.#context.lanes.values()) sender.connected();
  }

  disconnected(): void {
    if (!this.announcer.isConnected) return;
    this.announcer.disconnected();
    for (const { sender } of this.#context.lanes.values()) sender.disconnected();
    this.#context.emit({ type: 'disconnected' });
  }

  failed(error: unknown): void {
    this.#context.emit({ type: 'error', error });
  }

  ended(error: unknown): void {
    this.readiness.fail(error);
    this.failed(error);
    this.#context.end();
  }

  /** The own beat has come back: this bus could hear the others, if they said something. */
  #heardOwn(message: ControlMessage): void {
    if (message.kind !== 'beat') return;
    const isOver = this.announcer.heardOwn(message.isGreeting);
    if (isOver) this.#tick();
    if (message.isGreeting) this.readiness.greeted();
    if (isOver || message.isGreeting) this.readiness.look();
  }

  /** A heartbeat is over in which this bus could hear the others. */
  #tick(): void {
    this.asks.tick();
    this.membership.tick();
    for (const lane of this.#context.lanes.values()) lane.tick();
  }

  #heardPeer(message: ControlMessage): void {
    const { lanes } = this.#context;
    if (message.kind === 'ask') {
      if (message.peer !== this.eid) this.asks.heard(message.peer, message.lanes);
      else for (const lane of message.lanes) lanes.get(lane)?.outbound.offerSnapshots();
      return;
    }
    this.membership.heard(message.eid, message.epoch);
    for (const head of message.heads) {
      const lane = lanes.get(head.lane);
      lane?.watch.tell(message.eid, message.epoch, head);
      lane?.inbound.askAgain(message.eid);
    }
    if (message.isGreeting) this.announcer.answer();
  }

  /** What is said to others may be heard by all. */
  #heardWhisper(whisper: Whisper): void {
    const { epoch, lanes } = this.#context;
    if (whisper.peer !== this.eid || whisper.eid === this.eid) return;
    const lane = lanes.get(whisper.lane);
    if (whisper.kind === 'part') lane?.inbound.heard(whisper);
    else if (whisper.of === epoch) lane?.outbound.giveParts(whisper.eid, whisper.set, whisper.from);
  }

  #makeMembership(maxSilence: number): Membership {
    const { share, lanes, emit } = this.#context;
    return new Membership({
      maxSilence,
      emit,
      joined: (peer) => share.hold(peer, this),
      left: (peer) => share.release(peer, this),
      lost: (peer) => {
        share.release(peer, this);
        for (const lane of lanes.values()) lane.lose(peer);
      },
    });
  }
}
