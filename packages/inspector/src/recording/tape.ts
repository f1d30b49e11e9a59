import type { AttachedProbe, Bus, BusEvent, Message } from '@stasis-rx/core';
import type { Limits } from '../ground/limits.js';
import { estimateBytes } from './byte-estimate.js';
import { CacheFold } from './cache-fold.js';
import type { Kept, Part, ToldOf } from './kept.js';
import { Ring } from './ring.js';

/** What a record takes beside its message's data. */
const RECORD_BYTES = 96;

/** After which of the bus's events everything hangs together as before. */
const NO_CHANGE: ReadonlySet<BusEvent['type']> = new Set(['congestion', 'dropped', 'error']);

/**
 * What a probe has been told, the latest of it. It keeps references to the probe's own records: messages never change, so
 * nothing is copied or looked at before somebody asks.
 */
export class Tape {
  readonly ring: Ring<Kept>;
  /** The caches as those writes have left them that are no longer kept. */
  readonly gone: CacheFold = new CacheFold();
  readonly #bus: Bus;
  #attached: AttachedProbe | undefined;
  #lastMeasured: Message | undefined;
  /** How often something has changed in how the bus hangs together. */
  changes = 0;

  constructor(bus: Bus, limits: Limits) {
    this.#bus = bus;
    this.ring = new Ring(limits.records, limits.bytes, (kept) => this.gone.take(kept));
  }

  /** Begins, or goes on. */
  start(): void {
    this.#attached ??= this.#bus.attach({
      published: (record) => this.#keep('published', record, this.#measure(record.message)),
      queued: (record) => this.#keep('queued', record, 0),
      began: (record) => this.#keep('began', record, 0),
      ended: (record) => this.#keep('ended', record, 0),
      dropped: (record) => this.#keep('dropped', record, 0),
      wrote: (record) => this.#keep('wrote', record, this.#measure(record.snapshot)),
      changed: (record) => {
        if (!NO_CHANGE.has(record.event.type)) this.changes++;
        this.#keep('changed', record, 0);
      },
    });
  }

  /** Keeps what there is, and takes nothing more. */
  stop(): void {
    this.#attached?.detach();
    this.#attached = undefined;
  }

  #keep<Name extends Part>(is: Name, record: ToldOf<Name>, bytes: number): void {
    this.ring.push({ is, record } as unknown as Kept, RECORD_BYTES + bytes);
  }

  /** What is published is often written into a cache right then, and counts once. */
  #measure(message: Message | undefined): number {
    if (message === undefined || message === this.#lastMeasured) return 0;
    this.#lastMeasured = message;
    return estimateBytes(message.data);
  }
}
