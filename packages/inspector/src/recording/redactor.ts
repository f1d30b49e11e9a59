import { StasisError, type Bus, type Message } from '@stasis-rx/core';

/**
 * Decides what of a message leaves the process: returns its data, a part of them, or something else instead. Called when
 * somebody looks, at most once for a message.
 */
export type Redact = (message: Message) => unknown;

/** What stands for data that `redact` failed on. */
export const REDACT_FAILED: unique symbol = Symbol('redact() failed');

/** The data of messages, as they may leave the process. */
export class Redactor {
  readonly #bus: Bus;
  readonly #redact: Redact | undefined;
  readonly #data = new WeakMap<Message, { readonly data: unknown }>();
  #hasFailed = false;

  constructor(bus: Bus, redact: Redact | undefined) {
    this.#bus = bus;
    this.#redact = redact;
  }

  /** Never throws: what `redact` throws is reported to the bus, once. */
  dataOf(message: Message): unknown {
    const redact = this.#redact;
    if (redact === undefined) return message.data;
    const known = this.#data.get(message);
    if (known !== undefined) return known.data;
    const data = this.#call(redact, message);
    this.#data.set(message, { data });
    return data;
  }

  #call(redact: Redact, message: Message): unknown {
    try {
      return redact(message);
    } catch (cause) {
      if (!this.#hasFailed) this.#bus.report(new StasisError('REDACT', '[inspector] redact() failed.', { cause }));
      this.#hasFailed = true;
      return REDACT_FAILED;
    }
  }
}
