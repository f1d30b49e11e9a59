import { isEarlier } from '../protocol/epoch.js';
import type { FrameHead } from '../protocol/frame.js';
import { RemoteOrigin } from './remote-origin.js';

/** How many buses are remembered in one lane, and how many former epochs of each. */
const MAX_ORIGINS = 1024;
const MAX_EPOCHS = 8;

interface Known {
  origin: RemoteOrigin;
  /** Epochs that have been followed by another one. */
  readonly former: string[];
}

/**
 * The other buses of one lane. Each has one epoch at a time: what comes of a former one is of no use any more. When there
 * are too many, the one that has not been heard for longest is forgotten: tabs come and go, servers stay.
 */
export class RemoteOrigins {
  /** In the order in which they were last heard. */
  readonly #known = new Map<string, Known>();
  readonly #isLiving: (eid: string, epoch: string) => boolean;

  /** @param isLiving whether this was the epoch of the bus's last sign of life */
  constructor(isLiving: (eid: string, epoch: string) => boolean) {
    this.#isLiving = isLiving;
  }

  get(eid: string): RemoteOrigin | undefined {
    return this.#known.get(eid)?.origin;
  }

  all(): RemoteOrigin[] {
    return [...this.#known.values()].map(({ origin }) => origin);
  }

  /**
   * The bus and epoch of a frame; nothing when that epoch is over. A new epoch ends the one before, unless nothing has come
   * of that but signs of life: they may be ahead of the frames of a former one. Frames of a former one may also be behind
   * those of the one that lives: it began earlier, then, by a clock that is believed only where signs of life agree with it.
   */
  of(head: Pick<FrameHead, 'eid' | 'epoch' | 'hasSnapshots'>): RemoteOrigin | undefined {
    const known = this.heard(head.eid);
    if (known?.origin.epoch === head.epoch) return known.origin;
    if (known === undefined) return this.#add(head);
    if (known.former.includes(head.epoch) || this.#isLate(head, known.origin)) return undefined;
    if (known.origin.arrivals > 0) known.former.push(known.origin.epoch);
    if (known.former.length > MAX_EPOCHS) known.former.shift();
    known.origin = new RemoteOrigin(head, known.origin);
    return known.origin;
  }

  /** A sign of life: it is the last to be forgotten. */
  heard(eid: string): Known | undefined {
    const known = this.#known.get(eid);
    if (known === undefined) return undefined;
    this.#known.delete(eid);
    this.#known.set(eid, known);
    return known;
  }

  #isLate({ eid, epoch }: Pick<FrameHead, 'eid' | 'epoch'>, { epoch: present, arrivals }: RemoteOrigin): boolean {
    return arrivals > 0 && isEarlier(epoch, present) && this.#isLiving(eid, present);
  }

  #add(head: Pick<FrameHead, 'eid' | 'epoch' | 'hasSnapshots'>): RemoteOrigin {
    const origin = new RemoteOrigin(head);
    this.#known.set(head.eid, { origin, former: [] });
    if (this.#known.size > MAX_ORIGINS) this.#known.delete(this.#known.keys().next().value as string);
    return origin;
  }
}
