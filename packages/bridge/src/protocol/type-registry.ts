import type { AnyMessageType, Message, MessageType } from '@stasis-rx/core';
import { jsonCodec, type BridgedType, type Codec } from './codec.js';
import type { Rejection } from '../ground/events.js';
import type { LaneRecord } from './record.js';
import { isSafeData } from '../ground/safe-data.js';
import { bytesOf } from '../ground/text.js';

/** Milliseconds from the epoch that a `Date` can have. */
const MAX_TIMESTAMP = 8.64e15;

/** A type that may cross. */
export interface RegisteredType {
  readonly type: AnyMessageType;
  /** How many bytes its name takes as JSON. */
  readonly nameBytes: number;
  readonly codec: Codec<unknown>;
}

/** Something that arrived cannot become a message. */
export class RejectedRecord extends Error {
  readonly reason: Rejection;

  constructor(reason: Rejection, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The message types that may cross: by identity on the way out, by name on the way in. */
export class TypeRegistry {
  readonly types: readonly AnyMessageType[];
  readonly #byIdentity = new Map<unknown, RegisteredType>();
  readonly #byName = new Map<string, RegisteredType>();

  constructor(types: readonly BridgedType[]) {
    for (const bridged of types) {
      const type = typeOf(bridged);
      const codec = 'codec' in bridged ? (bridged.codec as Codec<unknown>) : jsonCodec;
      const registered: RegisteredType = { type, nameBytes: bytesOf(JSON.stringify(type.name)), codec };
      this.#byIdentity.set(type.identity, registered);
      this.#byName.set(type.name, registered);
    }
    this.types = [...this.#byName.values()].map(({ type }) => type);
  }

  /** All of them. */
  all(): Iterable<RegisteredType> {
    return this.#byName.values();
  }

  /** The type of a message that was published here, if it may cross. */
  of(message: Message): RegisteredType | undefined {
    return this.#byIdentity.get(message.type.identity);
  }

  /** Makes a message of another bus's record, validated by its type. @throws RejectedRecord */
  read({ type, data, timestamp }: LaneRecord, eid: string): Message {
    const registered = this.#byName.get(type);
    if (registered === undefined) throw new RejectedRecord('unknown-type', `"${type}" is not among the bridge's types`);
    if (Math.abs(timestamp) > MAX_TIMESTAMP) {
      throw new RejectedRecord('malformed', `the time of a "${type}" is none that a Date can have`);
    }
    if (!isSafeData(data)) {
      throw new RejectedRecord('hostile', `the data of a "${type}" is nested too deeply or has a key "__proto__"`);
    }
    try {
      const create = registered.type as unknown as MessageType<unknown>;
      return create(registered.codec.decode(data), { eid, timestamp });
    } catch (cause) {
      throw new RejectedRecord('invalid', `the data of a "${type}" is not what the type takes`, { cause });
    }
  }
}

/** The message type, with or without a codec. */
export function typeOf(bridged: BridgedType): AnyMessageType {
  return 'codec' in bridged ? bridged.type : bridged;
}
