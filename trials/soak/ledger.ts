/** From this many tokens on that were taken, the rest is moved to the front. */
const COMPACT_AT = 4096;

/** What a subscription is still to be given, oldest first, as tokens. As long as its backlog. */
export class Ledger {
  readonly #tokens: number[] = [];
  #first = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#first;
  }

  add(token: number): void {
    this.#tokens[this.#end++] = token;
  }

  /** Takes the oldest; `undefined` when nothing is due. */
  take(): number | undefined {
    if (this.#first === this.#end) return undefined;
    const token = this.#tokens[this.#first++];
    if (this.#first === this.#end) this.#first = this.#end = 0;
    else if (this.#first >= COMPACT_AT && this.#first > this.length) this.#compact();
    return token;
  }

  /** The oldest, which stays. */
  get next(): number | undefined {
    return this.length > 0 ? this.#tokens[this.#first] : undefined;
  }

  includes(token: number): boolean {
    const index = this.#tokens.indexOf(token, this.#first);
    return index >= 0 && index < this.#end;
  }

  #compact(): void {
    this.#tokens.copyWithin(0, this.#first, this.#end);
    this.#end = this.length;
    this.#first = 0;
  }
}
