import { CacheClear } from '@stasis-rx/core';
import type { BusShare } from '../protocol/bus-share.js';
import type { BridgeEvent } from '../ground/events.js';
import type { Frame } from '../protocol/frame.js';
import { RecordKind, type LaneRecord } from '../protocol/record.js';
import type { Lane } from '../protocol/lane.js';
import type { PooledTopics } from '../protocol/pooled-topics.js';
import type { RangeSet } from '../ground/range-set.js';
import type { RemoteOrigin } from './remote-origin.js';
import { clearEntries, RemoteSnapshot } from './remote-snapshot.js';
import { RejectedRecord, type TypeRegistry } from '../protocol/type-registry.js';

/** What a delivery is given. */
export interface DeliveryContext {
  readonly registry: TypeRegistry;
  readonly share: BusShare;
  /** Whether another bridge of this bus sees the peer on the lane: then its entries stay. */
  readonly isHeldByOthers: (peer: string, lane: string) => boolean;
  /** The peer has said farewell in this lane. */
  readonly left: (peer: string, epoch: string) => void;
  /** Pooled topics that may be in use. */
  readonly maxPooledTopics: number;
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

/** The last step on the way into this bus: a record whose turn it is is published, or does what its mark says. */
export class Delivery {
  readonly counters: InboundCounters = { delivered: 0, duplicates: 0, rejected: 0, gaps: 0, missed: 0 };
  readonly #lane: Lane;
  readonly #context: DeliveryContext;
  readonly #pooled: PooledTopics;
  /** What of the frame that is being taken was dropped: the first of it, and how many records. */
  #rejected: { readonly peer: string; readonly error: RejectedRecord; records: number } | undefined;

  constructor(lane: Lane, context: DeliveryContext) {
    this.#lane = lane;
    this.#context = context;
    this.#pooled = context.share.pooled(lane.name);
  }

  /** Never throws: whatever becomes of a record, the next one is taken. Returns whether the mailboxes are within high water. */
  take(origin: RemoteOrigin, incarnation: string, record: LaneRecord): boolean {
    try {
      if (record.kind < RecordKind.begin || record.kind === RecordKind.snapshot) {
        return this.#publish(origin, incarnation, record);
      }
      this.#mark(origin, record);
    } catch (error) {
      this.#reject(origin.eid, error);
    }
    return true;
  }

  /** No more of a set of snapshots will come. What it does not replace is out of date, if all of it has come. */
  endSnapshots(origin: RemoteOrigin, incarnation: string, isComplete: boolean): void {
    const { snapshot, eid } = origin;
    origin.snapshot = undefined;
    this.endFrame();
    if (snapshot === undefined || !isComplete) return;
    origin.needsSnapshots = false;
    const cleared = snapshot.finish((type) => this.#seen(eid, incarnation, type).highest);
    this.#context.emit({ type: 'snapshot', peer: eid, topic: this.#lane.name, entries: snapshot.entries, cleared });
  }

  /** A frame's place in the lane cannot be. */
  refuse(peer: string, { first, records }: Frame): void {
    const text = `record ${first} cannot follow what has come so far`;
    this.#reject(peer, new RejectedRecord('malformed', text), records.length);
    this.endFrame();
  }

  /** A frame is over: what of it was dropped is told of once, however much it was. */
  endFrame(): void {
    if (this.#rejected === undefined) return;
    const { peer, error, records } = this.#rejected;
    this.#rejected = undefined;
    const { reason } = error;
    this.#context.emit({ type: 'rejected', peer, topic: this.#lane.name, reason, error, records });
  }

  /** So many messages are gone: what the caches hold may be wrong. */
  miss(origin: RemoteOrigin, missed: number): void {
    this.counters.gaps++;
    this.counters.missed += missed;
    origin.needsSnapshots = true;
    origin.snapshot = undefined;
    this.#context.emit({ type: 'gap', peer: origin.eid, topic: this.#lane.name, missed });
  }

  /** Takes a peer's entries out of the caches: now, or once no other bridge of this bus sees it on this lane. */
  forget(eid: string): undefined {
    const { share, isHeldByOthers } = this.#context;
    const { name: lane } = this.#lane;
    if (isHeldByOthers(eid, lane)) {
      share.owe(eid, this, { lane, act: () => this.#clear(eid) });
      return;
    }
    this.#clear(eid);
    share.settle(eid);
  }

  #clear(eid: string): void {
    try {
      clearEntries(this.#lane, eid, this.#context.registry);
      for (const child of this.#pooled.leave(eid)) this.#lane.endChild(child);
    } catch (error) {
      this.#context.emit({ type: 'error', error });
    }
  }

  #publish(origin: RemoteOrigin, incarnation: string, record: LaneRecord): boolean {
    const isSnapshot = record.kind === RecordKind.snapshot;
    if (isSnapshot && origin.snapshot === undefined) return true;
    const message = this.#context.registry.read(record, origin.eid);
    if (!this.#lane.hasPlaceFor(record.child)) {
      throw new RejectedRecord('malformed', 'the lane is one topic, not a pool');
    }
    if (record.child !== null) this.#assertRoom(record.child);
    if (!this.#isNew(origin.eid, incarnation, record)) {
      this.counters.duplicates++;
      return true;
    }
    if (origin.snapshot !== undefined && isSnapshot) origin.snapshot.entries++;
    this.counters.delivered++;
    if (record.child !== null) this.#pooled.use(record.child, origin.eid);
    const topic = this.#lane.topicOf(record.child);
    return topic.publish(record.kind === RecordKind.clear ? CacheClear(message, { eid: origin.eid }) : message);
  }

  /** @throws RejectedRecord when there are so many that nobody may make another one here */
  #assertRoom(child: string): void {
    const { maxPooledTopics } = this.#context;
    if (this.#pooled.size < maxPooledTopics || this.#pooled.has(child) || this.#lane.hasChild(child)) return;
    throw new RejectedRecord('too-many-topics', `${maxPooledTopics} topics of the pool are in use`);
  }

  /** Whether it has not come through another bridge; a snapshot is new unless something later has come. */
  #isNew(eid: string, incarnation: string, { kind, type, number }: LaneRecord): boolean {
    const seen = this.#seen(eid, incarnation, type);
    if (kind !== RecordKind.snapshot) return seen.add(number);
    if (number < seen.highest) return false;
    seen.addUpTo(number);
    return true;
  }

  #seen(eid: string, incarnation: string, type: string): RangeSet {
    return this.#context.share.seen(eid, incarnation, this.#lane.numberKey(type));
  }

  #mark(origin: RemoteOrigin, { kind, child, data }: LaneRecord): void {
    if (kind === RecordKind.begin && origin.needsSnapshots) {
      origin.snapshot = new RemoteSnapshot(this.#lane, origin.eid, this.#context.registry, data);
    } else if (kind === RecordKind.over && child !== null) {
      if (this.#pooled.end(child, origin.eid)) this.#lane.endChild(child);
    } else if (kind === RecordKind.leave) {
      origin.hasLeft = true;
      this.#context.left(origin.eid, origin.epoch);
      this.forget(origin.eid);
    }
  }

  #reject(peer: string, error: unknown, records = 1): void {
    if (!(error instanceof RejectedRecord)) {
      this.#context.emit({ type: 'error', error });
      return;
    }
    this.counters.rejected += records;
    this.#rejected ??= { peer, error, records: 0 };
    this.#rejected.records += records;
  }
}
