/** The npm package unix-dgram, as far as it is used here: Node itself has no unix datagrams. */
export interface UnixDgram {
  /** @throws Error with a negative errno for a `code` */
  createSocket(type: 'unix_dgram'): UnixDgramSocket;
}

/** A socket that never blocks. What it tells, it tells inside the call; it holds the process until it is closed. */
export interface UnixDgramSocket {
  /** An errno, negative, is the `code` of the error. */
  on(event: 'error', listener: (error: UnixDgramError) => void): unknown;
  /** There may be room again, after a packet that the server had none for. */
  on(event: 'writable', listener: () => void): unknown;
  connect(path: string): void;
  /** @param callback with nothing when the system took it; with a positive `code` when the server has no room for it */
  send(packet: Uint8Array, callback: (error?: UnixDgramError) => void): void;
  close(): void;
}

/** What went wrong, as a number. */
export type UnixDgramError = Error & { readonly code?: unknown };

/**
 * Loads unix-dgram, which users install who want unix datagrams.
 *
 * @param name of the package; for tests
 */
export async function loadUnixDgram(name = 'unix-dgram'): Promise<UnixDgram> {
  // In a worker it would wait on the event loop of the main thread, and take the process down with it.
  if (!process.getBuiltinModule('node:worker_threads').isMainThread) {
    throw new Error('unix datagrams can be sent from the main thread only');
  }
  try {
    // Left alone by bundlers, which could not pack a native module anyway.
    return (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as UnixDgram;
  } catch (cause) {
    const isMissing = String((cause as NodeJS.ErrnoException).code).endsWith('MODULE_NOT_FOUND');
    const remedy = isMissing ? `is not there: npm install ${name}` : `does not load: npm rebuild ${name}`;
    throw new Error(`the package ${name}, which unix datagrams need, ${remedy}`, { cause });
  }
}
