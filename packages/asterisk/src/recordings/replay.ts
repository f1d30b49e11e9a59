import { InvalidArgumentError, type StasisError } from '@stasis-rx/core';
import { asyncScheduler, isObservable, type SchedulerLike } from 'rxjs';
import { AbortableWait } from '../ground/abortable-wait.js';
import { aborted } from '../ground/aborted.js';
import { assertAsteriskTopics, type AsteriskTopics, type LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { callHook } from '../ground/call-hook.js';
import { roomAfter } from '../topics/delivery.js';
import { BrokenAriEventError } from '../ground/errors.js';
import { deliverAriEvent, type AriDelivery } from '../routes/publish-ari-event.js';
import { isRecordedEvent, type RecordedEvent } from './recorded-event.js';
import { ReplayClock } from './replay-clock.js';
import { assertSpeed, createReplayControls, type ReplayControls } from './replay-controls.js';

/** How a recording is replayed. */
export interface ReplayOptions {
  /** 2 is twice as fast as recorded, 0.5 half as fast, 0 as fast as the mailboxes take it. Default: 1. */
  readonly speed?: number | undefined;
  /** Pauses the replay and changes its speed while it runs; takes the place of `speed`. Default: it only runs. */
  readonly controls?: ReplayControls | undefined;
  /** Stops the replay; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each recorded event with how far the replay has come. */
  readonly onProgress?: ((progress: ReplayProgress) => unknown) | undefined;
  /**
   * Called for each event that is unknown (it was published as `AriUnknown`) or broken (it was not); the replay goes on.
   * Default: it is only counted.
   */
  readonly onError?: ((error: StasisError, recorded: RecordedEvent) => unknown) | undefined;
  /** Clock and timers. Default: RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** How far a replay has come; a snapshot. */
export interface ReplayProgress {
  /** Events that were understood. */
  readonly published: number;
  /** Events that were unknown or broken. */
  readonly skipped: number;
  /** How much of the recording's own time has gone by, in milliseconds. */
  readonly recordedMs: number;
}

const call = '[asterisk] replay()';

/**
 * Publishes a recording in its own time, or faster. Whenever a mailbox that was fed stands above high water, it waits
 * until none does; events that are late for that are published without further waiting. At any speed it gives way to
 * timers and I/O every few milliseconds.
 *
 * @param source recorded events in the order of their time, such as `readRecording` of `@stasis-rx/asterisk/recording`;
 *   read one at a time, and closed when the replay ends early
 * @returns resolves after the last event has been published (its handlers may still be busy: `bus.settled()`); rejects
 *   with what the source fails with, or with the signal's reason
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * await replay(asterisk, [{ at: 0, event: created }, { at: 1500, event: destroyed }], { speed: 2 }); // takes 0.75 s
 */
export function replay(
  asterisk: AsteriskTopics,
  source: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  options: ReplayOptions = {},
): Promise<ReplayProgress> {
  assertAsteriskTopics(call, asterisk);
  if (!isIterable(source)) throw new InvalidArgumentError(call, 'source to be iterable, or async iterable', source);
  return run(asterisk, iteratorOf(source), controlsOf(options), options);
}

function controlsOf({ speed, controls }: ReplayOptions): ReplayControls {
  if (controls === undefined) {
    assertSpeed(call, speed ?? 1, 'Leave it out for 1.');
    return createReplayControls({ speed });
  }
  if (speed !== undefined) {
    throw new InvalidArgumentError(call, 'either speed or controls, not both', speed, 'Set controls.speed.');
  }
  if (!isObservable((controls as Partial<ReplayControls> | null)?.state$)) {
    throw new InvalidArgumentError(call, 'controls to be what createReplayControls() returns', controls);
  }
  return controls;
}

async function run(
  asterisk: LiveAsteriskTopics,
  iterator: RecordedEventIterator,
  controls: ReplayControls,
  { signal, onProgress, onError, scheduler = asyncScheduler }: ReplayOptions,
): Promise<ReplayProgress> {
  const wait = new AbortableWait(signal);
  const clock = new ReplayClock(controls, scheduler, aborted(signal));
  const progress = new Progress();
  try {
    for (;;) {
      const next = await wait.for(Promise.resolve(iterator.next()));
      if (next.done === true) return progress.snapshot();
      if (!isRecordedEvent(next.value)) {
        throw new InvalidArgumentError(call, 'source to yield { at: milliseconds, event: … }', next.value);
      }

      const due = clock.due(next.value.at);
      if (due !== undefined) await due;
      const delivery = publish(asterisk, next.value, onError);
      const room = delivery && roomAfter(delivery, asterisk.channels);
      // Even if there is room: handlers have their turn before the next event is taken.
      await (room && wait.for(room));
      progress.count(next.value.at, delivery !== undefined && delivery.unknown === undefined);
      callHook(onProgress, progress.snapshot());
    }
  } finally {
    wait.stop();
    clock.stop();
    close(iterator);
  }
}

/** @returns where the event went; `undefined` when it is broken */
function publish(
  asterisk: LiveAsteriskTopics,
  recorded: RecordedEvent,
  onError: ReplayOptions['onError'],
): AriDelivery | undefined {
  try {
    const delivery = deliverAriEvent(asterisk, recorded.event);
    if (delivery.unknown !== undefined) callHook(onError, delivery.unknown, recorded);
    return delivery;
  } catch (error) {
    if (!(error instanceof BrokenAriEventError)) throw error;
    callHook(onError, error, recorded);
    return undefined;
  }
}

class Progress {
  #firstAt: number | undefined;
  #recordedMs = 0;
  #published = 0;
  #skipped = 0;

  count(at: number, wasPublished: boolean): void {
    this.#firstAt ??= at;
    this.#recordedMs = at - this.#firstAt;
    if (wasPublished) this.#published++;
    else this.#skipped++;
  }

  snapshot(): ReplayProgress {
    return { published: this.#published, skipped: this.#skipped, recordedMs: this.#recordedMs };
  }
}

type RecordedEventIterator = Iterator<RecordedEvent> | AsyncIterator<RecordedEvent>;

function isIterable(source: unknown): boolean {
  if (typeof source !== 'object' || source === null) return false;
  return Symbol.asyncIterator in source || Symbol.iterator in source;
}

function iteratorOf(source: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>): RecordedEventIterator {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

/** Not waited for: a source that is busy with its next event would hold the replay up. Its failure is nobody's any more. */
function close(iterator: RecordedEventIterator): void {
  Promise.resolve(iterator.return?.()).catch(() => undefined);
}
