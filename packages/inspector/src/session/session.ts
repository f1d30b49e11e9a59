import { StasisError } from '@stasis-rx/core';
import { PROTOCOL, type Report, type Request } from '../protocol/frames.js';
import { VERSION } from '../protocol/version.js';
import { Allowance } from './allowance.js';
import { answerCache, answerMessage, control, textOf, withRecords, type Control } from './answers.js';
import type { Carrier } from './carrier.js';
import type { Inspected } from './inspected.js';
import { Reader } from './reader.js';
import { readRequest } from './requests.js';
import { Stall } from './stall.js';

/** A description is told at most this often. */
const DESCRIPTION_MS = 500;

/** What the requests cost that take more than others. */
const COSTS: ReadonlyMap<string, number> = new Map([
  ['snapshot', 10],
  ['cache', 5],
]);

/** One client, from its first report to its last. */
export interface Session {
  /** Ends it, and closes its carrier. Doing it twice does nothing. */
  close(reason: string): void;
}

/**
 * Tells a client of a bus: hello, a snapshot, then what comes, in batches from a timer; and does what the client asks for.
 * @param whenClosed told once, when it has ended, whoever has ended it
 */
export function openSession(inspected: Inspected, carrier: Carrier, whenClosed: () => void): Session {
  return new LiveSession(inspected, carrier, whenClosed);
}

class LiveSession implements Session {
  readonly #inspected: Inspected;
  readonly #carrier: Carrier;
  readonly #whenClosed: () => void;
  readonly #leave: () => void;
  readonly #reader: Reader;
  readonly #allowance: Allowance;
  readonly #stall: Stall;
  #isWatching = true;
  #statisticsMs: number | null = null;
  #statisticsAt = 0;
  #describedAt = 0;
  #describedChanges = 0;
  #stopTimer: (() => void) | undefined;
  #isClosed = false;

  constructor(inspected: Inspected, carrier: Carrier, whenClosed: () => void) {
    this.#inspected = inspected;
    this.#carrier = carrier;
    this.#whenClosed = whenClosed;
    this.#leave = inspected.join();
    this.#reader = new Reader(inspected);
    this.#allowance = new Allowance(inspected.clock);
    this.#stall = new Stall(inspected, carrier);
    carrier.listen({ received: (text) => this.#safely(() => this.#receive(text)), closed: () => this.close('gone') });
    const { name, eid } = inspected.bus;
    const { isControllable } = inspected;
    this.#tell({ is: 'hello', protocol: PROTOCOL, version: VERSION, bus: { name, eid }, isControllable });
    this.#tellSnapshot();
    this.#schedule();
  }

  close(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#leave();
    this.#carrier.close(reason);
    this.#whenClosed();
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#stopTimer = this.#inspected.clock.after(this.#inspected.limits.batchMs, () => {
      this.#safely(() => this.#work());
      this.#schedule();
    });
  }

  /** Whatever goes wrong here must not become the inspected program's business. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#inspected.bus.report(new StasisError('INSPECTOR', '[inspector] a session has failed.', { cause }));
      this.close('failed');
    }
  }

  #work(): void {
    const pace = this.#stall.look();
    if (pace === 'hopeless') this.close('too slow');
    if (pace === 'hopeless' || pace === 'stalled') return;
    if (pace === 'recovered' && this.#reader.hasLost) this.#tellSnapshot();
    this.#tellRecords();
    this.#tellDescription();
    this.#tellStatistics();
  }

  #tellSnapshot(): void {
    const { bus, tape, clock } = this.#inspected;
    this.#reader.rewind();
    this.#describedChanges = tape.changes;
    this.#describedAt = this.#statisticsAt = clock.now();
    const lost = tape.ring.first;
    const records = this.#isWatching ? this.#reader.read().records : [];
    const [description, statistics] = [bus.describe(), bus.statistics()];
    const text = textOf({ is: 'snapshot', at: clock.now(), description, statistics, lost }, this.#inspected);
    this.#carrier.send(withRecords(text, records));
  }

  #tellRecords(): void {
    if (!this.#isWatching) return;
    const { records, lost } = this.#reader.read();
    if (records.length === 0) return;
    this.#carrier.send(withRecords(lost > 0 ? `{"is":"records","lost":${lost}}` : '{"is":"records"}', records));
  }

  #tellDescription(): void {
    const { bus, tape, clock } = this.#inspected;
    if (tape.changes === this.#describedChanges || clock.now() - this.#describedAt < DESCRIPTION_MS) return;
    this.#describedChanges = tape.changes;
    this.#describedAt = clock.now();
    this.#tell({ is: 'description', at: clock.now(), description: bus.describe() });
  }

  #tellStatistics(): void {
    const { bus, clock } = this.#inspected;
    if (this.#statisticsMs === null || clock.now() - this.#statisticsAt < this.#statisticsMs) return;
    this.#statisticsAt = clock.now();
    this.#tell({ is: 'statistics', at: clock.now(), statistics: bus.statistics() });
  }

  #receive(text: unknown): void {
    if (this.#isClosed) return;
    const request = readRequest(text);
    const is = request.is ?? request.request;
    if (!this.#allowance.take(COSTS.get(is) ?? 1)) this.#refuseFlood(is);
    else if (request.is === undefined) this.#refuse(is, request.reason);
    else this.#answer(request);
  }

  #refuseFlood(request: string): void {
    if (this.#allowance.isFlooded) this.close('too many requests');
    else if (this.#allowance.isToBeTold) this.#refuse(request, 'too many requests');
  }

  #answer(request: Request): void {
    switch (request.is) {
      case 'watch':
        this.#watch(request.records, request.statisticsMs);
        break;
      case 'snapshot':
        if (!this.#stall.isStalled) this.#tellSnapshot();
        break;
      case 'cache':
        this.#tell(answerCache(this.#inspected, request.updates));
        break;
      case 'message':
        this.#tell(answerMessage(this.#inspected, request));
        break;
      case 'pause':
      case 'resume':
      case 'step':
      case 'hold':
      case 'release':
        this.#control(request);
    }
  }

  #watch(records: boolean, statisticsMs: number | null): void {
    if (records && !this.#isWatching) this.#reader.skip();
    this.#isWatching = records;
    this.#statisticsMs = statisticsMs;
  }

  #control(request: Control): void {
    const reason = control(this.#inspected, request);
    if (reason !== undefined) this.#refuse(request.is, reason);
  }

  #refuse(request: string, reason: string): void {
    this.#tell({ is: 'refused', request, reason });
  }

  /** What a stalled client has asked for it does not get: it does not read it. */
  #tell(report: Report): void {
    if (!this.#stall.isStalled && !this.#isClosed) this.#carrier.send(textOf(report, this.#inspected));
  }
}
