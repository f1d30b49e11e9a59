import type { Clock } from '../ground/clock.js';
import { RecordKind, type LaneRecord } from '../protocol/record.js';
import type { Delivery } from './delivery.js';
import type { RemoteOrigin } from './remote-origin.js';
import { SnapshotFetch } from './snapshot-fetch.js';

/** What taking snapshots needs. */
export interface SnapshotTakerContext {
  readonly clock: Clock;
  readonly heartbeatMs: number;
  /** Asks a peer for its snapshots of a lane. */
  readonly ask: (peer: string, lane: string) => void;
  /** Asks a peer for some parts of a set of snapshots. */
  readonly pull: (origin: RemoteOrigin, lane: string, set: number, from: number) => void;
  /** Resolves when the mailboxes that a record has gone into have room again. Never rejects. */
  readonly drained: (record: LaneRecord) => Promise<void>;
}

/** Fetches the snapshots of other buses that marks of one lane have told of, and publishes them. */
export class SnapshotTaker {
  readonly #lane: string;
  readonly #delivery: Delivery;
  readonly #context: SnapshotTakerContext;
  #isEnded = false;

  constructor(lane: string, delivery: Delivery, context: SnapshotTakerContext) {
    this.#lane = lane;
    this.#delivery = delivery;
    this.#context = context;
  }

  /** Takes one set. Those that do not come are asked for again. @param set the number of its mark */
  async take(origin: RemoteOrigin, incarnation: string, set: number): Promise<void> {
    const { clock, heartbeatMs: patienceMs, pull, ask, drained } = this.#context;
    const fetch = new SnapshotFetch(set, { clock, patienceMs, pull: (from) => pull(origin, this.#lane, set, from) });
    origin.fetch = fetch;
    for (let records = await fetch.next(); records !== undefined; records = await fetch.next()) {
      for (const record of records) {
        if (record.kind !== RecordKind.snapshot) continue;
        if (!this.#delivery.take(origin, incarnation, record)) await drained(record);
      }
    }
    origin.fetch = undefined;
    if (this.#isEnded) return;
    this.#delivery.endSnapshots(origin, incarnation, fetch.isComplete);
    if (origin.isWanting) ask(origin.eid, this.#lane);
  }

  /** What is still being fetched is of no interest any more. */
  end(): void {
    this.#isEnded = true;
  }
}
