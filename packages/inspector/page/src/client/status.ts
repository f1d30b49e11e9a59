/** How it stands with what is looked at. */
export interface Status {
  readonly phase: 'connecting' | 'live' | 'waiting' | 'failed' | 'reading' | 'recording' | 'none';
  /** In words. */
  readonly text: string;
}

export const CONNECTING: Status = { phase: 'connecting', text: 'connecting' };
export const LIVE: Status = { phase: 'live', text: 'live' };
export const NOTHING: Status = { phase: 'none', text: 'no bus' };
