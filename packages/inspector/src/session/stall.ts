import type { Carrier } from './carrier.js';
import type { Inspected } from './inspected.js';

/** How one client takes what it is told. */
export type Pace =
  /** It reads. */
  | 'reads'
  /** It reads again. */
  | 'recovered'
  /** It does not read. */
  | 'stalled'
  /** It has not read for too long. */
  | 'hopeless';

/** So much less must wait before a client that has stalled is told anything again. */
const RECOVERED_FRACTION = 1 / 4;

/** Whether a client reads what it is sent: by how much waits to be sent. */
export class Stall {
  readonly #inspected: Inspected;
  readonly #carrier: Carrier;
  #since: number | undefined;

  constructor(inspected: Inspected, carrier: Carrier) {
    this.#inspected = inspected;
    this.#carrier = carrier;
  }

  /** Whether it was so when it was last looked at. */
  get isStalled(): boolean {
    return this.#since !== undefined;
  }

  look(): Pace {
    const { limits, clock } = this.#inspected;
    const most = limits.bufferedBytes * (this.isStalled ? RECOVERED_FRACTION : 1);
    if (this.#carrier.bufferedBytes > most) {
      this.#since ??= clock.now();
      return clock.now() - this.#since >= limits.stalledMs ? 'hopeless' : 'stalled';
    }
    const pace = this.isStalled ? 'recovered' : 'reads';
    this.#since = undefined;
    return pace;
  }
}
