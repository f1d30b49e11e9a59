import { isJsonObject } from './ari-fields.js';
import { BrokenAriEventError } from '../ground/errors.js';

/**
 * Parses what a WebSocket frame from Asterisk holds.
 * @throws BrokenAriEventError when it is not a text, or not JSON
 */
export function parseAriFrame(frame: unknown): unknown {
  if (typeof frame !== 'string') throw new BrokenAriEventError('an event to be a text frame', frame);
  try {
    return JSON.parse(frame);
  } catch {
    throw new BrokenAriEventError('an event to be JSON', frame);
  }
}

/** The events in some frames, without what is no event. */
export function* eventsIn(frames: Iterable<unknown>): Iterable<unknown> {
  for (const frame of frames) {
    try {
      yield parseAriFrame(frame);
    } catch (error) {
      if (!(error instanceof BrokenAriEventError)) throw error;
    }
  }
}

const REPLACED = 'ApplicationReplaced';

/** Whether a frame says that another connection has taken over the application. Others are not parsed for it. */
export function isApplicationReplaced(frame: unknown): boolean {
  if (typeof frame !== 'string' || !frame.includes(REPLACED)) return false;
  const [event] = eventsIn([frame]);
  return isJsonObject(event) && event.type === REPLACED;
}
