import type { LaneHead } from '../protocol/control-message.js';
import { HeadWatch } from '../receiving/head-watch.js';
import { InboundLane, type InboundContext } from '../receiving/inbound-lane.js';
import type { Lane } from '../protocol/lane.js';
import { LaneSender, type SenderContext } from '../sending/lane-sender.js';
import { OutboundLane, type OutboundContext } from '../sending/outbound-lane.js';
import type { TopicBridgeStatistics } from '../ground/statistics.js';

/** One lane of a bridge, both ways. */
export class BridgeLane {
  readonly name: string;
  readonly sender: LaneSender;
  readonly outbound: OutboundLane;
  readonly inbound: InboundLane;
  readonly watch: HeadWatch;
  readonly #hasSnapshots: boolean;
  readonly #lag: () => Promise<number>;
  #lastLag: number | null = null;

  constructor(lane: Lane, context: SenderContext & OutboundContext & InboundContext) {
    this.name = lane.name;
    this.#hasSnapshots = lane.caches.length > 0;
    this.sender = new LaneSender(lane.name, this.#hasSnapshots, context);
    this.outbound = new OutboundLane(lane, this.sender, context);
    this.inbound = new InboundLane(lane, context);
    this.#lag = () => context.transport.lag(lane.name);
    this.watch = new HeadWatch(this.inbound, this.#lag);
  }

  /** How far this bus is in the lane. */
  get head(): LaneHead {
    return { lane: this.name, base: this.sender.base, hasSnapshots: this.#hasSnapshots };
  }

  /** A heartbeat is over in which this bus could hear the others. */
  tick(): void {
    this.watch.tick();
    this.inbound.askAgain();
  }

  /** Nothing has been heard of a peer for too long. */
  lose(peer: string): void {
    this.watch.forget(peer);
    this.inbound.lose(peer);
  }

  /** Resolves when everything that was published is confirmed, or given up. Rejects when sending has ended before. */
  flushed(): Promise<void> {
    this.outbound.write();
    return this.sender.flushed();
  }

  statistics(): TopicBridgeStatistics {
    this.#askLag();
    this.outbound.write();
    const { lastNumber, waiting, inFlight, dropped } = this.sender;
    return {
      topic: this.name,
      queued: lastNumber,
      waiting,
      inFlight,
      dropped,
      ...this.inbound.counters,
      depth: this.inbound.depth,
      lag: this.#lastLag,
    };
  }

  /** Asks how much is on its way, for the next time. */
  #askLag(): void {
    this.#lag().then(
      (lag) => {
        this.#lastLag = lag;
      },
      () => undefined, // Not known now: the last one stands.
    );
  }
}
