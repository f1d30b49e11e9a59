import { InvalidArgumentError, StasisError } from '@stasis-rx/core';
import type { Aggregator } from '../aggregation/aggregator.js';
import { cleanText } from '../ground/clean-text.js';
import type { Journal } from '../packets/journal.js';
import type { LineEnd, MetricKind, MetricKinds } from '../metrics/metric-kinds.js';
import { addLine, lineBytes } from '../metrics/metric-line.js';
import type { LinePart } from '../metrics/metric-names.js';
import type { PacketBuffer } from '../packets/packet-buffer.js';
import { plainNumber } from '../ground/plain-number.js';
import { isDrawn } from '../metrics/sampling.js';
import { readTags, type StatsDTags } from '../metrics/tags.js';

/** What one metric can be told. */
export interface MetricOptions {
  /**
   * Which part of the metrics is sent (D1): below 1, a call sends its line with this probability, and the line says
   * `|@0.1`; at 0 and below nothing is sent. Default 1. A client that aggregates draws each call, too; it writes the rate of
   * counters and meters only (D4).
   */
  readonly sampleRate?: number | undefined;
  /** Tags of this metric, after those of the client, of which they replace the ones with the same key. */
  readonly tags?: StatsDTags | undefined;
}

/** What a writer works with. */
export interface MetricWriterParts {
  readonly kinds: MetricKinds;
  readonly buffer: PacketBuffer;
  /** Stands before the buffer, if metrics are put together. */
  readonly aggregator: Aggregator | undefined;
  readonly journal: Journal;
}

/**
 * Writes metrics as lines into a packet buffer. A metric that cannot be written is reported, never thrown at whoever
 * logged it.
 */
export class MetricWriter {
  readonly #kinds: MetricKinds;
  readonly #buffer: PacketBuffer;
  readonly #aggregator: Aggregator | undefined;
  readonly #journal: Journal;
  readonly #maxPacketBytes: number;
  readonly #random: () => number;
  #isClosed = false;

  constructor(
    { kinds, buffer, aggregator, journal }: MetricWriterParts,
    options: { readonly maxPacketBytes: number; readonly random: () => number },
  ) {
    this.#kinds = kinds;
    this.#buffer = buffer;
    this.#aggregator = aggregator;
    this.#journal = journal;
    this.#maxPacketBytes = options.maxPacketBytes;
    this.#random = options.random;
  }

  /** From now on, lines are dropped and counted. */
  close(): void {
    this.#isClosed = true;
  }

  /** @returns the number as it stands on a line; `''` when it has been refused, which {@link MetricWriter.write} ignores */
  number(call: string, value: unknown): string {
    const text = plainNumber(value);
    if (text === '') this.refuse(call, 'a finite number', value);
    return text;
  }

  /** The same, for a value that may also be a string. */
  text(call: string, value: unknown): string {
    if (typeof value === 'number') return this.number(call, value);
    if (typeof value === 'string' && value !== '') return cleanText(value);
    this.refuse(call, 'value to be a string that is not empty or a finite number', value);
    return '';
  }

  /**
   * Writes a line.
   *
   * @param text the value as it stands on the line; nothing is written for `''`
   * @param isReset whether a line that sets the metric to 0 goes before it, in the same packet
   */
  write(
    call: string,
    kind: MetricKind,
    name: string,
    text: string,
    options: MetricOptions | undefined,
    isReset = false,
  ): void {
    if (text === '') return;
    const head = kind.names.head(name);
    if (head === undefined) {
      this.refuse(call, 'name to be a string that is not empty', name);
      return;
    }
    const end = options === undefined ? kind.end : this.#end(call, kind, options);
    if (end === undefined) return;
    if (this.#isClosed) this.#journal.dropped(isReset ? 2 : 1);
    else if (!this.#add(kind.type, head, text, end, isReset)) {
      this.refuse(
        call,
        `a metric of at most ${this.#maxPacketBytes} bytes`,
        lineBytes(head, text, end, isReset),
        'Shorten its name or tags, or raise maxPacketBytes.',
      );
    }
  }

  /** Reports a metric that is not written because of what it was called with. */
  refuse(call: string, expectation: string, got: unknown, hint?: string): void {
    this.#journal.report(new InvalidArgumentError(nameOf(call), expectation, got, hint));
  }

  #add(type: string, head: LinePart, text: string, end: LineEnd, isReset: boolean): boolean {
    if (this.#aggregator !== undefined) return this.#aggregator.add(type, head, text, end, isReset);
    return addLine(this.#buffer, head, text, end, isReset);
  }

  /** How the line ends under these options; nothing when it is not drawn, or when the options are refused. */
  #end(call: string, kind: MetricKind, options: MetricOptions): LineEnd | undefined {
    try {
      const { sampleRate = 1, tags = [] } = options;
      if (!isDrawn(nameOf(call), sampleRate, this.#random)) return undefined;
      return this.#kinds.end(kind.type, sampleRate, readTags(nameOf(call), tags));
    } catch (error) {
      // Options are objects of the user's: reading them can throw anything.
      if (error instanceof StasisError) this.#journal.report(error);
      else this.#journal.report(new InvalidArgumentError(nameOf(call), 'options that can be read', error));
      return undefined;
    }
  }
}

function nameOf(call: string): string {
  return `[statsd] ${call}()`;
}
