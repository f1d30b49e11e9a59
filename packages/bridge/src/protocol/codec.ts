import type { AnyMessageType, Message, MessageOf } from '@stasis-rx/core';

/**
 * How the data of one message type crosses. JSON carries the result, so it is made of plain objects, arrays, strings,
 * finite numbers, booleans and null. Without a codec the data itself is: what JSON leaves out or changes (`undefined`,
 * a `Date`, a `Map`, `NaN`, a `BigInt`) then arrives otherwise, or not at all.
 */
export interface Codec<T> {
  /** Gives the data as JSON can carry it. What it throws keeps the message from crossing, and is reported. */
  readonly encode: (data: T) => unknown;
  /** Gives what the message type is then called with, which validates it. What it throws drops the message, and is reported. */
  readonly decode: (value: unknown) => unknown;
}

/** A message type that may cross, with a codec of its own. Made by {@link withCodec}. */
export interface CodedType {
  /** The message type. */
  readonly type: AnyMessageType;
  /** How its data crosses. */
  readonly codec: Codec<never>;
}

/** A message type that may cross: as it is, or with a codec. */
export type BridgedType = AnyMessageType | CodedType;

/**
 * Gives a message type a codec, for the `types` of a bridge.
 *
 * @example
 * withCodec(Booked, { encode: ({ at }) => at.getTime(), decode: (value) => ({ at: new Date(Number(value)) }) });
 */
export function withCodec<Type extends AnyMessageType>(
  type: Type,
  codec: Codec<MessageOf<Type> extends Message<infer T> ? T : never>,
): CodedType {
  return { type, codec };
}

/** The data as it is. */
export const jsonCodec: Codec<unknown> = { encode: (data) => data, decode: (value) => value };
