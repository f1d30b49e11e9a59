/** Starts a timer that lets the process exit. @param delayMs in milliseconds */
export function startTimer(delayMs: number, callback: () => void): ReturnType<typeof setTimeout> {
  const timer = setTimeout(callback, delayMs);
  // Outside Node a timer is a number.
  (timer as Partial<NodeJS.Timeout>).unref?.();
  return timer;
}
