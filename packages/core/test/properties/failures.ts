import { CacheClear, CacheUpdate, DispatchError, LOCAL_EID, StasisError, SubscriptionChange } from '@stasis-rx/core';
import type { CacheUpdateData, Message } from '@stasis-rx/core';
import { isDeepStrictEqual } from 'node:util';
import { UnsubscriptionError } from 'rxjs';

/** The failures of a program's handlers and observers: each that happened has to be reported once, at the right place. */
export class Failures {
  readonly #happened: { readonly text: string; readonly isTaken: () => boolean }[] = [];
  readonly #reported: string[] = [];

  /**
   * A new failure.
   * @param where who failed on what; empty where no report can tell
   * @param to who has to be told
   * @param isTaken whether somebody else has taken it in the end
   */
  happen(where: string, to: string, isTaken = (): boolean => false): Error {
    const error = new Error(`failure ${this.#happened.length + 1}`);
    const text = `${[error.message, where].filter(Boolean).join(': ')}, told to ${to}`;
    this.#happened.push({ text, isTaken });
    return error;
  }

  /** @param to who was told */
  report(error: unknown, to: string): void {
    this.#reported.push(`${describeError(error)}, told to ${to}`);
  }

  /** Until it is so, one may still come that belongs to this program. */
  get areAllReported(): boolean {
    return isDeepStrictEqual(this.reported, this.happened);
  }

  get happened(): readonly string[] {
    return this.#happened
      .filter(({ isTaken }) => !isTaken())
      .map(({ text }) => text)
      .sort();
  }

  get reported(): readonly string[] {
    return [...this.#reported].sort();
  }
}

/** A message as programs and the model write it. */
export function describeMessage(message: Message): string {
  if (SubscriptionChange.is(message)) return `${message.data.description} ${message.data.uniqueId}`;
  if (CacheClear.is(message)) return `clear ${describeMessage(message.data)}`;
  if (CacheUpdate.is(message)) return describeUpdate(message);
  return `${message.type.name}(${JSON.stringify(message.data)})${ofEntity(message)}`;
}

function describeUpdate(message: Message<CacheUpdateData>): string {
  const { type, oldSnapshot, newSnapshot } = message.data;
  const [before, after] = [oldSnapshot, newSnapshot].map((one) => (one === null ? 'nothing' : describeMessage(one)));
  return `update of ${type.name}${ofEntity(message)}: ${before} to ${after}`;
}

function ofEntity({ eid }: Message): string {
  return eid === LOCAL_EID ? '' : `@${String(eid)}`;
}

function describeError(error: unknown): string {
  if (!(error instanceof StasisError)) return error instanceof Error ? error.message : String(error);
  const where =
    error instanceof DispatchError
      ? `${error.subscriptionId} on ${describeMessage(error.dispatched)} from ${error.topic}`
      : error.code;
  return `${describeCause(error.cause)}: ${where}`;
}

/** What teardowns throw comes in an error of RxJS's. */
function describeCause(cause: unknown): string {
  if (cause instanceof UnsubscriptionError) return (cause.errors as unknown[]).map(describeCause).join(', ');
  return cause instanceof Error ? cause.message : String(cause);
}
