const WITHIN_MS = 30_000;

/** Waits until something holds. @throws Error when it does not within half a minute */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`not within ${WITHIN_MS} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
