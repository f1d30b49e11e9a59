import type { LaneHead } from '../protocol/control-message.js';
import { Delivery, type DeliveryContext, type InboundCounters } from './delivery.js';
import type { Frame, LaneRecord } from '../protocol/frame.js';
import { JobQueue } from '../ground/job-queue.js';
import type { Lane } from '../protocol/lane.js';
import type { Turn } from './lane-sequence.js';
import type { RemoteOrigin } from './remote-origin.js';
import { RemoteOrigins } from './remote-origins.js';

/** What an inbound lane is given. */
export interface InboundContext extends DeliveryContext {
  /** Whether this bus has joined: it gets what others publish from now on. */
  readonly isThere: () => boolean;
  /** Whether the bus takes part. */
  readonly isPeer: (eid: string) => boolean;
  /** Asks a peer for its snapshots of this lane. */
  readonly ask: (peer: string, lane: string) => void;
}

/** What the other buses publish on one lane, on its way into this bus: each in its order, and no faster than mailboxes take it. */
export class InboundLane {
  readonly lane: Lane;
  readonly origins: RemoteOrigins = new RemoteOrigins();
  readonly jobs: JobQueue = new JobQueue();
  readonly #context: InboundContext;
  readonly #delivery: Delivery;
  #isEnded = false;

  constructor(lane: Lane, context: InboundContext) {
    this.lane = lane;
    this.#context = context;
    this.#delivery = new Delivery(lane, context);
  }

  /** What has been taken in so far; it goes on counting. */
  get counters(): InboundCounters {
    return this.#delivery.counters;
  }

  /** Takes the frame's records that come next, if any. Returns nothing when they are in the mailboxes, else a promise. */
  receive(frame: Frame): Promise<void> | undefined {
    const origin = this.#originOf(frame);
    if (origin === undefined || origin.hasLeft) return undefined;
    if (origin.sequence.isTooFar(frame.first)) return this.#delivery.refuse(origin.eid, frame);
    origin.hasSnapshots = frame.hasSnapshots;
    const isFirst = origin.arrivals++ === 0;
    const verdict = origin.sequence.offer(frame, this.#context.isThere());
    const done = typeof verdict === 'object' ? this.#takeTurns(origin, verdict) : undefined;
    if (verdict === 'unsynced' || (isFirst && origin.isWanting)) this.#context.ask(origin.eid, this.lane.name);
    if (verdict === 'duplicate') this.counters.duplicates += frame.records.length;
    return done;
  }

  /** Asks the peer, or all who are there, for the snapshots that are wanting. */
  askAgain(peer?: string): void {
    for (const origin of peer === undefined ? this.origins.all() : [this.origins.get(peer)]) {
      if (origin?.isWanting === true && this.#context.isPeer(origin.eid)) this.#context.ask(origin.eid, this.lane.name);
    }
  }

  /** A peer has told how far it is; it is not necessarily how far this bus could be. */
  meet(eid: string, epoch: string, { base, hasSnapshots }: LaneHead): void {
    const origin = this.origins.heard(eid)?.origin ?? this.origins.of({ eid, epoch, hasSnapshots });
    if (origin?.epoch === epoch) origin.sequence.tell(base, this.#context.isThere());
  }

  /** Whether this bus lacks something of what a peer has stored, if nothing of it is on its way. */
  isBehind({ sequence, hasLeft }: RemoteOrigin, base: number): boolean {
    return !hasLeft && sequence.isBehind(base, this.#context.isThere());
  }

  /** The peer has told how far it is, and nothing of that is on its way any more. */
  catchUp(eid: string, epoch: string, { base, hasSnapshots }: LaneHead): void {
    const origin = this.#originOf({ eid, epoch, hasSnapshots });
    if (origin === undefined || origin.hasLeft) return;
    const turns = origin.sequence.skipTo(base);
    void this.#takeTurns(origin, turns);
    if (turns.length === 0 && origin.isWanting) this.#context.ask(eid, this.lane.name);
  }

  /** Nothing has been heard of the peer for too long. Where it stood is remembered: it may only have been frozen. */
  lose(eid: string): void {
    const origin = this.origins.get(eid);
    if (origin === undefined) return;
    origin.needsSnapshots = true;
    void this.jobs.do(() => this.#delivery.forget(eid));
  }

  /** Something that came on this lane could not even be read. */
  reject(): void {
    this.counters.rejected++;
  }

  /** Takes nothing more; what it is publishing is left alone. */
  end(): void {
    this.#isEnded = true;
  }

  /** The bus and epoch; nothing when that epoch is over. */
  #originOf(head: Pick<Frame, 'eid' | 'epoch' | 'hasSnapshots'>): RemoteOrigin | undefined {
    const former = this.origins.get(head.eid);
    const origin = this.origins.of(head);
    if (former !== undefined && origin !== undefined && former !== origin) this.#restarted(former, origin);
    return origin;
  }

  /** The same bus, started again: its snapshots will come; without any, nothing of its former life stays. */
  #restarted(former: RemoteOrigin, origin: RemoteOrigin): void {
    if (!former.hasLeft) void this.#takeTurns(former, former.sequence.end());
    if (!origin.hasSnapshots) void this.jobs.do(() => this.#delivery.forget(origin.eid));
  }

  /** Returns nothing when all of them are in the mailboxes, else a promise: one job is done after the other. */
  #takeTurns(origin: RemoteOrigin, turns: readonly Turn[]): Promise<void> | undefined {
    let done: Promise<void> | undefined;
    for (const turn of turns) done = this.jobs.do(() => this.#takeTurn(origin, turn));
    return done;
  }

  #takeTurn(origin: RemoteOrigin, { missed, frame, from }: Turn): Promise<void> | undefined {
    if (missed > 0) this.#miss(origin, missed);
    return frame === undefined ? undefined : this.#take(origin, frame, from);
  }

  #take(origin: RemoteOrigin, frame: Frame, from: number): Promise<void> | undefined {
    for (let index = from; index < frame.records.length; index++) {
      if (!this.#takeRecord(origin, frame, index)) return this.#takeSlowly(origin, frame, index + 1);
    }
    this.#delivery.endFrame();
    return undefined;
  }

  /** A mailbox of the topic stands above high water: the next message, or the next frame, waits until none does. */
  async #takeSlowly(origin: RemoteOrigin, frame: Frame, from: number): Promise<void> {
    for (let index = from, isLow = false; ; index++) {
      if (!isLow) await this.#drained(frame.records[index - 1] as LaneRecord);
      if (this.#isEnded || index === frame.records.length) return this.#delivery.endFrame();
      isLow = this.#takeRecord(origin, frame, index);
    }
  }

  async #drained({ child }: LaneRecord): Promise<void> {
    try {
      await this.lane.topicOf(child).drained();
    } catch (error) {
      this.#context.emit({ type: 'error', error });
    }
  }

  #takeRecord(origin: RemoteOrigin, frame: Frame, index: number): boolean {
    return this.#delivery.take(origin, frame.incarnation, frame.records[index] as LaneRecord);
  }

  #miss(origin: RemoteOrigin, missed: number): undefined {
    this.#delivery.miss(origin, missed);
    if (origin.isWanting) this.#context.ask(origin.eid, this.lane.name);
  }
}
