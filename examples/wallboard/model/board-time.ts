import { messageType, type MessageType } from '@stasis-rx/core';
import { durationText } from './duration-text.js';

/** What time it is where the calls are. */
export interface BoardTime {
  /** Time of day, such as `18:38:46`; empty before the first message. */
  readonly clock: string;
  /** Such as `22 November 2026`; empty before the first message. */
  readonly date: string;
  /** How long it has been running, such as `0:04`. */
  readonly position: string;
  /** How long it lasts, such as `0:09`; empty where there is no end. */
  readonly duration: string;
  /** How much of it is over, from 0 to 1 in hundredths; 0 where there is no end. */
  readonly fraction: number;
}

export const BoardTime: MessageType<BoardTime> = messageType<BoardTime>('wallboard_time');

/**
 * @param now in milliseconds since the Unix epoch; `null` before the first message
 * @param durationMs `null` where there is no end
 */
export function boardTime(startedAt: number | null, now: number | null, durationMs: number | null): BoardTime {
  const duration = durationMs === null ? '' : durationText(durationMs);
  if (startedAt === null || now === null) return { clock: '', date: '', position: '0:00', duration, fraction: 0 };
  const position = Math.min(now - startedAt, durationMs ?? Infinity);
  return {
    clock: new Date(now).toLocaleTimeString('en-GB'),
    date: new Date(now).toLocaleDateString('en-GB', { dateStyle: 'long' }),
    position: durationText(position),
    duration,
    fraction: durationMs === null ? 0 : Math.round((position / Math.max(1, durationMs)) * 100) / 100,
  };
}
