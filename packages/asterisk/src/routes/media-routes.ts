import type { AriRoute, AriRoutes } from './ari-routes.js';
import type { AriFields } from '../events/ari-fields.js';
import { readLiveRecording } from '../snapshots/live-recording.js';
import { readPlayback } from '../snapshots/playback.js';
import type { Population } from '../topics/population.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';

/** The events about what is played and recorded. */
export const mediaRoutes: AriRoutes = {
  PlaybackStarted: playback('begin'),
  PlaybackContinuing: playback('change'),
  PlaybackFinished: playback('end'),

  RecordingStarted: recording('begin'),
  RecordingFinished: recording('end'),
  RecordingFailed: recording('end'),
};

type Step = 'begin' | 'change' | 'end';

function playback(step: Step): AriRoute {
  return route(({ playbacks }) => playbacks, 'playback', readPlayback, step);
}

function recording(step: Step): AriRoute {
  return route(({ recordings }) => recordings, 'recording', readLiveRecording, step);
}

function route<Thing extends object>(
  populationOf: (populations: LiveAsteriskTopics['populations']) => Population<Thing>,
  key: string,
  read: (fields: AriFields) => Thing,
  step: Step,
): AriRoute {
  return ({ populations }, { fields, options }) => populationOf(populations)[step](read(fields.object(key)), options);
}
