import { InvalidArgumentError, isMessageType, type Topic } from '@stasis-rx/core';

/** Throws unless the value is a topic. */
export function assertTopic(call: string, topic: unknown): void {
  if (typeof (topic as Partial<Topic> | null | undefined)?.publish !== 'function') {
    throw new InvalidArgumentError(call, 'a topic of a bus', topic);
  }
}

/** Throws unless the value is a message type. */
export function assertType(call: string, type: unknown): void {
  if (!isMessageType(type)) throw new InvalidArgumentError(call, 'a message type', type);
}

/** Throws unless the value is a function. */
export function assertFunction(call: string, name: string, value: unknown): void {
  if (typeof value !== 'function') throw new InvalidArgumentError(call, `${name} to be a function`, value);
}

/** Throws unless the value is an array of format names. */
export function assertFormats(call: string, formats: unknown): void {
  if (!Array.isArray(formats)) throw new InvalidArgumentError(call, 'formats to be an array of format names', formats);
  const index = formats.findIndex((format) => typeof format !== 'string');
  if (index >= 0) throw new InvalidArgumentError(call, `formats[${String(index)}] to be a string`, formats[index]);
}
