/** More of them say nothing new. */
const MOST = 10;

/** The invariants that broke. Handlers find them, and what a handler throws is the bus's: so they are written down here. */
export class Violations {
  readonly #texts: string[] = [];

  /** @param rule number of the rule in docs/semantics.md */
  report(rule: string, text: string): void {
    if (this.#texts.length < MOST) this.#texts.push(`${rule}: ${text}`);
  }

  get isBroken(): boolean {
    return this.#texts.length > 0;
  }

  /** The first few, in the order in which they were found. */
  get texts(): readonly string[] {
    return this.#texts;
  }
}
