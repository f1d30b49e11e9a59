import { messageType, type MessageType } from '@stasis-rx/core';
import type { CallFigures } from './call-figures.js';
import type { SourceState } from './source-state.js';

/** What is said aloud to those who do not see the board; few and far between. */
export const Announcement: MessageType<string> = messageType<string>('wallboard_announcement');

/** What to say of a change of the source; nothing where it is no news. */
export function announcementOf(
  before: SourceState | undefined,
  now: SourceState,
  figures: CallFigures | undefined,
): string | null {
  if (before?.phase === now.phase || figures === undefined) return null;
  switch (now.phase) {
    case 'finished':
      return (
        `The recording is over: ${figures.calls} calls, ${figures.answered} answered, ${figures.lost} lost; ` +
        `${figures.channels} channels, ${figures.channelsAlive} left.`
      );
    case 'live':
      return 'Connected to Asterisk.';
    case 'waiting':
      return before?.phase === 'connecting' ? 'Asterisk cannot be reached.' : 'The connection to Asterisk is lost.';
    default:
      return null;
  }
}
