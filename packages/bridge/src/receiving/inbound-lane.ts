import type { LaneHead } from '../protocol/control-message.js';
import { Delivery, type DeliveryContext, type InboundCounters } from './delivery.js';
import { RecordKind, type Frame, type LaneRecord } from '../protocol/frame.js';
import { JobQueue } from '../ground/job-queue.js';
import type { Lane } from '../protocol/lane.js';
import type { RemoteOrigin } from './remote-origin.js';
import { RemoteOrigins } from './remote-origins.js';

/** What an inbound lane is given. */
export interface InboundContext extends DeliveryContext {
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
    const former = this.origins.get(frame.eid);
    const origin = this.origins.of(frame);
    if (origin === undefined || origin.hasLeft) return undefined;
    if (former !== undefined && former !== origin) this.#restarted(origin);
    origin.hasSnapshots = frame.hasSnapshots;
    origin.arrivals++;
    const { records } = frame;
    const snapshotAt = records.findIndex(({ kind }) => kind === RecordKind.begin);
    const verdict = origin.sequence.offer(frame, records.length, snapshotAt);
    if (typeof verdict === 'object') {
      return this.jobs.do(() => this.#take(origin, frame, verdict.take, verdict.missed));
    }
    if (verdict === 'unsynced') this.#context.ask(origin.eid, this.lane.name);
    if (verdict === 'duplicate') this.counters.duplicates += records.length;
    return undefined;
  }

  /** Asks those who are there for the snapshots that are wanting. */
  askAgain(): void {
    for (const origin of this.origins.all()) {
      if (origin.isWanting && this.#context.isPeer(origin.eid)) this.#context.ask(origin.eid, this.lane.name);
    }
  }

  /** A peer has told how far it is; it is not necessarily how far this bus could be. */
  meet(eid: string, epoch: string, { hasSnapshots }: LaneHead): void {
    if (this.origins.heard(eid) === undefined && hasSnapshots) this.origins.of({ eid, epoch, hasSnapshots });
  }

  /** The peer has told how far it is, and nothing of that is on its way any more. */
  catchUp(eid: string, epoch: string, { base, hasSnapshots }: LaneHead): void {
    const former = this.origins.get(eid);
    const origin = this.origins.of({ eid, epoch, hasSnapshots });
    if (origin === undefined || origin.hasLeft) return;
    if (former !== undefined && former !== origin) this.#restarted(origin);
    const missed = origin.sequence.skipTo(base);
    if (missed > 0) void this.jobs.do(() => this.#miss(origin, missed));
    else if (origin.isWanting) this.#context.ask(eid, this.lane.name);
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

  /** The same bus, started again: its snapshots will come; without any, nothing of its former life stays. */
  #restarted(origin: RemoteOrigin): void {
    if (!origin.hasSnapshots) void this.jobs.do(() => this.#delivery.forget(origin.eid));
  }

  #take(origin: RemoteOrigin, frame: Frame, from: number, missed: number): Promise<void> | undefined {
    if (missed > 0) this.#miss(origin, missed);
    for (let index = from; index < frame.records.length; index++) {
      if (!this.#takeRecord(origin, frame, index)) return this.#takeSlowly(origin, frame, index + 1);
    }
    return undefined;
  }

  /** A mailbox of the topic stands above high water: the next message, or the next frame, waits until none does. */
  async #takeSlowly(origin: RemoteOrigin, frame: Frame, from: number): Promise<void> {
    for (let index = from, isLow = false; ; index++) {
      if (!isLow) await this.#drained(frame.records[index - 1] as LaneRecord);
      if (this.#isEnded || index === frame.records.length) return;
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
