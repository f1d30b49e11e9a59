import { isJsonObject } from './ari-fields.js';
import { BrokenAriEventError } from './errors.js';

/**
 * Parses what a WebSocket frame from Asterisk holds.
 * @returns a {@link BrokenAriEventError} when it is not a text, or not JSON
 */
export function parseAriFrame(data: unknown): unknown {
  if (typeof data !== 'string') return new BrokenAriEventError('an event to be a text frame', data);
  try {
    return JSON.parse(data);
  } catch {
    return new BrokenAriEventError('an event to be JSON', data);
  }
}

/** Whether the event says that another connection has taken over the application. */
export function isApplicationReplaced(event: unknown): boolean {
  return isJsonObject(event) && event.type === 'ApplicationReplaced';
}
