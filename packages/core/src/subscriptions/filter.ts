import type { AnyMessageType } from '../messages/message.js';
import { SubscriptionChange } from '../messages/subscription-change.js';

/**
 * Which messages a subscription takes (S8): those of certain types, those whose type has certain formatters, with both
 * filters those that pass either, with none all. Models `stasis_subscription_accept_message_type` and its kin.
 */
export class Filter {
  /** By identity: the names. */
  #types: Map<unknown, string> | undefined;
  #formats: readonly string[] | undefined;

  constructor(accept: readonly AnyMessageType[] | undefined, acceptFormats: readonly string[] | undefined) {
    if (accept !== undefined) this.accept(accept);
    if (acceptFormats !== undefined) this.acceptFormats(acceptFormats);
  }

  accepts(type: AnyMessageType): boolean {
    if (this.#types === undefined && this.#formats === undefined) return true;
    return (
      this.#types?.has(type.identity) === true || this.#formats?.some((format) => type.formatters.has(format)) === true
    );
  }

  /** The names of the types, if it filters by type. */
  get types(): readonly string[] | null {
    return this.#types === undefined ? null : [...this.#types.values()];
  }

  get formats(): readonly string[] | null {
    return this.#formats ?? null;
  }

  /** A filter by formats alone lets the final message through; one by type only if it names subscription changes. */
  get acceptsFinal(): boolean {
    return this.#types === undefined || this.#types.has(SubscriptionChange.identity);
  }

  /** Adds to the filter by type, and makes it one. */
  accept(types: readonly AnyMessageType[]): void {
    this.#types ??= new Map();
    for (const type of types) this.#types.set(type.identity, type.name);
  }

  /** Takes away from the filter by type; without one there is nothing to take away from. */
  decline(types: readonly AnyMessageType[]): void {
    for (const type of types) this.#types?.delete(type.identity);
  }

  /** Replaces the filter by formats. */
  acceptFormats(formats: readonly string[]): void {
    this.#formats = [...formats];
  }

  acceptAll(): void {
    this.#types = this.#formats = undefined;
  }
}
