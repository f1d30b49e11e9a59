import type { AsteriskTopics } from '@stasis-rx/asterisk';
import type { Bus } from '@stasis-rx/core';
import { createLiveSource, type LiveSource } from './live-source.js';
import { createPlayback, type Playback, type PlaybackHooks } from './playback.js';
import { loadRecording } from './recording.js';
import type { Settings } from './settings.js';
import { syntheticCalls } from './synthetic-calls.js';

/** Where the calls come from; `kind` tells which of the two. */
export type Source = Playback | LiveSource;

/** What a source works with. */
export interface SourceContext {
  readonly bus: Bus;
  readonly asterisk: AsteriskTopics;
  readonly fetch: typeof globalThis.fetch;
}

/** Opens what the page's address asks for. */
export function openSource(settings: Settings, { bus, asterisk, fetch }: SourceContext, hooks: PlaybackHooks): Source {
  switch (settings.source) {
    case 'ari':
      return createLiveSource({ ...settings, asterisk, onChange: hooks.onChange });
    case 'load': {
      const load = () => Promise.resolve(syntheticCalls(settings.eventsPerSecond));
      return createPlayback({ ...hooks, bus, asterisk, name: 'made-up calls', isAutomatic: true, load });
    }
    case 'recording': {
      const { name, url } = settings;
      return createPlayback({ ...hooks, ...settings, bus, asterisk, load: () => loadRecording(name, url, fetch) });
    }
  }
}
