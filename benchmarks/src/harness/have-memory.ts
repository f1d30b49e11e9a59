/** As much as a Node with default options gives the young generation at the most. */
const SEMI_SPACE_MB = 16;

/** Options of Node: the young generation begins as large as it would become. For whoever then calls {@link haveMemory}. */
export function withYoungGeneration(megabytes: number = SEMI_SPACE_MB): readonly string[] {
  return [`--min-semi-space-size=${megabytes}`, `--max-semi-space-size=${megabytes}`];
}

/** Garbage of this size at a time: whole pages of the heap, but no large objects. */
const PIECE_BYTES = 64 * 1024;

/**
 * Has the process touch all of its young generation, both halves of it. The first touch of a page of memory is work for the
 * operating system, and on a virtual machine for its host: a fraction of a microsecond here, fifteen of them there. Whoever
 * happens to come first would otherwise pay for it.
 */
export function haveMemory(megabytes: number = SEMI_SPACE_MB): void {
  const pieces = (3 * megabytes * 1024 * 1024) / PIECE_BYTES;
  for (let piece = 0; piece < pieces; piece++) new Array<number>(PIECE_BYTES / 8).fill(piece);
}
