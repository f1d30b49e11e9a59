import { PROTOCOL, type Report } from '../../../src/protocol/frames.js';
import type { ReadRecording } from '../../../src/model/recording/read-recording.js';

/** So many records are taken at a time. */
const BATCH = 500;

/** Plays a recording into the page: all of it at once, or in its own time, or in that some times as fast. */
export class Playback {
  readonly name: string;
  readonly #recording: ReadRecording;
  #position = 0;
  #speed = Infinity;
  #isPaused = false;
  /** Which moment of the recording it was at the moment `#since` of the page. */
  #at: number;
  #since = 0;

  constructor(recording: ReadRecording, name: string) {
    this.#recording = recording;
    this.name = name;
    this.#at = this.#first;
  }

  get total(): number {
    return this.#recording.records.length;
  }

  /** How many records have been played. */
  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.total;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Times as fast as recorded; `Infinity` for all of it at once. */
  get speed(): number {
    return this.#speed;
  }

  /** What comes before all records. */
  beginning(): Report[] {
    const { bus, description, lost } = this.#recording;
    const hello: Report = { is: 'hello', protocol: PROTOCOL, version: '', bus, isControllable: false };
    const lostReport: Report = { is: 'records', lost, records: [] };
    if (description === undefined) return [hello, lostReport];
    return [hello, { is: 'description', at: this.#first, description }, lostReport];
  }

  /** From the beginning. @param now in milliseconds, of any clock that goes on */
  restart(speed: number, now: number): void {
    this.#position = 0;
    this.#speed = speed;
    this.#isPaused = false;
    this.#at = this.#first;
    this.#since = now;
  }

  pause(now: number): void {
    this.#at = this.#moment(now);
    this.#isPaused = true;
  }

  resume(now: number): void {
    this.#since = now;
    this.#isPaused = false;
  }

  /** The records whose time has come, some of them at a time; `undefined` when there are none now. */
  next(now: number): Report | undefined {
    if (this.#isPaused || this.isAtEnd) return undefined;
    const { records } = this.#recording;
    const moment = this.#moment(now);
    let end = this.#position;
    while (end < Math.min(records.length, this.#position + BATCH) && (records[end]?.at ?? 0) <= moment) end++;
    if (end === this.#position) return undefined;
    const batch = records.slice(this.#position, end);
    this.#position = end;
    return { is: 'records', records: batch };
  }

  get #first(): number {
    return this.#recording.records[0]?.at ?? 0;
  }

  #moment(now: number): number {
    if (this.#isPaused) return this.#at;
    return this.#speed === Infinity ? Infinity : this.#at + (now - this.#since) * this.#speed;
  }
}
