import type { Message, ProbeWrote } from '@stasis-rx/core';
import { CacheFold } from '../recording/cache-fold.js';
import type { Tape } from '../recording/tape.js';

/** What stands in a cache now, as far as it was written since the tape began; `updates` names it. O(records). */
export function cacheEntries({ gone, ring }: Tape, updates: string): readonly ProbeWrote[] {
  const fold = new CacheFold();
  for (const record of entriesOf(gone, updates)) fold.write(record);
  for (const kept of ring) fold.take(kept);
  return entriesOf(fold, updates);
}

function entriesOf({ caches }: CacheFold, updates: string): readonly ProbeWrote[] {
  const types = [...(caches.get(updates)?.values() ?? [])];
  return types.flatMap((ids) => [...ids.values()].flatMap((entities) => [...entities.values()]));
}

/** The message of this publish, if it is still kept. O(records). */
export function messageOf({ ring }: Tape, id: number): Message | undefined {
  for (let number = ring.end - 1; number >= ring.first; number--) {
    const kept = ring.at(number);
    if (kept?.is === 'published' && kept.record.id === id) return kept.record.message;
  }
  return undefined;
}
