/** Resolves with a promise that never rejects, or after so many milliseconds, whichever is first. */
export async function within(timeoutMs: number, settled: Promise<unknown>): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise((resolve) => (patience = setTimeout(resolve, timeoutMs)));
  await Promise.race([settled, tooLate]);
  clearTimeout(patience);
}
