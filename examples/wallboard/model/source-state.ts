import { messageType, type MessageType } from '@stasis-rx/core';

/** Where the calls come from, and how that goes. */
export interface SourceState {
  readonly kind: 'playback' | 'live';
  /** Of the recording, or the address of the Asterisk. */
  readonly name: string;
  readonly phase: SourcePhase;
  /** The phase in a few words. */
  readonly text: string;
  /** What to show where there is nothing to show. */
  readonly emptyText: string;
  /** What is wrong, in a sentence; `null` when nothing is. */
  readonly problem: string | null;
  /** Of a live source: whether to ask for the login, for the first time or because none has worked so far. */
  readonly asksLogin: boolean;
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
  /** Not connected; it is tried again and again. */
  | 'waiting'
  /** Over: the recording cannot be loaded, or connecting again would not help. */
  | 'failed';

export const SourceState: MessageType<SourceState> = messageType<SourceState>('wallboard_source');

const NONE_NOW = 'None at the moment.';

/** Of each phase: itself in a few words, and what to show where there is nothing to show. */
const TEXTS: Readonly<Record<SourcePhase, readonly [text: string, emptyText: string]>> = {
  loading: ['Loading', 'The recording is being loaded.'],
  ready: ['Ready', 'Press Play to see the recorded calls.'],
  playing: ['Playing', NONE_NOW],
  paused: ['Paused', NONE_NOW],
  finished: ['Finished', 'The recording is over. None is left.'],
  login: ['Login needed', 'Log in to follow this Asterisk.'],
  connecting: ['Connecting', 'Connecting to Asterisk.'],
  live: ['Live', NONE_NOW],
  waiting: ['Not connected', 'There is no connection to Asterisk.'],
  failed: ['Failed', 'Nothing to show.'],
};

/** What a source tells of itself; the rest follows from it. */
export type SourceReport = Omit<SourceState, 'text' | 'emptyText'>;

export function sourceState(report: SourceReport): SourceState {
  const [text, emptyText] = TEXTS[report.phase];
  return { ...report, text, emptyText };
}

/** How fast the board's clock goes between messages. At full speed it goes by the messages alone. */
export function clockRate({ kind, phase, speed, isFullSpeed }: SourceReport): number {
  if (kind === 'live') return 1;
  return phase === 'playing' && !isFullSpeed ? speed : 0;
}
