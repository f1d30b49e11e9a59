import { StasisError } from '../errors/errors.js';
import { contain } from '../errors/contain.js';
import type { Reporter } from '../errors/observers.js';
import type { SteadyTime } from '../mailbox/stopwatch.js';
import type { Message } from '../messages/message.js';
import type { BusEvent } from './bus-event.js';
import { causesOfPlatform, type Causes } from './causes.js';
import type { DispatchError } from './dispatch-error.js';
import type { Origin } from './origin.js';
import type { AttachedProbe, Probe, ProbePublished } from './probe.js';
import type { Tracked, Tracking, Written } from './tracking.js';

/** The probes that watch a bus (P1). */
export class Probes {
  readonly #performance: SteadyTime;
  readonly #reporter: Reporter;
  readonly #whenWatched: () => void;
  #probes: readonly { readonly probe: Probe }[] = [];
  #causes: Causes | undefined;
  #lastId = 0;
  /** What is to be added to the steady time, so that it is the time of day. */
  #epoch = 0;
  #isTelling = false;

  /** @param whenWatched called when the first one comes, and when the last one goes */
  constructor(performance: SteadyTime, reporter: Reporter, whenWatched: () => void) {
    this.#performance = performance;
    this.#reporter = reporter;
    this.#whenWatched = whenWatched;
  }

  get areAttached(): boolean {
    return this.#probes.length > 0;
  }

  /** Whether they are to be told of what happens now: not of what one of them does itself, or it would never end. */
  get areListening(): boolean {
    return this.areAttached && !this.#isTelling;
  }

  /** Milliseconds since the Unix epoch, with fractions. */
  get now(): number {
    return this.#epoch + this.#performance.now();
  }

  attach(probe: Probe): AttachedProbe {
    const attached = { probe };
    const detach = (): void => {
      if (!this.#probes.includes(attached)) return;
      this.#probes = this.#probes.filter((other) => other !== attached);
      if (!this.areAttached) this.#whenWatched();
    };
    this.#probes = [...this.#probes, attached];
    if (this.#probes.length === 1) {
      this.#causes ??= causesOfPlatform();
      this.#epoch = Date.now() - this.#performance.now();
      this.#whenWatched();
    }
    return { detach, [Symbol.dispose]: detach };
  }

  /** The id that the next publish gets. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  /** A message is being published. Returns what is told what becomes of it, if anything is. */
  track(message: Message, topic: Origin): Tracking | undefined {
    const causes = this.#causes;
    if (causes === undefined || !this.areListening) return undefined;
    const id = ++this.#lastId;
    return new ProbedPublish({ id, message, topic: topic.name, cause: causes.current, at: this.now }, this, causes);
  }

  /** Something has been written by that publish, or by none: 0. */
  wrote(id: number, topic: Origin, updates: Origin, { id: snapshotId, old, snapshot }: Written): void {
    const names = { topic: topic.name, updates: updates.name };
    this.tell('wrote', { id, ...names, snapshotId, old, snapshot, at: this.now });
  }

  changed(event: BusEvent): void {
    if (this.areAttached) this.tell('changed', { event, at: this.now });
  }

  /** The same task, for another stack, with what has brought it about. */
  keep(task: () => void): () => void {
    const causes = this.#causes;
    const cause = causes?.current;
    return causes === undefined || cause === undefined ? task : () => void causes.run(cause, task);
  }

  tell<Part extends keyof Probe>(part: Part, record: Parameters<NonNullable<Probe[Part]>>[0]): void {
    const isOuter = !this.#isTelling;
    this.#isTelling = true;
    for (const { probe } of this.#probes) {
      contain(
        () => probe[part]?.(record as never),
        (cause) => {
          this.#reporter.report(new StasisError('PROBE', `[core] ${part}() of a probe failed.`, { cause }));
        },
      );
    }
    if (isOuter) this.#isTelling = false;
  }
}

/** One publish that probes are told of. */
class ProbedPublish implements Tracking {
  readonly #record: ProbePublished;
  readonly #probes: Probes;
  readonly #causes: Causes;

  constructor(record: ProbePublished, probes: Probes, causes: Causes) {
    this.#record = record;
    this.#probes = probes;
    this.#causes = causes;
  }

  published(): void {
    this.#probes.tell('published', this.#record);
  }

  queued({ id }: Tracked, depth: number): void {
    this.#probes.tell('queued', { id: this.#record.id, subscription: id, depth, at: this.#probes.now });
  }

  began({ id }: Tracked): void {
    this.#probes.tell('began', { id: this.#record.id, subscription: id, at: this.#probes.now });
  }

  ended({ id }: Tracked, error: DispatchError | undefined): void {
    const record = { id: this.#record.id, subscription: id, at: this.#probes.now };
    this.#probes.tell('ended', error === undefined ? record : { ...record, error });
  }

  dropped({ id }: Tracked): void {
    this.#probes.tell('dropped', { id: this.#record.id, subscription: id, at: this.#probes.now });
  }

  wrote(topic: Origin, updates: Origin, written: Written): void {
    this.#probes.wrote(this.#record.id, topic, updates, written);
  }

  within(call: () => unknown): unknown {
    return this.#causes.run(this.#record.id, call);
  }
}
