/**
 * Resolves with a promise that never rejects, or after so many milliseconds, whichever is first.
 *
 * @param keepsAlive whether the process waits as long, when nothing else keeps it alive
 */
export async function within(timeoutMs: number, settled: Promise<unknown>, keepsAlive: boolean): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise((resolve) => (patience = setTimeout(resolve, timeoutMs)));
  // Outside Node a timer is a number.
  if (!keepsAlive) (patience as Partial<NodeJS.Timeout> | undefined)?.unref?.();
  await Promise.race([settled, tooLate]);
  clearTimeout(patience);
}
