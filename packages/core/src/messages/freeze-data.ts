import { freeze, isDraft, isDraftable } from 'immer';
import { describeCause, InvalidArgumentError } from '../errors/errors.js';

/**
 * Freezes data in place, by immer, down to any depth: all of it or, where it is refused, nothing. What immer cannot freeze
 * it leaves alone, and what is frozen it takes for frozen all the way down, as immer does.
 *
 * @param call who complains: `call_answered`
 * @throws InvalidArgumentError when an immer draft is in it, which is no data but will be, or something that cannot be read
 */
export function freezeData<Data>(call: string, data: Data): Data {
  if (!isObject(data)) return data;
  try {
    if (isFlat(data)) return Object.freeze(data);
    for (const part of partsOf(data)) freeze(part);
    return data;
  } catch (cause) {
    const hint = cause instanceof DraftError ? "Give it what immer's current() returns." : `${describeCause(cause)}.`;
    throw new InvalidArgumentError(
      `[core] ${call}()`,
      'data that can be read, without an immer draft in it',
      data,
      hint,
    );
  }
}

class DraftError extends Error {}

/** Most data is flat, and then there is no need to walk it. */
function isFlat(data: object): boolean {
  if (Object.getPrototypeOf(data) !== Object.prototype || isDraft(data)) return false;
  for (const key in data) if (isObject((data as Record<string, unknown>)[key])) return false;
  return true;
}

/** Everything in the data that is to be frozen, each once. Walked with a list: data may be deeper than the stack. */
function partsOf(data: object): Iterable<object> {
  const parts = new Set<object>();
  if (isFreezable(data)) parts.add(data);
  for (const part of parts) {
    for (const child of childrenOf(part)) if (isObject(child) && isFreezable(child)) parts.add(child);
  }
  return parts;
}

function isFreezable(part: object): boolean {
  if (isDraft(part)) throw new DraftError();
  return !Object.isFrozen(part) && isDraftable(part);
}

function childrenOf(part: object): Iterable<unknown> {
  if (part instanceof Map) return [...part.keys(), ...part.values()] as unknown[];
  if (part instanceof Set) return part as Iterable<unknown>;
  return Object.values(part) as unknown[];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
