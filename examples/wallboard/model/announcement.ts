import { messageType, type MessageType } from '@stasis-rx/core';
import type { CallFigures } from './call-figures.js';
import type { SourceState } from './source-state.js';

/** What is said aloud to those who do not see the board; few and far between. */
export const Announcement: MessageType<string> = messageType<string>('wallboard_announcement');

/** What to say when the source has changed; `null` where that is no news. */
export function announcementOf(
  before: SourceState | undefined,
  now: SourceState,
  figures: CallFigures | undefined,
): string | null {
  if (before?.phase === now.phase) return null;
  if (now.phase === 'live') return 'Connected to Asterisk.';
  if (now.phase === 'waiting') {
    return before?.phase === 'live' ? 'The connection to Asterisk is lost.' : 'Asterisk cannot be reached.';
  }
  return now.phase === 'finished' && figures !== undefined ? closingWords(figures) : null;
}

function closingWords({ calls, answered, lost, channels, channelsAlive }: CallFigures): string {
  return (
    `The recording is over: ${calls} calls, ${answered} answered, ${lost} lost; ` +
    `${channels} channels, ${channelsAlive} of them left.`
  );
}
