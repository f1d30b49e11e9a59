import type { Bus } from '@stasis-rx/core';
import { assertBus, assertOption } from '../ground/assert.js';
import { limitsOf, type InspectorLimits, type Limits } from '../ground/limits.js';
import type { InspectorRecord } from '../protocol/records.js';
import { recordingLines } from './recording-lines.js';
import { Redactor, type Redact } from './redactor.js';
import { Tape } from './tape.js';
import { View } from './view.js';

/** How a bus is recorded. */
export interface RecordOptions {
  /** What of a message may leave the process. Default: all of its data. */
  readonly redact?: Redact | undefined;
  /** How much is kept, and how much of it `records()` shows. */
  readonly limits?: InspectorLimits | undefined;
}

/** What has happened on a bus, the latest of it. */
export interface Recording {
  /** Until `stop`. */
  readonly isRecording: boolean;
  /** How many records are kept. */
  readonly size: number;
  /** How many records had no room any more. */
  readonly lost: number;
  /** About how many bytes are kept alive. */
  readonly bytes: number;
  /** What is kept, the oldest first, data within the limits. Each is made when it is asked for. */
  records(): Iterable<InspectorRecord>;
  /** Same as `toJSONLines`, line by line, without the line breaks: for what is large. */
  lines(): Iterable<string>;
  /**
   * What is kept as a text of lines, each of them JSON: `{ "at": milliseconds, "event": … }`, a header first. Data are all
   * there, as `redact` leaves them; what JSON cannot carry is told of at the record. `readRecording` reads it.
   */
  toJSONLines(): string;
  /** Records nothing more. What is kept stays. Doing it twice does nothing. */
  stop(): void;
  /** Same as `stop`. */
  [Symbol.dispose](): void;
}

/** Nothing is cut off; what is nested deeper than this holds itself or cannot be sent anywhere. */
const WHOLE = { depth: 64, entries: Infinity, text: Infinity, size: Infinity };

/**
 * Records a bus from now on (P1): every publish and what becomes of it, writes into caches, and how the bus changes. Costs a
 * probe. Messages never change, so they are kept as they are; they are looked at when the recording is.
 *
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * const recording = record(bus);
 * await bus.settled();
 * recording.stop();
 * await writeFile('bus.jsonl', recording.toJSONLines());
 */
export function record(bus: Bus, options: RecordOptions = {}): Recording {
  const call = '[inspector] record()';
  assertBus(call, bus);
  assertOption(call, 'redact', options.redact, 'function');
  return new LiveRecording(bus, limitsOf(call, options.limits), options.redact);
}

class LiveRecording implements Recording {
  readonly #bus: Bus;
  readonly #limits: Limits;
  readonly #redactor: Redactor;
  readonly #tape: Tape;
  isRecording = true;

  constructor(bus: Bus, limits: Limits, redact: Redact | undefined) {
    this.#bus = bus;
    this.#limits = limits;
    this.#redactor = new Redactor(bus, redact);
    this.#tape = new Tape(bus, limits);
    this.#tape.start();
  }

  get size(): number {
    return this.#tape.ring.end - this.#tape.ring.first;
  }

  get lost(): number {
    return this.#tape.ring.first;
  }

  get bytes(): number {
    return this.#tape.ring.bytes;
  }

  *records(): Generator<InspectorRecord, void, undefined> {
    const view = new View(this.#redactor, this.#limits);
    for (const kept of this.#tape.ring) yield view.recordOf(kept);
  }

  lines(): Iterable<string> {
    const view = new View(this.#redactor, { ...this.#limits, ...WHOLE });
    return recordingLines(this.#bus, this.#tape, view);
  }

  toJSONLines(): string {
    return Array.from(this.lines(), (line) => `${line}\n`).join('');
  }

  stop(): void {
    this.isRecording = false;
    this.#tape.stop();
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}
