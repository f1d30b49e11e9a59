import { InvalidArgumentError } from '@stasis-rx/core';
import { BehaviorSubject, distinctUntilChanged, type Observable } from 'rxjs';

/** How a replay is to go on; a snapshot. */
export interface ReplayControlsState {
  /** 2 is twice as fast as recorded, 0 as fast as the mailboxes take it. */
  readonly speed: number;
  /** Whether the recording's time stands still. */
  readonly isPaused: boolean;
}

/** Play, pause and speed of a replay, to be changed while it runs. */
export interface ReplayControls {
  /**
   * 2 is twice as fast as recorded, 0.5 half as fast, 0 as fast as the mailboxes take it. A change holds from that moment
   * of the recording on, also for the event that the replay waits for.
   * @throws InvalidArgumentError when it is set to anything but a finite number of at least 0
   */
  speed: number;
  /** Whether the recording's time stands still. */
  readonly isPaused: boolean;
  /**
   * The present state, then every change, in order and never the same twice; synchronous, but that a change made by who is
   * being told of another one is told after it. It does not complete.
   */
  readonly state$: Observable<ReplayControlsState>;
  /** Stops the recording's time: nothing more is published. An event whose publishing waits for room has been published. Legal twice. */
  pause(): void;
  /** Lets it go on from where it stands: what was missed meanwhile is not made up for. Legal twice. */
  play(): void;
}

/** How a replay begins. */
export interface ReplayControlsOptions {
  /** Default: 1. */
  readonly speed?: number | undefined;
  /** Whether it begins paused, before its first event. Default: false. */
  readonly isPaused?: boolean | undefined;
}

/**
 * Makes the controls for `replay`. They outlive it: the next replay that is given them goes on as they are. Several replays
 * may share one; each has a time of its own.
 *
 * @throws InvalidArgumentError when the speed is not a finite number of at least 0
 * @example
 * const controls = createReplayControls({ isPaused: true });
 * const done = replay(asterisk, recording, { controls });
 * button.onclick = () => (controls.isPaused ? controls.play() : controls.pause());
 * slider.oninput = () => (controls.speed = slider.valueAsNumber);
 */
export function createReplayControls(options: ReplayControlsOptions = {}): ReplayControls {
  const { speed = 1, isPaused = false } = options;
  assertSpeed('[asterisk] createReplayControls()', speed, 'Leave it out for 1.');
  return new LiveReplayControls({ speed, isPaused });
}

/** @throws InvalidArgumentError when it is not a finite number of at least 0 */
export function assertSpeed(call: string, speed: unknown, hint?: string): void {
  if (Number.isFinite(speed) && (speed as number) >= 0) return;
  throw new InvalidArgumentError(call, 'speed to be a finite number of at least 0', speed, hint);
}

class LiveReplayControls implements ReplayControls {
  #state: ReplayControlsState;
  readonly #told: BehaviorSubject<ReplayControlsState>;
  /** What is being told, and what has changed meanwhile. */
  readonly #untold: ReplayControlsState[] = [];
  readonly state$: Observable<ReplayControlsState>;

  constructor(state: ReplayControlsState) {
    this.#state = state;
    this.#told = new BehaviorSubject(state);
    this.state$ = this.#told.pipe(distinctUntilChanged((a, b) => a.speed === b.speed && a.isPaused === b.isPaused));
  }

  get speed(): number {
    return this.#state.speed;
  }

  set speed(speed: number) {
    assertSpeed('[asterisk] ReplayControls.speed', speed);
    this.#change({ speed });
  }

  get isPaused(): boolean {
    return this.#state.isPaused;
  }

  pause(): void {
    this.#change({ isPaused: true });
  }

  play(): void {
    this.#change({ isPaused: false });
  }

  /** A change made by who is being told of another one is told after it: a replay must not end up with the older one. */
  #change(change: Partial<ReplayControlsState>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    this.#untold.push(this.#state);
    if (this.#untold.length > 1) return;
    for (const state of this.#untold) this.#told.next(state); // it may grow meanwhile
    this.#untold.length = 0;
  }
}
