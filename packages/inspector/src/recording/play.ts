import { isMessageType, type AnyMessageType, type Bus, type Topic } from '@stasis-rx/core';
import { throwError } from 'rxjs';
import { assert, assertBus, assertOption } from '../ground/assert.js';
import { systemClock, type Clock } from '../ground/clock.js';
import type { RecordedLine, RecordedPublish } from '../protocol/recorded.js';
import { PlayClock } from './play-clock.js';
import { Remade, type Revive, type TypeByName } from './remade.js';
import { isRecordedLine } from './read-recording.js';

/** How a recording is played. */
export interface PlayOptions {
  /** The message types to make the messages of: found by their names. Messages of others are skipped. */
  readonly types: readonly AnyMessageType[] | TypeByName;
  /**
   * Which publishes: `roots`, those that no other one of the recording has brought about, for a bus with the handlers that
   * will bring about the others again; `all`, for a bus without them. What a bus itself publishes is never played: changes
   * of subscriptions, and updates of caches. Default: `roots`.
   */
  readonly which?: 'roots' | 'all' | undefined;
  /** 2 is twice as fast as recorded, 0.5 half as fast, 0 as fast as the mailboxes take it. Default: 1. */
  readonly speed?: number | undefined;
  /** Makes the data of a message from what was recorded, for instance a `Date` of its text. Default: as recorded. */
  readonly revive?: Revive | undefined;
  /** The topic for a name, for instance of a pool. Default: the bus's topic of that name, made where there is none. */
  readonly topic?: ((name: string) => Topic) | undefined;
  /** Called for each publish that could not be made again; the playing goes on. Default: where RxJS reports an unhandled error. */
  readonly onError?: ((error: unknown, line: RecordedLine) => unknown) | undefined;
  /** Stops it; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Clock and timers. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** What was played. */
export interface Played {
  /** Messages that were published. */
  readonly published: number;
  /** Publishes that were not: brought about by others, of types that are not known, or failed. */
  readonly skipped: number;
  /** How many of the published ones had data that the recording could not carry exactly. */
  readonly altered: number;
}

const call = '[inspector] play()';

/**
 * Publishes what was recorded on a fresh bus, in the time of the recording or faster. Where a mailbox that was fed stands
 * above high water, it waits until none does; what is late is published without further waiting. At any speed it gives way
 * to timers and I/O every few milliseconds. Messages have the time and the entity that they had.
 *
 * @param source what `readRecording` gives, in the order of its time; closed when the playing ends early
 * @returns resolves after the last publish (its handlers may still be busy: `bus.settled()`); rejects with what the source
 *   fails with, or with the signal's reason
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * await play(bus, readRecording(text), { types: [OrderPlaced, OrderPaid], speed: 10 });
 */
export function play(
  bus: Bus,
  source: Iterable<RecordedLine> | AsyncIterable<RecordedLine>,
  options: PlayOptions,
): Promise<Played> {
  assertBus(call, bus);
  assertPlayOptions(options);
  const isIterable = Symbol.asyncIterator in Object(source) || Symbol.iterator in Object(source);
  assert(isIterable && typeof source !== 'string', call, 'source to be iterable, or async iterable', source, HINT);
  return run(bus, source, options);
}

type Source = Iterable<RecordedLine> | AsyncIterable<RecordedLine>;

const HINT = 'Give a text to readRecording().';

async function run(bus: Bus, source: Source, options: PlayOptions): Promise<Played> {
  const { speed = 1, signal, clock = systemClock } = options;
  const time = new PlayClock(clock, speed, signal);
  const player = new Player(bus, time, options);
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  try {
    for (;;) {
      const next = await time.orAborted(Promise.resolve(iterator.next()));
      if (next.done === true) return player.played();
      assert(isRecordedLine(next.value), call, 'source to yield { at: milliseconds, event: … }', next.value);
      await player.play(next.value);
    }
  } finally {
    // Not waited for: it may be busy with its next line.
    Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

class Player {
  readonly #time: PlayClock;
  readonly #options: PlayOptions;
  readonly #remade: Remade;
  readonly #topic: (name: string) => Topic;
  #firstId: number | undefined;
  #published = 0;
  #skipped = 0;
  #altered = 0;

  constructor(bus: Bus, time: PlayClock, options: PlayOptions) {
    this.#time = time;
    this.#options = options;
    this.#remade = new Remade(options.types, options.revive);
    this.#topic = options.topic ?? ((name) => bus.topic(name));
  }

  async play(line: RecordedLine): Promise<void> {
    const { at, event } = line;
    if (event.is !== 'published') return;
    this.#firstId ??= event.id;
    const message = this.#isLeftOut(event) ? undefined : this.#attempt(() => this.#remade.message(event), line);
    if (message !== undefined) await this.#time.due(at);
    const topic = message && this.#attempt(() => this.#topic(event.topic), line);
    if (message === undefined || topic === undefined) {
      this.#skipped++;
      return;
    }
    this.#published++;
    if (event.altered !== undefined) this.#altered++;
    const hasRoom = topic.publish(message);
    // Even if there is room: handlers have their turn before the next one is taken.
    await (hasRoom ? undefined : this.#time.orAborted(topic.drained()));
  }

  played(): Played {
    return { published: this.#published, skipped: this.#skipped, altered: this.#altered };
  }

  /** Ids count up: what was brought about by an earlier one than the first has its cause outside of the recording. */
  #isLeftOut({ cause }: RecordedPublish): boolean {
    return this.#options.which !== 'all' && cause !== undefined && cause >= (this.#firstId ?? 0);
  }

  #attempt<Result>(make: () => Result, line: RecordedLine): Result | undefined {
    const { onError } = this.#options;
    try {
      return make();
    } catch (error) {
      if (onError === undefined) throwError(() => error).subscribe();
      else onError(error, line);
      return undefined;
    }
  }
}

function assertPlayOptions(options: PlayOptions): void {
  const { types, which = 'roots', speed = 1, revive, topic, onError } = Object(options) as Partial<PlayOptions>;
  const areTypes = typeof types === 'function' || (Array.isArray(types) && types.every(isMessageType));
  assert(areTypes, call, 'types to be an array of message types, or a function', types);
  assert(['roots', 'all'].includes(which), call, "which to be 'roots' or 'all'", which);
  assert(Number.isFinite(speed) && speed >= 0, call, 'speed to be a finite number of at least 0', speed);
  assertOption(call, 'revive', revive, 'function');
  assertOption(call, 'topic', topic, 'function');
  assertOption(call, 'onError', onError, 'function');
}
