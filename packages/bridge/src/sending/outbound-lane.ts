import {
  CacheClear,
  isMessage,
  LOCAL_EID,
  subscribe,
  type Message,
  type Subscription,
  type Topic,
} from '@stasis-rx/core';
import type { BusShare } from '../protocol/bus-share.js';
import type { Clock } from '../ground/clock.js';
import { markOf, type Batch } from '../protocol/batch.js';
import { RecordKind } from '../protocol/record.js';
import type { Lane } from '../protocol/lane.js';
import { BatchWriter, type WriterContext } from './batch-writer.js';
import type { LaneSender } from './lane-sender.js';
import { Numbering } from './numbering.js';
import { inParts, SnapshotSets } from './snapshot-sets.js';
import { fitsInto } from '../ground/text.js';
import type { RegisteredType, TypeRegistry } from '../protocol/type-registry.js';
import { partText, PARTS_A_PULL } from '../protocol/whisper.js';

/** Snapshots that are asked for within so long go out once. */
const SNAPSHOT_EVERY_MS = 250;

/** What a mark takes beside its data, and some more. */
const MARK_BYTES = 128;

/** What an outbound lane is given. */
export interface OutboundContext extends WriterContext {
  readonly registry: TypeRegistry;
  readonly share: BusShare;
  readonly clock: Clock;
  readonly frameStart: string;
  /** Says something to one bus. */
  readonly whisper: (peer: string, text: string) => void;
}

/**
 * What is published here on one lane, on its way to the others: local messages, and the clearing of local snapshots.
 * Messages of other entities came from elsewhere, and aggregates are what every bus makes for itself: neither crosses,
 * so that there are no echoes, whatever way buses are bridged.
 *
 * It listens synchronously, so the snapshots of the caches and the place in the lane always belong together. What is published
 * in one go is written at its end, or when somebody has to know how much there is.
 */
export class OutboundLane {
  readonly #lane: Lane;
  readonly #sender: LaneSender;
  readonly #context: OutboundContext;
  readonly #numberings = new Map<RegisteredType, Numbering>();
  readonly #sets: SnapshotSets;
  readonly #writer: BatchWriter;
  /** Pooled topics on which something has gone out from here. */
  readonly #children = new Set<string>();
  #subscription: Subscription | undefined;
  #lastSnapshot = 0;
  #stopWaiting: (() => void) | undefined;
  #isAskedAgain = false;
  #isEnded = false;

  constructor(lane: Lane, sender: LaneSender, context: OutboundContext) {
    this.#lane = lane;
    this.#sender = sender;
    this.#context = context;
    this.#sets = new SnapshotSets(lane.name, context.clock);
    this.#writer = new BatchWriter(lane.name, context);
    for (const registered of context.registry.all()) {
      const counter = context.share.counter(lane.numberKey(registered.type.name));
      this.#numberings.set(registered, new Numbering(counter));
    }
  }

  /** Listens to the topic, also when it is another one of the same name. The first time, snapshots go first. */
  listen(): void {
    if (this.#isEnded || this.#subscription?.isSubscribed === true) return;
    if (this.#subscription === undefined) this.#queueSnapshots();
    const accept = [...this.#context.registry.types, CacheClear];
    this.#subscription = subscribe(this.#lane.topic, this.#take, {
      accept,
      delivery: 'synchronous',
      name: `bridge (${this.#lane.name})`,
    });
  }

  /** Tells all that snapshots can be had; those who need none pass over that. */
  offerSnapshots(): void {
    if (this.#lane.caches.length === 0 || this.#isEnded) return;
    if (this.#sender.nextToSend <= this.#lastSnapshot) return; // those that wait will do
    if (this.#stopWaiting !== undefined) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isAskedAgain = false;
    this.#queueSnapshots();
    this.#stopWaiting = this.#context.clock.after(SNAPSHOT_EVERY_MS, () => {
      this.#stopWaiting = undefined;
      if (this.#isAskedAgain) this.offerSnapshots();
    });
  }

  /** A pooled topic has ended here; where something of it has gone out, it is to end there too. */
  endChild(child: string): void {
    this.write();
    this.#context.share.pooled(this.#lane.name).forget(child);
    if (!this.#children.delete(child) || this.#isEnded) return;
    this.#push(markOf(RecordKind.over, child), true);
  }

  /** Somebody asks for parts of a set of snapshots. */
  giveParts(peer: string, set: number, from: number): void {
    const { whisper, frameStart } = this.#context;
    for (const part of this.#sets.parts(set, from, PARTS_A_PULL)) whisper(peer, partText(frameStart, peer, part));
  }

  /** Gives no snapshots any more. */
  stop(): void {
    this.#sets.end();
  }

  /** Stops taking messages, and says farewell. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#subscription?.unsubscribe();
    this.#stopWaiting?.();
    this.#push(markOf(RecordKind.leave), false);
  }

  #queueSnapshots(): void {
    if (this.#lane.caches.length === 0) return;
    this.#push(markOf(RecordKind.begin, null, this.#numbers()), false);
    this.#lastSnapshot = this.#sender.lastNumber;
    const { registry, room } = this.#context;
    const records = this.#lane.snapshots(LOCAL_EID, registry.types).flatMap((snapshot) => {
      const registered = registry.of(snapshot);
      if (registered === undefined) return [];
      const { last } = this.#numberingOf(registered); // that of the last message
      const writable = { kind: RecordKind.snapshot, registered, message: snapshot, number: last, child: null };
      return this.#writer.one(writable) ?? [];
    });
    this.#sets.keep(this.#lastSnapshot, inParts(records, room.targetLength));
    this.#writer.tell();
  }

  readonly #take = (message: Message, origin: Topic): void => {
    const isClear = CacheClear.is(message);
    const about: unknown = isClear ? message.data : message;
    if (!isMessage(about) || about.eid !== LOCAL_EID || (isClear && message.eid !== LOCAL_EID)) return;
    const registered = this.#context.registry.of(about);
    const child = registered === undefined ? undefined : this.#lane.childOf(origin);
    if (registered === undefined || child === undefined) return;
    const kind = isClear ? RecordKind.clear : RecordKind.message;
    if (this.#writer.waiting === 0) queueMicrotask(this.write);
    this.#writer.add({ kind, registered, message: about, number: this.#numberingOf(registered).next(), child });
    if (this.#writer.isFull) this.write();
  };

  /** Writes what has been published: the outbox has it then. */
  readonly write = (): void => {
    for (const batch of this.#writer.write()) {
      this.#sender.push(batch, true);
      for (const { child } of batch.heads) if (child !== null) this.#use(child);
    }
    this.#writer.tell();
  };

  #use(child: string): void {
    this.#children.add(child);
    this.#context.share.pooled(this.#lane.name).use(child, LOCAL_EID);
  }

  #numberingOf(registered: RegisteredType): Numbering {
    return this.#numberings.get(registered) as Numbering;
  }

  /** The last number of each type, for those who hear of them through another bridge too. Left out if it is too long. */
  #numbers(): string | undefined {
    const text = JSON.stringify(Array.from(this.#numberings, ([{ type }, { last }]) => [type.name, last]));
    return fitsInto(text, this.#context.room.maxBytes - MARK_BYTES) ? text : undefined;
  }

  /** What was published before is written before. */
  #push(mark: Batch, isBounded: boolean): void {
    this.write();
    this.#sender.push(mark, isBounded);
  }
}
