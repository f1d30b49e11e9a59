/** Gathers what goes wrong without ending the job: how often, and the last of each kind. Memory does not grow with it. */
export class Problems {
  readonly #kinds = new Map<string, { readonly count: number; readonly last: string }>();

  /** A hook that counts problems of one kind, such as `events skipped`. */
  hook(kind: string): (error: Error) => void {
    return ({ message }) => {
      const count = this.#kinds.get(kind)?.count ?? 0;
      this.#kinds.set(kind, { count: count + 1, last: message });
    };
  }

  /** A line for each kind. */
  lines(): string[] {
    return [...this.#kinds].map(([kind, { count, last }]) => `${kind}: ${count}, the last one: ${last}`);
  }
}
