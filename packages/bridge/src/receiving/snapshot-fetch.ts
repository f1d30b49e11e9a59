import type { Clock } from '../ground/clock.js';
import type { LaneRecord } from '../protocol/record.js';
import { PARTS_A_PULL, type Whisper } from '../protocol/whisper.js';

type Part = Extract<Whisper, { readonly kind: 'part' }>;

/** How often something is asked for that does not come. */
const MAX_TRIES = 3;

/** What a fetch is given. */
export interface FetchContext {
  readonly clock: Clock;
  /** How long an answer may take, in milliseconds, before it is asked for again. */
  readonly patienceMs: number;
  /** Asks for the parts from one on. */
  readonly pull: (from: number) => void;
}

/**
 * Fetches one set of snapshots of another bus, part by part, in order. The next parts are asked for when those before
 * them have been taken, so that no more come than mailboxes take.
 */
export class SnapshotFetch {
  /** Which set: the number of its mark. */
  readonly set: number;
  readonly #context: FetchContext;
  readonly #come = new Map<number, readonly LaneRecord[]>();
  #next = 0;
  /** The parts before this one have been asked for. */
  #asked = 0;
  /** How many there are, once that is known. */
  #parts = Infinity;
  #tries = 0;
  #isStopped = false;
  #wake: () => void = () => undefined;

  constructor(set: number, context: FetchContext) {
    this.set = set;
    this.#context = context;
  }

  /** Whether all have been taken. */
  get isComplete(): boolean {
    return this.#next >= this.#parts;
  }

  /** The records that come next; nothing when all have been taken, or will not come. */
  async next(): Promise<readonly LaneRecord[] | undefined> {
    while (!this.#isStopped && !this.isComplete) {
      const records = this.#come.get(this.#next);
      if (records !== undefined) {
        this.#come.delete(this.#next++);
        return records;
      }
      if (this.#next >= this.#asked) this.#pull();
      await this.#something();
    }
    return undefined;
  }

  /** A part has come. */
  heard({ index, parts, records }: Part): void {
    if (parts === 0) this.stop();
    if (index >= this.#asked || index < this.#next || index >= parts) return;
    this.#parts = parts;
    this.#tries = 0;
    this.#come.set(index, records);
    this.#wake();
  }

  /** Nothing more is taken. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  #pull(): void {
    this.#asked = this.#next + PARTS_A_PULL;
    this.#context.pull(this.#next);
  }

  /** Resolves when a part has come, when nothing is to be taken any more, or when it has taken too long. */
  #something(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#context.clock.after(this.#context.patienceMs, () => {
        if (++this.#tries < MAX_TRIES) {
          this.#asked = this.#next;
        } // What has come meanwhile comes twice.
        else this.#isStopped = true;
        resolve();
      });
      this.#wake = () => {
        stop();
        resolve();
      };
    });
  }
}
