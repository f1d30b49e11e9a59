import { isDraftable, produce, type Draft } from 'immer';
import { assert, assertFunction } from '../errors/assert.js';
import { describeCause, InvalidArgumentError } from '../errors/errors.js';
import { createMessage, isMessage, type Message } from './message.js';

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
