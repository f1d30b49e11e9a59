import type { Immutable } from 'immer';
import { assert, isRecord } from '../errors/assert.js';
import { freezeData } from './freeze-data.js';

/** The entity id of a message that speaks of this very process (M7). */
export const LOCAL_EID = 'local';

const MESSAGE: unique symbol = Symbol.for('stasis-rx.message');

/**
 * A message: typed, immutable and cheap to keep for ever (M1, M3, M4). Made by calling a message type.
 * Models `struct stasis_message`.
 */
export interface Message<T = unknown> {
  /** The message type; its identity is the object, never the name (M2). */
  readonly type: AnyMessageType;
  /** Frozen by immer, in place: the publisher's own object is frozen too. */
  readonly data: Immutable<T>;
  /** When the message was created, in milliseconds since the Unix epoch. */
  readonly timestamp: number;
  /** The entity that the message speaks of; {@link LOCAL_EID} is this process, `null` an aggregate of several (M7). */
  readonly eid: string | null;
}

/** A message type of whatever data: what {@link Message.type} is, and what filters and routes are made of. */
export interface AnyMessageType {
  /** For people and for statistics; two types of one name are two types (M2). */
  readonly name: string;
  /**
   * What decides whether two message types are the same: the type itself or, for the types that core brings along, a
   * symbol that all loaded copies of core share. Use it as the key where types are looked up.
   */
  readonly identity: unknown;
  /** The formatters by format name (M5). */
  readonly formatters: ReadonlyMap<string, (message: never) => unknown>;
  /** Whether a value is a message of this type, whoever made it. */
  readonly is: (message: unknown) => message is Message;
}

/** What a message is given beside its data. */
export interface MessageOptions {
  /** Entity id; `null` for an aggregate. Default {@link LOCAL_EID}. */
  readonly eid?: string | null | undefined;
  /** Milliseconds since the Unix epoch. Default: now. */
  readonly timestamp?: number | undefined;
}

/** Whether a value is a message, made by this copy of core or by another one. */
export function isMessage(value: unknown): value is Message {
  return (value as Partial<Envelope> | null | undefined)?.[MESSAGE] === true;
}

/** Makes a message and freezes it with its data. Message types call it; `data` has been validated by then. */
export function createMessage(type: AnyMessageType, data: unknown, options: MessageOptions | undefined): Message {
  if (options === undefined) return frozenMessage(type, freezeData(type.name, data), Date.now(), LOCAL_EID);
  assert(isRecord(options), type.name, 'options to be an object', options, 'Leave them out for the defaults.');
  const { eid = LOCAL_EID, timestamp = Date.now() } = options;
  assertOptions(type, eid, timestamp);
  return frozenMessage(type, freezeData(type.name, data), timestamp, eid);
}

/** Makes a message of data that is frozen. */
export function frozenMessage(type: AnyMessageType, data: unknown, timestamp: number, eid: string | null): Message {
  return new Envelope(type, data, timestamp, eid);
}

/** The class behind {@link Message}: one shape for all, its brand on the prototype, where the compiler folds it away. */
class Envelope implements Message {
  readonly type: AnyMessageType;
  readonly data: unknown;
  readonly timestamp: number;
  readonly eid: string | null;

  constructor(type: AnyMessageType, data: unknown, timestamp: number, eid: string | null) {
    this.type = type;
    this.data = data;
    this.timestamp = timestamp;
    this.eid = eid;
    Object.freeze(this);
  }

  get [MESSAGE](): true {
    return true;
  }

  /** For `JSON.stringify`, snapshots of tests, and logs. */
  toJSON(): MessageJSON {
    return messageJSON(this, LOCAL_EID);
  }
}

/** A message as plain JSON. */
export interface MessageJSON {
  /** Name of the message type. */
  readonly type: string;
  /** Milliseconds since the Unix epoch. */
  readonly timestamp: number;
  /** Entity id; `null` for an aggregate. */
  readonly eid: string | null;
  /** What the type's `json` formatter returns, else the data. */
  readonly data: unknown;
}

/** @param localEid what stands for the local entity */
export function messageJSON(message: Message, localEid: string): MessageJSON {
  const { type, timestamp, eid } = message;
  const format = type.formatters.get('json') as ((message: Message) => unknown) | undefined;
  return {
    type: type.name,
    timestamp,
    eid: eid === LOCAL_EID ? localEid : eid,
    data: format === undefined ? message.data : format(message),
  };
}

function assertOptions(type: AnyMessageType, eid: unknown, timestamp: unknown): void {
  const isEid = eid === null || typeof eid === 'string';
  assert(isEid, type.name, 'eid to be a string, or null for an aggregate', eid, 'Leave it out for the local entity.');
  const expectation = 'timestamp to be milliseconds since the Unix epoch';
  assert(Number.isFinite(timestamp), type.name, expectation, timestamp, 'Leave it out for now.');
}
