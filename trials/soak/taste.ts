import { SubscriptionChange, type AnyMessageType } from '@stasis-rx/core';
import { Formatted } from './messages.js';

/** What a subscription's filter lets through (S8), as the model has it. */
export class Taste {
  /** The filter by type. */
  types: Set<AnyMessageType> | undefined;
  /** Whether there is a filter by formats, for JSON. */
  wantsJson: boolean;

  constructor(types: readonly AnyMessageType[] | undefined, wantsJson: boolean) {
    this.types = types && new Set<AnyMessageType>(types);
    this.wantsJson = wantsJson;
  }

  accepts(type: AnyMessageType): boolean {
    if (this.types === undefined && !this.wantsJson) return true;
    return this.types?.has(type) === true || (this.wantsJson && type === Formatted);
  }

  /** A filter by formats alone lets the final message through. */
  get acceptsFinal(): boolean {
    return this.types === undefined || this.types.has(SubscriptionChange);
  }
}
