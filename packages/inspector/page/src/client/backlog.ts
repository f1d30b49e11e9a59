/** So much may wait: what is more is passed over, or the page would be behind for ever. */
const MOST_CHARACTERS = 24e6;
const RECORDS = '{"is":"records"';

/** What was received and not taken yet. Records are passed over when there are too many; everything else is taken. */
export class Backlog {
  #texts: string[] = [];
  #characters = 0;
  #next = 0;

  get isEmpty(): boolean {
    return this.#next === this.#texts.length;
  }

  /** @returns how many batches of records had to be passed over for it */
  add(text: string): number {
    this.#texts.push(text);
    this.#characters += text.length;
    return this.#characters > MOST_CHARACTERS ? this.#shed() : 0;
  }

  take(): string | undefined {
    const text = this.#texts[this.#next];
    if (text === undefined) return undefined;
    this.#texts[this.#next++] = '';
    this.#characters -= text.length;
    if (this.isEmpty) this.clear();
    return text;
  }

  clear(): void {
    this.#texts = [];
    this.#next = 0;
    this.#characters = 0;
  }

  /** The oldest go, down to half of the bound. */
  #shed(): number {
    const kept: string[] = [];
    let shed = 0;
    for (const text of this.#texts.slice(this.#next)) {
      const goes = this.#characters > MOST_CHARACTERS / 2 && text.startsWith(RECORDS);
      if (goes) this.#characters -= text.length;
      if (goes) shed++;
      else kept.push(text);
    }
    this.#texts = kept;
    this.#next = 0;
    return shed;
  }
}
