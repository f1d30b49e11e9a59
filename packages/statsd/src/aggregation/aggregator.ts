import type { LineEnd } from '../metrics/metric-kinds.js';
import { addLine, lineBytes } from '../metrics/metric-line.js';
import type { LinePart } from '../metrics/metric-names.js';
import type { PacketBuffer } from '../packets/packet-buffer.js';
import { startTimer } from '../ground/start-timer.js';
import { combine, readChange, writeChange } from './changes.js';
import type { Change } from './changes.js';
import { PendingLines } from './pending-lines.js';
import type { Line } from './pending-lines.js';

/** How long lines wait, and how many. */
export interface AggregatorOptions {
  /** How long a line waits at the longest, in milliseconds. */
  readonly flushIntervalMs: number;
  /** How many lines wait at the most. */
  readonly maxPendingSeries: number;
}

/** The longest integer that {@link combine} gives. */
const longestInteger = String(Number.MIN_SAFE_INTEGER);

/**
 * Stands before the packets, and makes one line of all that is said of a counter, a meter or a gauge within the flush
 * interval, and of all that name the same member of a set (D4). Every other line passes.
 *
 * Lines leave in the order in which they came to wait, and each before what is said later of the same metric, also when
 * sending them runs code of the user that logs, flushes or closes.
 */
export class Aggregator {
  readonly #buffer: PacketBuffer;
  readonly #flushIntervalMs: number;
  readonly #maxPendingSeries: number;
  #pending = new PendingLines();
  /** On their way into packets, and how many of them are there. */
  #leaving: Line[] = [];
  #left = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AggregatorOptions, buffer: PacketBuffer) {
    this.#buffer = buffer;
    this.#flushIntervalMs = options.flushIntervalMs;
    this.#maxPendingSeries = options.maxPendingSeries;
  }

  /** Takes a metric. @returns false when it is longer than a packet can be */
  add(type: string, head: LinePart, text: string, end: LineEnd, isReset: boolean): boolean {
    const isNumber = type === 'c' || type === 'm' || type === 'g';
    if (!isNumber && type !== 's') return addLine(this.#buffer, head, text, end, isReset);
    if (!this.#buffer.fits(lineBytes(head, text, end, isReset))) return false;
    if (isNumber) this.#addNumber(type, head, text, end, isReset);
    else this.#addMember(head, text, end);
    return true;
  }

  /** Writes everything that waits. */
  drain(): void {
    const pending = this.#pending;
    this.#pending = new PendingLines();
    for (const line of pending.inOrder) this.#leaving.push(line);
    this.#writeLeaving();
  }

  /** Writes everything that waits, and stops the clock. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.drain();
  }

  #addNumber(type: string, head: LinePart, text: string, end: LineEnd, isReset: boolean): void {
    const change = readChange(type, text, isReset);
    const waiting = this.#pending.get(end.series, head.text);
    if (waiting !== undefined && change !== undefined && this.#join(waiting, change)) return;
    // It cannot be said in one line with what waits, which therefore leaves before it.
    if (waiting?.change !== undefined) this.#leaving.push({ ...waiting });
    if (waiting !== undefined) waiting.change = change;
    if (change === undefined) this.#leaving.push({ type, head, end, text, change });
    else if (waiting === undefined) this.#wait(head.text, { type, head, end, text: '', change });
    this.#writeLeaving();
  }

  #addMember(head: LinePart, text: string, end: LineEnd): void {
    const key = head.text + text;
    if (this.#pending.get(end.series, key) !== undefined) return;
    this.#wait(key, { type: 's', head, end, text, change: undefined });
  }

  /** @returns false, and changes nothing, when one line cannot say both */
  #join(line: Line, change: Change): boolean {
    const sum = line.change && combine(line.change, change);
    if (sum === undefined || !this.#canSay(line, sum)) return false;
    line.change = sum;
    return true;
  }

  #canSay({ type, head, end }: Line, change: Change): boolean {
    // Nearly always, and then it need not be written to be measured.
    const isSmall = Number.isSafeInteger(change.value) && this.#buffer.fits(lineBytes(head, longestInteger, end, true));
    if (isSmall) return true;
    const { text, isReset } = writeChange(type, change);
    return this.#buffer.fits(lineBytes(head, text, end, isReset));
  }

  #wait(key: string, line: Line): void {
    this.#pending.add(line.end.series, key, line);
    this.#timer ??= startTimer(this.#flushIntervalMs, () => {
      this.#timer = undefined;
      this.drain();
      this.#buffer.flush();
    });
    if (this.#pending.size > this.#maxPendingSeries) this.drain();
  }

  /** Called again from inside, by what the user's code does while a packet is sent, it goes on where it is. */
  #writeLeaving(): void {
    for (let line = this.#leaving[this.#left]; line !== undefined; line = this.#leaving[this.#left]) {
      this.#left++;
      this.#write(line);
    }
    if (this.#left === 0) return;
    this.#leaving = [];
    this.#left = 0;
  }

  #write({ type, head, end, text, change }: Line): void {
    const written = change === undefined ? { text, isReset: false } : writeChange(type, change);
    if (written.text !== '') addLine(this.#buffer, head, written.text, end, written.isReset);
  }
}
