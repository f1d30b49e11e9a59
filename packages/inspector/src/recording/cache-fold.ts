import type { ProbeWrote } from '@stasis-rx/core';
import type { Kept } from './kept.js';

/** What stands in one cache: by message type, id and entity, the write that has put it there. */
export type FoldedEntries = Map<unknown, Map<string | number, Map<string | null, ProbeWrote>>>;

/** Caches, as the writes into them have left them. It keeps what the caches themselves hold, and nothing that has gone. */
export class CacheFold {
  /** By the name of the topic of their updates. */
  readonly caches: Map<string, FoldedEntries> = new Map<string, FoldedEntries>();

  /** Takes what comes next. */
  take({ is, record }: Kept): void {
    if (is === 'wrote') this.write(record);
    else if (is === 'changed' && record.event.type === 'topic-ended') this.caches.delete(record.event.topic);
  }

  write(record: ProbeWrote): void {
    const { updates, snapshotId, old, snapshot } = record;
    const { type, eid = null } = snapshot ?? old ?? {};
    const types = place(this.caches, updates, new Map());
    const ids = place(types, type?.identity, new Map());
    const entities = place(ids, snapshotId, new Map());
    if (snapshot === undefined) entities.delete(eid);
    else entities.set(eid, record);
    if (entities.size === 0) ids.delete(snapshotId);
  }
}

/** What stands under the key: the other value, where there was nothing. */
function place<Key, Value>(map: Map<Key, Value>, key: Key, otherwise: NoInfer<Value>): Value {
  const found = map.get(key) ?? otherwise;
  map.set(key, found);
  return found;
}
