import { publish, type ModelTopic, type ModelWriter } from '../model.js';

/** What a cache promises, as one flat list of snapshots. */

export type SnapshotType = 'P' | 'Q';
export type SnapshotId = '' | '0' | 0;

export interface ModelSnapshot {
  readonly type: SnapshotType;
  readonly id: SnapshotId;
  /** `null` for an aggregate. */
  readonly eid: string | null;
  readonly value: number;
  readonly text: string;
}

/** A snapshot, or the message that clears one. */
export interface ModelCacheMessage {
  readonly snapshot: ModelSnapshot;
  readonly isClear: boolean;
}

/** Somebody who watches an id, or is told of the changes of all. */
export interface ModelWatcher {
  readonly due: string[];
  take(change: ModelSnapshot, after: string): void;
  leave(): void;
}

export class ModelCache {
  /** In the order in which they first came. */
  snapshots: readonly ModelSnapshot[] = [];
  aggregates: readonly ModelSnapshot[] = [];
  /** Whether it has ever had a caching topic. */
  isInUse = false;
  #watchers: readonly ModelWatcher[] = [];

  get(type: SnapshotType, id: SnapshotId, eid: string | null): ModelSnapshot | undefined {
    const list = eid === null ? this.aggregates : this.snapshots;
    return list.find((one) => one.type === type && one.id === id && one.eid === eid);
  }

  /** C5: the local one first. */
  all(type: SnapshotType, id: SnapshotId): ModelSnapshot[] {
    const entities = this.snapshots.filter((one) => one.type === type && one.id === id);
    return [...entities.filter(isLocal), ...entities.filter((one) => !isLocal(one))];
  }

  /** C5: the current local snapshot, and each later one. */
  watch(type: SnapshotType, id: SnapshotId): ModelWatcher {
    return this.#watch([textOf(this.get(type, id, 'local'))], (changed, after) =>
      changed.type === type && changed.id === id ? [after] : [],
    );
  }

  /** C5: each later change of a type's local snapshots. */
  follow(type: SnapshotType): ModelWatcher {
    return this.#watch([], (changed, after) => (changed.type === type ? [changeText(changed.id, after)] : []));
  }

  /** C2: what a topic knows of its caching topic. */
  writer(watched: ModelTopic, updates: ModelTopic): ModelWriter {
    this.isInUse = true;
    return {
      updates,
      write: (message) => {
        if (message !== undefined) this.#write(watched, updates, message as ModelCacheMessage);
      },
    };
  }

  #watch(due: string[], toldOf: (changed: ModelSnapshot, after: string) => readonly string[]): ModelWatcher {
    const watcher: ModelWatcher = {
      due,
      take: (changed, after) => void due.push(...toldOf(changed, after)),
      leave: () => void (this.#watchers = this.#watchers.filter((other) => other !== watcher)),
    };
    this.#watchers = [...this.#watchers, watcher];
    return watcher;
  }

  #write(watched: ModelTopic, updates: ModelTopic, { snapshot, isClear }: ModelCacheMessage): void {
    const { type, id, eid } = snapshot;
    const before = this.get(type, id, eid);
    const after = isClear ? undefined : snapshot;
    if (eid === null || (before ?? after) === undefined) return;
    this.snapshots = replaced(this.snapshots, before, after);
    announce(updates, before, after);
    if (isLocal(snapshot) && before !== after) {
      for (const watcher of this.#watchers) watcher.take(snapshot, textOf(after));
    }
    this.#aggregate(watched, updates, snapshot);
  }

  /** C6: the sum of all entities' values; for `P` alone. */
  #aggregate(watched: ModelTopic, updates: ModelTopic, { type, id }: ModelSnapshot): void {
    const before = this.get(type, id, null);
    const after = type === 'P' ? aggregateOf(id, this.all(type, id)) : undefined;
    if (before?.value === after?.value) return;
    this.aggregates = replaced(this.aggregates, before, after);
    if (after !== undefined) publish(watched, type, after.text, { snapshot: after, isClear: false });
    announce(updates, before, after);
  }
}

function aggregateOf(id: SnapshotId, snapshots: readonly ModelSnapshot[]): ModelSnapshot | undefined {
  if (snapshots.length === 0) return undefined;
  const value = snapshots.reduce((sum, snapshot) => sum + snapshot.value, 0);
  return { type: 'P', id, eid: null, value, text: `P(${JSON.stringify({ id, value })})@null` };
}

function announce(updates: ModelTopic, before: ModelSnapshot | undefined, after: ModelSnapshot | undefined): void {
  const { type, eid } = (after ?? before) as ModelSnapshot;
  const entity = eid === 'local' ? '' : `@${String(eid)}`;
  publish(updates, 'stasis_cache_update', `update of ${type}${entity}: ${textOf(before)} to ${textOf(after)}`);
}

function replaced(
  list: readonly ModelSnapshot[],
  before: ModelSnapshot | undefined,
  after: ModelSnapshot | undefined,
): ModelSnapshot[] {
  if (before === undefined) return [...list, ...(after === undefined ? [] : [after])];
  return list.flatMap((one) => (one === before ? (after ?? []) : one));
}

function isLocal({ eid }: ModelSnapshot): boolean {
  return eid === 'local';
}

/** A change as those are told of it who follow a type. */
export function changeText(id: SnapshotId, after: string): string {
  return `${JSON.stringify(id)}: ${after}`;
}

function textOf(snapshot: ModelSnapshot | undefined): string {
  return snapshot?.text ?? 'nothing';
}
