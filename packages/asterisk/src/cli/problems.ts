/** Gathers what goes wrong without ending the job: how often, and the last of each kind. Memory does not grow with it. */
export class Problems {
  readonly #kinds = new Map<string, { readonly count: number; readonly last: string }>();

  /** Counts a problem of a kind, such as `events skipped`. @param what the problem, in words */
  add(kind: string, what: string): void {
    const count = this.#kinds.get(kind)?.count ?? 0;
    this.#kinds.set(kind, { count: count + 1, last: what });
  }

  /** A hook that counts errors as problems of one kind. */
  hook(kind: string): (error: Error) => void {
    return ({ message }) => this.add(kind, message);
  }

  /** A line for each kind. */
  lines(): string[] {
    return [...this.#kinds].map(([kind, { count, last }]) => `${kind}: ${count}, the last one: ${last}`);
  }
}
