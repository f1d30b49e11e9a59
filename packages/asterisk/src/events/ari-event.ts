import { AriFields, isJsonObject } from './ari-fields.js';
import { BrokenAriEventError } from '../ground/errors.js';
import { copyJson } from './json-copy.js';

/** An ARI event that is known to be an object with a type, its fields still to be read. */
export interface AriEvent {
  readonly type: string;
  readonly fields: AriFields;
  /** What the event's messages are made with: Asterisk's own time, or the time of publishing where Asterisk tells none. */
  readonly options: { readonly timestamp: number | undefined };
}

/**
 * Takes a copy of one parsed ARI event.
 *
 * @param json as parsed from what Asterisk sent; only read
 * @throws BrokenAriEventError when it is no object, has no type, or its time cannot be read
 */
export function parseAriEvent(json: unknown): AriEvent {
  if (!isJsonObject(json)) throw new BrokenAriEventError('an event to be an object', json);
  const { type, timestamp } = json;
  if (typeof type !== 'string' || type === '') {
    throw new BrokenAriEventError('the type of an event to be a string that is not empty', type);
  }

  const fields = new AriFields(copyJson(json) as Readonly<Record<string, unknown>>, type);
  const hasTime = timestamp !== undefined && timestamp !== null;
  return { type, fields, options: { timestamp: hasTime ? fields.timeMs('timestamp') : undefined } };
}
