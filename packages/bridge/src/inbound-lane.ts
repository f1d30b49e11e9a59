import { CacheClear } from '@stasis-rx/core';
import type { BusShare } from './bus-share.js';
import type { LaneHead } from './control-message.js';
import type { BridgeEvent } from './events.js';
import { RecordKind, type Frame, type LaneRecord } from './frame.js';
import { JobQueue } from './job-queue.js';
import type { Lane } from './lane.js';
import { numberKey } from './outbound-lane.js';
import type { RemoteOrigin } from './remote-origin.js';
import { RemoteOrigins } from './remote-origins.js';
import { clearEntries, RemoteSnapshot } from './remote-snapshot.js';
import { RejectedRecord, type TypeRegistry } from './type-registry.js';

/** What an inbound lane is given. */
export interface InboundContext {
  readonly registry: TypeRegistry;
  readonly share: BusShare;
  /** Whether another bridge of this bus sees the peer: then its entries stay. */
  readonly isHeldByOthers: (peer: string) => boolean;
  /** Whether the bus takes part. */
  readonly isPeer: (eid: string) => boolean;
  /** Asks a peer for its snapshots of this lane. */
  readonly ask: (peer: string, lane: string) => void;
  /** The peer has said farewell in this lane. */
  readonly left: (peer: string, epoch: string) => void;
  readonly emit: (event: BridgeEvent) => void;
}

/** What a lane has taken in. */
export interface InboundCounters {
  delivered: number;
  duplicates: number;
  rejected: number;
  gaps: number;
  missed: number;
}

/** What the other buses publish on one lane, on its way into this bus. */
export class InboundLane {
  readonly counters: InboundCounters = { delivered: 0, duplicates: 0, rejected: 0, gaps: 0, missed: 0 };
  readonly lane: Lane;
  readonly origins: RemoteOrigins = new RemoteOrigins();
  readonly jobs: JobQueue = new JobQueue();
  readonly #context: InboundContext;
  #isEnded = false;

  constructor(lane: Lane, context: InboundContext) {
    this.lane = lane;
    this.#context = context;
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
  meet(eid: string, epoch: string, { hasSnapshots }: LaneHead): RemoteOrigin | undefined {
    return this.origins.get(eid) ?? (hasSnapshots ? this.origins.of({ eid, epoch, hasSnapshots }) : undefined);
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
    void this.jobs.do(() => this.#forget(eid));
  }

  /** Takes nothing more; what it is publishing is left alone. */
  end(): void {
    this.#isEnded = true;
  }

  /** The same bus, started again: its snapshots will come; without any, nothing of its former life stays. */
  #restarted(origin: RemoteOrigin): void {
    if (!origin.hasSnapshots) void this.jobs.do(() => this.#forget(origin.eid));
  }

  #forget(eid: string): undefined {
    if (this.#context.isHeldByOthers(eid)) return;
    try {
      clearEntries(this.lane, eid, this.#context.registry);
    } catch (error) {
      this.#context.emit({ type: 'error', error });
    }
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
    for (let index = from, isLow = false; !this.#isEnded; index++) {
      if (!isLow) await this.#drained(frame.records[index - 1] as LaneRecord);
      if (this.#isEnded || index === frame.records.length) return;
      isLow = this.#takeRecord(origin, frame, index);
    }
  }

  async #drained({ child }: LaneRecord): Promise<void> {
    try {
      await this.lane.topicOf(child)?.drained();
    } catch (error) {
      this.#context.emit({ type: 'error', error });
    }
  }

  /** Whatever becomes of one record, the next one is taken. Returns whether the mailboxes are within high water. */
  #takeRecord(origin: RemoteOrigin, frame: Frame, index: number): boolean {
    const record = frame.records[index] as LaneRecord;
    try {
      if (record.kind >= RecordKind.begin && record.kind !== RecordKind.snapshot) {
        this.#mark(origin, record.kind);
        return true;
      }
      return this.#deliver(origin, frame, record);
    } catch (error) {
      this.#reject(origin.eid, error);
      return true;
    }
  }

  #deliver(origin: RemoteOrigin, frame: Frame, record: LaneRecord): boolean {
    const { share, registry } = this.#context;
    const isSnapshot = record.kind === RecordKind.snapshot;
    if (isSnapshot && origin.snapshot === undefined) return true;
    const topic = this.lane.topicOf(record.child);
    if (topic === undefined) throw new RejectedRecord('malformed', 'the lane is one topic, not a pool');
    const message = registry.read(record, origin.eid);
    const seen = share.seen(origin.eid, frame.incarnation, numberKey(this.lane.name, record.type));
    if (isSnapshot ? record.number < seen.highest : !seen.add(record.number)) {
      this.counters.duplicates++;
      return true;
    }
    if (isSnapshot) seen.addUpTo(record.number);
    if (origin.snapshot !== undefined && isSnapshot) origin.snapshot.entries++;
    this.counters.delivered++;
    return topic.publish(record.kind === RecordKind.clear ? CacheClear(message, { eid: origin.eid }) : message);
  }

  #mark(origin: RemoteOrigin, kind: RecordKind): void {
    if (kind === RecordKind.begin && (origin.needsSnapshots || origin.snapshot !== undefined)) {
      origin.snapshot = new RemoteSnapshot(this.lane, origin.eid, this.#context.registry);
    } else if (kind === RecordKind.end && origin.snapshot !== undefined) {
      this.#finishSnapshot(origin, origin.snapshot);
    } else if (kind === RecordKind.leave) {
      origin.hasLeft = true;
      this.#context.left(origin.eid, origin.epoch);
      this.#forget(origin.eid);
    }
  }

  #finishSnapshot(origin: RemoteOrigin, snapshot: RemoteSnapshot): void {
    origin.snapshot = undefined;
    origin.needsSnapshots = false;
    const cleared = snapshot.finish();
    const { entries } = snapshot;
    this.#context.emit({ type: 'snapshot', peer: origin.eid, topic: this.lane.name, entries, cleared });
  }

  #miss(origin: RemoteOrigin, missed: number): undefined {
    this.counters.gaps++;
    this.counters.missed += missed;
    origin.needsSnapshots = true;
    origin.snapshot = undefined;
    this.#context.emit({ type: 'gap', peer: origin.eid, topic: this.lane.name, missed });
    if (origin.isWanting) this.#context.ask(origin.eid, this.lane.name);
  }

  /** Something that came on this lane could not even be read. */
  reject(): void {
    this.counters.rejected++;
  }

  #reject(peer: string, error: unknown): void {
    if (!(error instanceof RejectedRecord)) {
      this.#context.emit({ type: 'error', error });
      return;
    }
    this.counters.rejected++;
    this.#context.emit({ type: 'rejected', peer, topic: this.lane.name, reason: error.reason, error });
  }
}
