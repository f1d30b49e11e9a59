import type { AsteriskTopics } from '@stasis-rx/asterisk';
import type { Bus } from '@stasis-rx/core';
import { createLiveSource, type LiveSource } from './live-source.js';
import { createPlayback, type Playback, type PlaybackHooks } from './playback.js';
import { loadRecording } from './recording.js';
import type { Settings } from './settings.js';
import { syntheticCalls } from './synthetic-calls.js';

/** Where the calls come from; `kind` tells which of the two. */
export type Source = Playback | LiveSource;

/** Opens what the page's address asks for. */
export function openSource(settings: Settings, bus: Bus, asterisk: AsteriskTopics, hooks: PlaybackHooks): Source {
  switch (settings.source) {
    case 'ari':
      return createLiveSource({ ...settings, asterisk, onChange: hooks.onChange });
    case 'load': {
      const load = () => Promise.resolve(syntheticCalls(settings.eventsPerSecond));
      return createPlayback({ ...hooks, bus, asterisk, name: 'made-up calls', isAutomatic: true, load });
    }
    case 'recording':
      return createPlayback({
        ...hooks,
        ...settings,
        bus,
        asterisk,
        load: () => loadRecording(settings.name, settings.url),
      });
  }
}
