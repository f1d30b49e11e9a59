import type { AriFields } from '../events/ari-fields.js';

/** Something that is played to a channel or a bridge, as ARI shows it. */
export interface Playback {
  /** Unique while it lasts. */
  readonly id: string;
  /** What is played, such as `sound:hello-world`. */
  readonly media_uri: string;
  /** What is played next, where several follow each other; else empty. */
  readonly next_media_uri: string;
  /** To whom: `channel:<id>` or `bridge:<id>`. */
  readonly target_uri: string;
  /** Of the prompts, such as `en`. */
  readonly language: string;
  /** `queued`, `playing`, `continuing`, `done`, `failed`, … */
  readonly state: string;
}

/** @throws BrokenAriEventError */
export function readPlayback(fields: AriFields): Playback {
  return {
    ...fields.json,
    id: fields.id('id'),
    media_uri: fields.text('media_uri', ''),
    next_media_uri: fields.text('next_media_uri', ''),
    target_uri: fields.text('target_uri', ''),
    language: fields.text('language', ''),
    state: fields.text('state', ''),
  };
}
