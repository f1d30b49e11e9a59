import { CacheClear, CacheUpdate, DispatchError, LOCAL_EID, StasisError, SubscriptionChange } from '@stasis-rx/core';
import type { CacheUpdateData, Message } from '@stasis-rx/core';

/** The failures of a program's handlers: each that happened has to be reported once, at the right place. */
export class Failures {
  readonly #happened: string[] = [];
  readonly #reported: string[] = [];

  /**
   * A new failure.
   * @param where who failed on what; empty where no report can tell
   * @param to who has to be told
   */
  happen(where: string, to: string): Error {
    const error = new Error(`failure ${this.#happened.length + 1}`);
    this.#happened.push(`${[error.message, where].filter(Boolean).join(': ')}, told to ${to}`);
    return error;
  }

  /** @param to who was told */
  report(error: unknown, to: string): void {
    this.#reported.push(`${describeError(error)}, told to ${to}`);
  }

  get areAllReported(): boolean {
    return this.#reported.length >= this.#happened.length;
  }

  get happened(): readonly string[] {
    return [...this.#happened].sort();
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
  return `${(error.cause as Error).message}: ${where}`;
}
