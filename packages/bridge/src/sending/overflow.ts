/** What a lane has given up for want of room: told of at the first, and with its number once the lane sends again, or never will. */
export class Overflow {
  /** How many records, ever. */
  dropped = 0;
  readonly #tell: (dropped: number) => void;
  #told = 0;

  constructor(tell: (dropped: number) => void) {
    this.#tell = tell;
  }

  /** Another record is given up. */
  add(): void {
    if (this.dropped++ === this.#told) this.#tell(1);
  }

  /** So many were lost since it last sent. */
  tell(): void {
    const dropped = this.dropped - this.#told;
    this.#told = this.dropped;
    if (dropped > 1) this.#tell(dropped);
  }
}
