/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The index of any one of them. */
export function anyOf(list: readonly unknown[]): number {
  return Math.floor(Math.random() * list.length);
}

/** Any number between two. */
export function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}
