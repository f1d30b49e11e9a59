import { assertPositiveInteger } from '../errors/assert.js';
import { reportError } from '../errors/report-error.js';
import { contain } from '../errors/contain.js';
import type { Dispatcher } from './turn.js';

/** How an animation-frame dispatcher is made. Read once. */
export interface AnimationFrameDispatcherOptions {
  /**
   * Milliseconds that drains wait at most for a frame: an integer of at least 1. It counts where no frames come: in a
   * hidden page or a frame out of sight, and outside of browsers. Browsers slow the timers of hidden pages down, to one
   * a second or fewer. Default: 100.
   */
  readonly fallbackMs?: number | undefined;
}

/**
 * Makes a dispatcher for user interfaces: a mailbox is drained once an animation frame, so that what its handler changes
 * is painted once. Everything that was asked for since the last frame runs in the next one, in that order; when no frame
 * comes, after `fallbackMs`. Share one among subscriptions and buses: it asks for one frame for all of them, and for none
 * while nothing waits. A drain that has lasted for 8 ms goes on in the next frame.
 *
 * @throws InvalidArgumentError when the option cannot work
 * @example
 * const frames = createAnimationFrameDispatcher();
 * subscribe(calls, (message) => show(message.data), { accept: [CallAnswered], dispatcher: frames });
 */
export function createAnimationFrameDispatcher({ fallbackMs = 100 }: AnimationFrameDispatcherOptions = {}): Dispatcher {
  assertPositiveInteger('createAnimationFrameDispatcher', 'fallbackMs', fallbackMs, 'Leave it out for 100.');
  let waiting: (() => void)[] = [];

  function run(): void {
    const drains = waiting;
    waiting = []; // first: a drain may ask for the next frame
    for (const drain of drains) contain(drain, reportError);
  }

  return (drain) => {
    waiting.push(drain);
    if (waiting.length === 1) onFrame(run, fallbackMs);
  };
}

/** What is there depends on where this runs, and when: a test may put frames in place. */
type Frames = Partial<Pick<typeof globalThis, 'requestAnimationFrame' | 'cancelAnimationFrame'>>;

/**
 * Calls back in the next frame or after so many milliseconds, whichever comes first. A page is not asked whether it is
 * hidden: it may become so at any time, and a frame that was asked for then comes when it is shown again.
 */
function onFrame(callback: () => void, fallbackMs: number): void {
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis as Frames;
  // First: what tests put in place of frames may call back at once.
  const timer = setTimeout(() => {
    if (frame !== undefined) cancelAnimationFrame?.(frame);
    callback();
  }, fallbackMs);
  const frame = requestAnimationFrame?.(() => {
    clearTimeout(timer);
    callback();
  });
}
