import { messageType, type MessageType } from '@stasis-rx/core';

/** Where the calls come from, and how that goes. */
export interface SourceState {
  readonly kind: 'playback' | 'live';
  /** Of the recording, or the address of the Asterisk. */
  readonly name: string;
  readonly phase: SourcePhase;
  /** The phase in a few words. */
  readonly text: string;
  /** What is wrong, in a sentence; `null` when nothing is. */
  readonly problem: string | null;
  /** Of a playback: 1 to 100 times as fast as recorded. */
  readonly speed: number;
  /** Of a playback: whether it goes as fast as it can instead. */
  readonly isFullSpeed: boolean;
}

export type SourcePhase =
  /** The recording is being loaded. */
  | 'loading'
  /** It can be played. */
  | 'ready'
  | 'playing'
  | 'paused'
  | 'finished'
  /** Somebody has to say as which application, and with which login, to connect. */
  | 'login'
  | 'connecting'
  /** Connected. */
  | 'live'
  /** Not connected; the next attempt follows. */
  | 'waiting'
  /** Over: the recording cannot be loaded, or connecting again would not help. */
  | 'failed';

export const SourceState: MessageType<SourceState> = messageType<SourceState>('wallboard_source');

const PHASE_TEXTS: Readonly<Record<SourcePhase, string>> = {
  loading: 'Loading',
  ready: 'Ready',
  playing: 'Playing',
  paused: 'Paused',
  finished: 'Finished',
  login: 'Login needed',
  connecting: 'Connecting',
  live: 'Live',
  waiting: 'Not connected',
  failed: 'Failed',
};

/** What a source tells of itself; the rest follows from it. */
export type SourceReport = Omit<SourceState, 'text'>;

export function sourceState(report: SourceReport): SourceState {
  return { ...report, text: PHASE_TEXTS[report.phase] };
}

/** How fast the board's clock goes between messages. At full speed it goes by the messages alone. */
export function clockRate({ kind, phase, speed, isFullSpeed }: SourceReport): number {
  if (kind === 'live') return 1;
  return phase === 'playing' && !isFullSpeed ? speed : 0;
}
