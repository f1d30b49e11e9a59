import type { AnyMessageType, Message } from '@stasis-rx/core';
import { defer, groupBy, type GroupedObservable, type OperatorFunction } from 'rxjs';

/** The messages of one type; `key` is the message type. */
export type MessageGroup<M extends Message = Message> = GroupedObservable<AnyMessageType, M>;

/**
 * Operator: parts a stream of messages into one group for each message type, as they appear. RxJS's `groupBy`, with the
 * type as the key: the groups are plain Observables, and what is done in one is not serialised with what is done in
 * another. For handlers that must keep their order across types, use `createMessageRouter`.
 *
 * @example
 * calls.pipe(
 *   groupByType(),
 *   mergeMap((group) => group.pipe(count(), map((n) => `${group.key.name}: ${String(n)}`))),
 * );
 */
export function groupByType<M extends Message>(): OperatorFunction<M, MessageGroup<M>> {
  return (source) =>
    defer(() => {
      // Several loaded copies of core each have an object of their own for a built-in type: the first one seen is the key.
      const types = new Map<unknown, AnyMessageType>();
      return source.pipe(
        groupBy(({ type }) => {
          const known = types.get(type.identity);
          if (known === undefined) types.set(type.identity, type);
          return known ?? type;
        }),
      );
    });
}
