import type { BusDescription, BusStatistics } from '@stasis-rx/core';
import type { Clock } from '../ground/clock.js';
import type { Limits } from '../ground/limits.js';
import { PROTOCOL, type Report, type Request, type SnapshotReport } from '../protocol/frames.js';
import type { RecordedLine, RecordingHeader } from '../protocol/recorded.js';
import { VERSION } from '../protocol/version.js';
import { show } from '../recording/show.js';
import { Allowance } from './allowance.js';
import { withRecords } from './answers.js';
import type { Carrier } from './carrier.js';
import { partOf } from './part-of.js';
import { readRequest } from './requests.js';
import type { Session } from './session.js';

/** A recording that is looked at. */
export interface Recorded {
  readonly lines: readonly RecordedLine[];
  readonly limits: Limits;
  readonly clock: Clock;
}

/** Tells a client of a recording what it would tell of a bus: hello, a snapshot, and what has happened, in batches. */
export function openRecordedSession(recorded: Recorded, carrier: Carrier, whenClosed: () => void): Session {
  return new RecordedSession(recorded, carrier, whenClosed);
}

class RecordedSession implements Session {
  readonly #recorded: Recorded;
  readonly #carrier: Carrier;
  readonly #whenClosed: () => void;
  readonly #allowance: Allowance;
  #next = 0;
  #stopTimer: (() => void) | undefined;
  #isClosed = false;

  constructor(recorded: Recorded, carrier: Carrier, whenClosed: () => void) {
    this.#recorded = recorded;
    this.#carrier = carrier;
    this.#whenClosed = whenClosed;
    this.#allowance = new Allowance(recorded.clock);
    carrier.listen({ received: (text) => this.#receive(text), closed: () => this.close('gone') });
    const { bus } = headerOf(recorded.lines);
    this.#tell({ is: 'hello', protocol: PROTOCOL, version: VERSION, bus, isControllable: false });
    this.#tellSnapshot();
  }

  close(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#carrier.close(reason);
    this.#whenClosed();
  }

  #tellSnapshot(): void {
    const { lines } = this.#recorded;
    const { description, statistics = NOTHING_COUNTED, lost } = headerOf(lines);
    this.#next = 0;
    const at = lines.at(-1)?.at ?? 0;
    this.#send({ is: 'snapshot', at, description, statistics, lost });
  }

  /** The report with the next records, and the others one batch after the other. */
  #send(report: Omit<SnapshotReport, 'records'> | { readonly is: 'records' }): void {
    const { lines, limits, clock } = this.#recorded;
    const records: string[] = [];
    let size = 0;
    while (this.#next < lines.length && records.length < limits.batchRecords && size < limits.batchSize) {
      const text = this.#recordOf(lines[this.#next++] as RecordedLine);
      if (text === undefined) continue;
      records.push(text);
      size += text.length;
    }
    this.#carrier.send(withRecords(JSON.stringify(report), records));
    this.#stopTimer?.();
    if (this.#next < lines.length) this.#stopTimer = clock.after(limits.batchMs, () => this.#goOn());
  }

  #goOn(): void {
    const { limits, clock } = this.#recorded;
    if (this.#carrier.bufferedBytes <= limits.bufferedBytes) this.#send({ is: 'records' });
    else this.#stopTimer = clock.after(limits.batchMs, () => this.#goOn());
  }

  #recordOf({ at, event }: RecordedLine): string | undefined {
    if (event.is === 'recording') return undefined;
    if (event.is !== 'published' && event.is !== 'wrote') return JSON.stringify({ ...event, at });
    if (event.is === 'wrote' && event.isRemoved === true) return JSON.stringify({ ...event, at });
    return JSON.stringify({ ...event, at, data: show(event.data, this.#recorded.limits) });
  }

  #receive(text: unknown): void {
    if (this.#isClosed) return;
    const request = readRequest(text);
    const isTooMuch = !this.#allowance.take(request.is === 'snapshot' ? 10 : 1);
    if (isTooMuch && this.#allowance.isFlooded) this.close('too many requests');
    if (isTooMuch) return;
    if (request.is === undefined) this.#refuse(request.request, request.reason);
    else this.#answer(request);
  }

  #answer(request: Request): void {
    if (request.is === 'snapshot') this.#tellSnapshot();
    else if (request.is === 'message') this.#tell({ ...request, ...this.#partOf(request) });
    else if (request.is !== 'watch') this.#refuse(request.is, 'this is a recording');
  }

  #partOf({ id, path }: Request & { is: 'message' }): { data?: ReturnType<typeof show> } {
    const line = this.#recorded.lines.find(({ event }) => event.is === 'published' && event.id === id);
    const part = line?.event.is === 'published' ? partOf(line.event.data, path) : undefined;
    return part === undefined ? {} : { data: show(part.value, this.#recorded.limits) };
  }

  #refuse(request: string, reason: string): void {
    this.#tell({ is: 'refused', request, reason });
  }

  #tell(report: Report): void {
    if (this.#carrier.bufferedBytes <= this.#recorded.limits.bufferedBytes) this.#carrier.send(JSON.stringify(report));
  }
}

const NOTHING_COUNTED: BusStatistics = { topics: [], subscriptions: [], messageTypes: [] };

const NOTHING_DESCRIBED: BusDescription = {
  name: 'recording',
  eid: 'recording',
  isHeld: false,
  highWater: 0,
  lowWater: 0,
  topics: [],
  subscriptions: [],
  forwards: [],
  caches: [],
  states: [],
};

const NO_HEADER: RecordingHeader = {
  is: 'recording',
  protocol: PROTOCOL,
  bus: { name: 'recording', eid: 'recording' },
  description: NOTHING_DESCRIBED,
  lost: 0,
};

/** What others have written may be without one. */
function headerOf([first]: readonly RecordedLine[]): RecordingHeader {
  return first?.event.is === 'recording' ? first.event : NO_HEADER;
}
