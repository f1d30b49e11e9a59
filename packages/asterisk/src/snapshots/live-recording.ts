import type { AriFields } from '../events/ari-fields.js';

/** A recording that is being made of a channel or a bridge, as ARI shows it. */
export interface LiveRecording {
  /** Unique while it lasts; the name of the file that it becomes. */
  readonly name: string;
  /** Such as `wav`. */
  readonly format: string;
  /** Of whom: `channel:<id>` or `bridge:<id>`. */
  readonly target_uri: string;
  /** `queued`, `recording`, `paused`, `done`, `failed`, `canceled`. */
  readonly state: string;
  /** How long it has become, in seconds; `null` before its end. */
  readonly duration: number | null;
  /** How much of that somebody talked, in seconds; `null` where Asterisk does not look for silence. */
  readonly talking_duration: number | null;
  /** How much of it was silence, in seconds; `null` where Asterisk does not look for silence. */
  readonly silence_duration: number | null;
  /** Why it failed; empty when it has not. */
  readonly cause: string;
}

/** @throws BrokenAriEventError */
export function readLiveRecording(fields: AriFields): LiveRecording {
  return {
    ...fields.json,
    name: fields.id('name'),
    format: fields.text('format', ''),
    target_uri: fields.text('target_uri', ''),
    state: fields.text('state', ''),
    duration: fields.optionalInteger('duration'),
    talking_duration: fields.optionalInteger('talking_duration'),
    silence_duration: fields.optionalInteger('silence_duration'),
    cause: fields.text('cause', ''),
  };
}
