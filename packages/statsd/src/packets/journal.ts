import type { StasisError } from '@stasis-rx/core';
import type { Packet } from './packet-buffer.js';
import { isThenable } from '../ground/thenable.js';

/** What a client has done since it was created. Plain JSON; a snapshot. */
export interface StatsDStatistics {
  /** Metric lines written. A negative gauge is two: it is set to 0 first. What is aggregated counts when its line is written. */
  readonly lines: number;
  /** Packets handed to the socket or transport. */
  readonly packets: number;
  /** Bytes in those packets. */
  readonly bytes: number;
  /** Errors, whether or not there was an `onError` to take them: metrics refused, packets not sent, connections lost. */
  readonly errors: number;
  /** Metric lines lost: of metrics logged after `close()`, and of packets that could not be sent. */
  readonly dropped: number;
}

/** Keeps the figures of one client, and is the one place where its errors go. */
export class Journal {
  readonly #onError: ((error: StasisError) => unknown) | undefined;
  #packets = 0;
  #bytes = 0;
  #errors = 0;
  #dropped = 0;
  #isReporting = false;

  constructor(onError?: (error: StasisError) => unknown) {
    this.#onError = onError;
  }

  /** A packet was handed over. */
  sent(packet: Packet): void {
    this.#packets++;
    this.#bytes += packet.bytes;
  }

  /** Lines were lost. */
  dropped(lines: number): void {
    this.#dropped += lines;
  }

  /** Counts an error and gives it to the hook. Errors that the hook itself makes are counted only. Never throws. */
  report(error: StasisError): void {
    this.#errors++;
    if (this.#isReporting || this.#onError === undefined) return;
    this.#isReporting = true;
    try {
      const result = this.#onError(error);
      if (isThenable(result)) Promise.resolve(result).catch(this.#countHookError);
    } catch {
      this.#countHookError();
    } finally {
      this.#isReporting = false;
    }
  }

  /** @param lines how many have been written, which the packet buffer counts */
  statistics(lines: number): StatsDStatistics {
    return { lines, packets: this.#packets, bytes: this.#bytes, errors: this.#errors, dropped: this.#dropped };
  }

  readonly #countHookError = (): void => {
    this.#errors++;
  };
}
