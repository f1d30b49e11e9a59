import type { Shown } from '../../protocol/shown.js';

/** What tells one entry of a cache from the others. */
export interface EntryKey {
  /** Name of the snapshots' message type. */
  readonly type: string;
  /** Which snapshot, as text. */
  readonly snapshot: string;
}

/** An entry, as it stands at some moment. */
export interface CacheEntry extends EntryKey {
  readonly data: Shown;
  /** When it was written; `undefined` when that was before the inspector came. */
  readonly at: number | undefined;
  /** The publish that wrote it. */
  readonly by: number | undefined;
}

/** A change of a cache. */
export interface CacheWrite extends EntryKey {
  /** The how-manieth of all writes into that cache that were told of, from 0. */
  readonly sequence: number;
  readonly at: number;
  /** The publish that wrote it; 0 where none did: a state that has ended. */
  readonly by: number;
  /** What stood there; `undefined` when nothing did, or it is not known. */
  readonly before: Shown | undefined;
  /** What stands there; `undefined` when it was removed. */
  readonly after: Shown | undefined;
}

/** An entry's key as one text. */
export function keyText({ type, snapshot }: EntryKey): string {
  return JSON.stringify([type, snapshot]);
}
