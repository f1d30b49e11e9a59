import {
  createReplayControls,
  parseAriTime,
  replay,
  type AsteriskTopics,
  type RecordedEvent,
} from '@stasis-rx/asterisk';
import type { Bus } from '@stasis-rx/core';
import { RecordingProblem, type Recording } from './recording.js';
import type { SourcePhase, SourceReport } from './source-state.js';

/** Plays a recording. */
export interface Playback {
  readonly kind: 'playback';
  /** Goes on; begins, or begins again from nothing, where there is nothing to go on with. */
  play(): void;
  pause(): void;
  /** Leaves full speed. @param speed from 1 to 100; what is outside is cut off */
  setSpeed(speed: number): void;
  /** As fast as the page takes it; or back to the speed that was set last. */
  setFullSpeed(isFullSpeed: boolean): void;
  /** Loads the recording again, when it could not be loaded. */
  retry(): void;
  close(): void;
}

/** Who is told of a playback. */
export interface PlaybackHooks {
  /** The recording is there. */
  readonly onLoaded: (recording: Recording) => void;
  /** It is about to be played from the beginning. */
  readonly onBegin: () => void;
  /** An event is the next to be published. @param sentAt in milliseconds since the Unix epoch */
  readonly onNext: (sentAt: number) => void;
  readonly onChange: (report: SourceReport) => void;
}

/** What a playback works on. */
export interface PlaybackOptions extends PlaybackHooks {
  readonly bus: Bus;
  readonly asterisk: AsteriskTopics;
  readonly name: string;
  /** At first: 1 to 100, or full speed. Default: 1. */
  readonly speed?: number | 'full' | undefined;
  /** Whether it begins by itself, once it is loaded. */
  readonly isAutomatic: boolean;
  readonly load: () => Promise<Recording>;
}

/** The recording is loaded at once, and played when asked to. */
export function createPlayback(options: PlaybackOptions): Playback {
  return new LivePlayback(options);
}

class LivePlayback implements Playback {
  readonly kind = 'playback';
  readonly #options: PlaybackOptions;
  readonly #controls = createReplayControls();
  readonly #closed = new AbortController();
  #recording: Recording | undefined;
  #phase: SourcePhase = 'loading';
  #problem: string | null = null;
  #speed = 1;
  #isFullSpeed = false;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    if (options.speed === 'full') this.setFullSpeed(true);
    else this.setSpeed(options.speed ?? 1);
    void this.#load();
  }

  play(): void {
    if (this.#phase === 'paused') this.#enter('playing');
    else if (this.#phase === 'ready' || this.#phase === 'finished') void this.#begin();
  }

  pause(): void {
    if (this.#phase === 'playing') this.#enter('paused');
  }

  setSpeed(speed: number): void {
    if (!Number.isFinite(speed)) return;
    this.#speed = Math.min(100, Math.max(1, speed));
    this.#isFullSpeed = false;
    this.#applySpeed();
  }

  setFullSpeed(isFullSpeed: boolean): void {
    this.#isFullSpeed = isFullSpeed;
    this.#applySpeed();
  }

  retry(): void {
    if (this.#phase === 'failed') void this.#load();
  }

  close(): void {
    this.#closed.abort();
  }

  #applySpeed(): void {
    this.#controls.speed = this.#isFullSpeed ? 0 : this.#speed;
    this.#enter(this.#phase, this.#problem);
  }

  async #load(): Promise<void> {
    this.#enter('loading');
    try {
      this.#recording = await this.#options.load();
      this.#options.onLoaded(this.#recording);
      this.#enter('ready');
      if (this.#options.isAutomatic) this.play();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #begin(): Promise<void> {
    const { bus, asterisk, onBegin } = this.#options;
    if (this.#recording === undefined) return;
    onBegin();
    this.#enter('playing');
    try {
      await replay(asterisk, this.#follow(this.#recording), { controls: this.#controls, signal: this.#closed.signal });
      await bus.settled();
      this.#enter('finished');
    } catch (error) {
      if (!this.#closed.signal.aborted) this.#fail(error);
    }
  }

  /** Its events, told of as each is taken: the one before has been published then. */
  *#follow(recording: Recording): Generator<RecordedEvent> {
    for (const recorded of recording.events()) {
      this.#options.onNext(sentAt(recorded));
      yield recorded;
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof RecordingProblem)) throw error;
    this.#enter('failed', error.message);
  }

  #enter(phase: SourcePhase, problem: string | null = null): void {
    if (this.#closed.signal.aborted) return;
    this.#phase = phase;
    this.#problem = problem;
    if (phase === 'paused') this.#controls.pause();
    else this.#controls.play();
    this.#options.onChange({
      kind: 'playback',
      name: this.#options.name,
      phase,
      problem,
      asksLogin: false,
      speed: this.#speed,
      isFullSpeed: this.#isFullSpeed,
    });
  }
}

/** By the clock of the Asterisk, as its messages have it; by that of the recorder where the event does not tell. */
function sentAt({ at, event }: RecordedEvent): number {
  const timestamp = (event as { readonly timestamp?: unknown } | null | undefined)?.timestamp;
  const sent = typeof timestamp === 'string' ? parseAriTime(timestamp) : NaN;
  return Number.isNaN(sent) ? at : sent;
}
