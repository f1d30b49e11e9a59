import {
  CacheClear,
  CacheUpdate,
  SubscriptionChange,
  type AnyMessageType,
  type Message,
  type MessageOptions,
} from '@stasis-rx/core';
import type { RecordedPublish } from '../protocol/recorded.js';

/** Finds a message type by its name; `undefined` when there is none. */
export type TypeByName = (name: string) => AnyMessageType | undefined;

/** Makes the data of a message from what was recorded. */
export type Revive = (data: unknown, event: RecordedPublish) => unknown;

type Make = (data: unknown, options: MessageOptions) => Message;

/** What a bus publishes itself, when it is told to subscribe or to write. */
const OF_THE_BUS: ReadonlySet<string> = new Set([CacheUpdate.name, SubscriptionChange.name]);

/** Messages, made again of what was recorded of them. */
export class Remade {
  readonly #typeOf: TypeByName;
  readonly #revive: Revive;

  constructor(types: readonly AnyMessageType[] | TypeByName, revive: Revive = (data) => data) {
    const byName = typeof types === 'function' ? undefined : new Map(types.map((type) => [type.name, type]));
    this.#typeOf = byName === undefined ? (types as TypeByName) : (name) => byName.get(name);
    this.#revive = revive;
  }

  /**
   * The message; `undefined` when its type is not known, or it is one that a bus publishes itself.
   * @throws what the message type or `revive` throws
   */
  message(event: RecordedPublish): Message | undefined {
    if (OF_THE_BUS.has(event.type)) return undefined;
    const { timestamp, eid, data } = event;
    if (event.type === CacheClear.name) return this.#clear(event);
    const type = this.#typeOf(event.type);
    return type === undefined ? undefined : (type as unknown as Make)(this.#revive(data, event), { timestamp, eid });
  }

  /** Its data are a message. */
  #clear(event: RecordedPublish): Message | undefined {
    const { type, data, timestamp = event.timestamp, eid } = Object(event.data) as Partial<RecordedPublish>;
    if (typeof type !== 'string') return undefined;
    const snapshot = this.message({ ...event, type, data, timestamp, eid: eid === undefined ? event.eid : eid });
    return snapshot && CacheClear(snapshot, { timestamp: event.timestamp, eid: event.eid });
  }
}
