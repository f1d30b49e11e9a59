/** Puts numbers behind names that are taken. No number is tried again and again: a thousand names cost a thousand tries. */
export class NumberedNames {
  /** By name, the number from which on to look for one that is free. */
  readonly #next = new Map<string, number>();

  /** The name with the lowest number behind it, from 2 on, that is not taken. */
  take(name: string, isTaken: (name: string) => boolean): string {
    let number = this.#next.get(name) ?? 2;
    while (isTaken(`${name}-${number}`)) number++;
    this.#next.set(name, number + 1);
    return `${name}-${number}`;
  }

  /** A name is free again, be it with a number or without. */
  free(name: string): void {
    this.#next.delete(name);
    const end = name.lastIndexOf('-');
    const base = name.slice(0, Math.max(end, 0));
    const next = this.#next.get(base);
    const number = Number(name.slice(end + 1));
    if (next !== undefined && number >= 2 && number < next) this.#next.set(base, number);
  }
}
