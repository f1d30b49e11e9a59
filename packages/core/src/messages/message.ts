import { isDraftable, produce, type Draft, type Immutable } from 'immer';
import { assert, assertFunction, isRecord } from '../errors/assert.js';
import { describeCause, InvalidArgumentError } from '../errors/errors.js';
import { freezeData } from './freeze-data.js';
import type { AnyMessageType } from './message-type.js';

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

/**
 * Makes a new message of the same type and entity id, with changed data and the present time; the old message stands (M3).
 * A schema of the type is not run again: the recipe changes what the schema returned.
 *
 * @param recipe changes the draft it is given, or returns new data; it runs at once
 * @throws InvalidArgumentError when an argument cannot work, or immer cannot draft the data: it drafts plain objects and
 * arrays and, after its `enableMapSet()`, Maps and Sets
 * @example
 * const later = revise(answered, (draft) => { draft.agent = 'bob'; });
 */
export function revise<T>(message: Message<T>, recipe: (draft: Draft<T>) => Draft<T> | undefined | void): Message<T> {
  assert(isMessage(message), 'revise', 'a message', message);
  assertFunction('revise', 'recipe', recipe);
  const { data, type, eid } = message;
  const isSimple = typeof data !== 'object' || data === null;
  assert(isSimple || isDraftable(data), 'revise', 'data that immer can draft', data);
  return createMessage(type, revised(data, recipe as (draft: unknown) => unknown), { eid }) as Message<T>;
}

/** What the recipe throws goes to the caller as it is; what immer throws, inside the recipe or not, says what immer needs. */
function revised(data: unknown, recipe: (draft: unknown) => unknown): unknown {
  let failure: { readonly cause: unknown } | undefined;
  try {
    return produce(data, (draft: unknown) => {
      try {
        return recipe(draft);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    });
  } catch (cause) {
    const isImmers = failure?.cause !== cause || (cause instanceof Error && cause.message.startsWith('[Immer]'));
    if (!isImmers) throw cause;
    throw new InvalidArgumentError(
      '[core] revise()',
      'data and a recipe that immer can work with',
      data,
      `${describeCause(cause)}.`,
    );
  }
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
