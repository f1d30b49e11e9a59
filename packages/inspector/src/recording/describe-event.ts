import { describeValue, type BusEvent } from '@stasis-rx/core';
import { attempt, ownValue } from './own-parts.js';

/** What an event of a bus says, in words: its kind, and what it is about. */
export function describeEvent({ type, ...about }: BusEvent): string {
  const parts = Object.values(about).map((part: unknown) =>
    typeof part === 'string' || typeof part === 'number' ? part : describeError(part),
  );
  return `${type.replace('-', ' ')} ${parts.join(', ')}`.trim();
}

/** The message of an error, or a description of whatever else was thrown. Never throws; no getter runs. */
export function describeError(error: unknown): string {
  const message = attempt(() => ownValue(Object(error) as object, 'message'));
  return typeof message === 'string' ? message : describeValue(error);
}
