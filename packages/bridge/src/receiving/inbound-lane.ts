import type { LaneHead } from '../protocol/control-message.js';
import { Delivery, type DeliveryContext, type InboundCounters } from './delivery.js';
import type { Frame } from '../protocol/frame.js';
import { RecordKind, type LaneRecord } from '../protocol/record.js';
import type { Lane } from '../protocol/lane.js';
import type { Whisper } from '../protocol/whisper.js';
import type { Turn } from './lane-sequence.js';
import { SnapshotTaker, type SnapshotTakerContext } from './snapshot-taker.js';
import type { RemoteOrigin } from './remote-origin.js';
import { RemoteOrigins } from './remote-origins.js';

/** What an inbound lane is given. */
export interface InboundContext extends DeliveryContext, Omit<SnapshotTakerContext, 'drained'> {
  /** Whether this bus has joined: it gets what others publish from now on. */
  readonly isThere: () => boolean;
  /** Whether the bus takes part. */
  readonly isPeer: (eid: string) => boolean;
  /** Whether this was the epoch of its last sign of life. */
  readonly isLiving: (eid: string, epoch: string) => boolean;
}

/** What the other buses publish on one lane, on its way into this bus: each in its order, and no faster than mailboxes take it. */
export class InboundLane {
  readonly lane: Lane;
  readonly origins: RemoteOrigins;
  readonly #context: InboundContext;
  readonly #delivery: Delivery;
  readonly #snapshots: SnapshotTaker;
  #isEnded = false;

  constructor(lane: Lane, context: InboundContext) {
    this.lane = lane;
    this.#context = context;
    this.origins = new RemoteOrigins(context.isLiving);
    this.#delivery = new Delivery(lane, context);
    const drained = (record: LaneRecord): Promise<void> => this.#drained(record);
    this.#snapshots = new SnapshotTaker(lane.name, this.#delivery, { ...context, drained });
  }

  /** What has been taken in so far; it goes on counting. */
  get counters(): InboundCounters {
    return this.#delivery.counters;
  }

  /** Frames that wait to be taken, or are being taken. */
  get depth(): number {
    return this.origins.all().reduce((sum, { jobs }) => sum + jobs.depth, 0);
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    await Promise.all(this.origins.all().map(({ jobs }) => jobs.idle()));
  }

  /** Takes the frame's records that come next, if any. Returns nothing when they are in the mailboxes, else a promise. */
  receive(frame: Frame): Promise<void> | undefined {
    const origin = this.#originOf(frame);
    if (origin === undefined || origin.hasLeft) return undefined;
    if (origin.sequence.isTooFar(frame.first)) {
      this.#delivery.refuse(origin.eid, frame);
      return undefined;
    }
    origin.hasSnapshots = frame.hasSnapshots;
    const isFirst = origin.arrivals++ === 0;
    const verdict = origin.sequence.offer(frame, this.#context.isThere());
    const done = typeof verdict === 'object' ? this.#takeTurns(origin, verdict) : undefined;
    if (verdict === 'unsynced' || (isFirst && origin.isWanting)) this.#context.ask(origin.eid, this.lane.name);
    if (verdict === 'duplicate') this.counters.duplicates += frame.records.length;
    return done;
  }

  /** A part of some snapshots has come. */
  heard(part: Extract<Whisper, { readonly kind: 'part' }>): void {
    const origin = this.origins.get(part.eid);
    if (origin?.epoch === part.epoch && origin.fetch?.set === part.set) origin.fetch.heard(part);
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
    origin.fetch?.stop();
    void origin.jobs.do(() => this.#delivery.forget(eid));
  }

  /** Something that came on this lane could not even be read. */
  reject(): void {
    this.counters.rejected++;
  }

  /** Takes nothing more; what it is publishing is left alone. */
  end(): void {
    this.#isEnded = true;
    this.#snapshots.end();
    for (const { fetch } of this.origins.all()) fetch?.stop();
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
    former.fetch?.stop();
    if (!former.hasLeft) void this.#takeTurns(former, former.sequence.end());
    if (!origin.hasSnapshots) void origin.jobs.do(() => this.#delivery.forget(origin.eid));
  }

  /** Returns nothing when all of them are in the mailboxes, else a promise: one job is done after the other. */
  #takeTurns(origin: RemoteOrigin, turns: readonly Turn[]): Promise<void> | undefined {
    let done: Promise<void> | undefined;
    for (const turn of turns) done = origin.jobs.do(() => this.#takeTurn(origin, turn));
    return done;
  }

  #takeTurn(origin: RemoteOrigin, { missed, frame, from }: Turn): Promise<void> | undefined {
    if (missed > 0) this.#miss(origin, missed);
    return frame === undefined ? undefined : this.#take(origin, frame, from);
  }

  #take(origin: RemoteOrigin, frame: Frame, from: number): Promise<void> | undefined {
    for (let index = from; index < frame.records.length; index++) {
      const waits = this.#takeRecord(origin, frame, index);
      if (waits !== undefined) return this.#takeAfter(waits, origin, frame, index + 1);
    }
    this.#delivery.endFrame();
    return undefined;
  }

  /** The next record has to wait for something; and for each that it has to wait for, those behind it do. */
  async #takeAfter(waits: Promise<void>, origin: RemoteOrigin, frame: Frame, from: number): Promise<void> {
    await waits;
    if (!this.#isEnded) await this.#take(origin, frame, from);
  }

  /** Returns what the next record has to wait for: mailboxes that stand above high water, or snapshots to come. */
  #takeRecord(origin: RemoteOrigin, { incarnation, first, records }: Frame, index: number): Promise<void> | undefined {
    const record = records[index] as LaneRecord;
    const isLow = this.#delivery.take(origin, incarnation, record);
    if (record.kind !== RecordKind.begin || origin.snapshot === undefined) {
      return isLow ? undefined : this.#drained(record);
    }
    return this.#snapshots.take(origin, incarnation, first + index);
  }

  async #drained({ child }: LaneRecord): Promise<void> {
    try {
      await this.lane.topicOf(child).drained();
    } catch (error) {
      this.#context.emit({ type: 'error', error });
    }
  }

  #miss(origin: RemoteOrigin, missed: number): undefined {
    this.#delivery.miss(origin, missed);
    if (origin.isWanting) this.#context.ask(origin.eid, this.lane.name);
  }
}
