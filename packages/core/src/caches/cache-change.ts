import type { MessageOf } from '../messages/message-type.js';
import type { AnyMessageType } from '../messages/message.js';

/** What a snapshot is a snapshot of. Compared as a Map compares keys: `''`, `'0'` and `0` are three ids. */
export type CacheId = string | number;

/** One change of what a cache holds of the local entity. */
export interface CacheChange<Type extends AnyMessageType = AnyMessageType> {
  /** Whose snapshot has changed. */
  readonly id: CacheId;
  /** The new snapshot; `undefined` when it was removed. */
  readonly snapshot: MessageOf<Type> | undefined;
}
