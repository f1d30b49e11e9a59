import { basename } from 'node:path';
import { lastValueFrom, tap } from 'rxjs';
import { WebSocket } from 'ws';
import { connectAri } from '../connection/ari-connection.js';
import type { AriConnection, AriConnectionState } from '../connection/ari-connection-handle.js';
import { ariConnectionSettings } from '../connection/ari-connection-options.js';
import type { AsteriskTopics } from '../topics/asterisk-topics.js';
import { readRecording } from '../recordings/recording.js';
import { replay, type ReplayProgress } from '../recordings/replay.js';
import type { LiveSource, RecordingSource } from './arguments.js';

/** Where the job's events come from. */
export interface JobSource {
  readonly description: string;
  /** `null` when nobody can know. */
  readonly totalEvents: number | null;
  /** A snapshot. */
  progress(): SourceProgress;
  /** Publishes until the source is at its end, or the signal aborts; then it resolves too. Rejects when the source fails. */
  run(asterisk: AsteriskTopics, hooks: SourceHooks): Promise<void>;
}

export interface SourceProgress {
  /** Events so far that were understood. */
  readonly events: number;
  /** Events so far that were unknown or broken. */
  readonly skipped: number;
  /** What the connection to a live Asterisk is doing; `null` for a recording. */
  readonly connection: string | null;
}

export interface SourceHooks {
  readonly signal: AbortSignal;
  /** Told of every event that is unknown or broken, and of what is wrong with a connection that goes on. */
  readonly onError: (error: Error) => void;
}

/**
 * Opens a source; nothing is published yet.
 * @param signal stops the opening, which can take a while for a long recording
 * @throws RecordingError when the recording cannot be read, or is broken somewhere
 * @throws InvalidArgumentError when the address or login of an Asterisk cannot work
 */
export async function openSource(source: RecordingSource | LiveSource, signal: AbortSignal): Promise<JobSource> {
  if (source.kind === 'ari') return liveSource(source);
  return recordingSource(source, await countEvents(source.path, signal));
}

/**
 * Reads the whole recording: one that is broken is found out before anything is shown.
 * @returns `null` when it was stopped
 */
async function countEvents(path: string, signal: AbortSignal): Promise<number | null> {
  let count = 0;
  for await (const _ of readRecording(path)) {
    if (signal.aborted) return null;
    count++;
  }
  return count;
}

function recordingSource({ path, speed }: RecordingSource, totalEvents: number | null): JobSource {
  let last: ReplayProgress = { published: 0, skipped: 0, recordedMs: 0 };
  return {
    description: `${basename(path)}, ${speed === 0 ? 'as fast as possible' : `${speed} times as fast as recorded`}`,
    totalEvents,
    progress: () => ({ events: last.published, skipped: last.skipped, connection: null }),
    run: async (asterisk, { signal, onError }) => {
      const onProgress = (progress: ReplayProgress) => (last = progress);
      try {
        await replay(asterisk, readRecording(path), { speed, signal, onError, onProgress });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** Connects when it runs. An Asterisk that cannot be reached at first is an error; one that is lost later is waited for. */
function liveSource({ url, app, apiKey }: LiveSource): JobSource {
  const { address } = ariConnectionSettings('--ari', { url, app, apiKey, WebSocket });
  let connection: AriConnection | undefined;
  let state: AriConnectionState = { state: 'connecting' };
  return {
    description: `${address.shown}, application ${app}`,
    totalEvents: null,
    progress: () => {
      const { published = 0, skipped = 0 } = connection?.statistics() ?? {};
      return { events: published, skipped, connection: describeState(state) };
    },
    run: async (asterisk, { signal, onError }) => {
      // The one that ends the connection is told by its state.
      const onWarning = (error: Error) => {
        if (state.state !== 'failed') onError(error);
      };
      connection = connectAri(asterisk, { url, app, apiKey, signal, onError: onWarning, WebSocket });
      let wasOpen = false;
      const follow = (next: AriConnectionState) => {
        state = next;
        wasOpen ||= next.state === 'open';
        if (next.state === 'failed' || (next.state === 'waiting' && !wasOpen)) throw next.error;
      };
      await lastValueFrom(connection.state$.pipe(tap(follow))).finally(() => connection?.close());
    },
  };
}

function describeState(state: AriConnectionState): string {
  if (state.state === 'open') return 'connected';
  return state.state === 'waiting' ? `waiting ${Math.ceil(state.delayMs / 1000)} s to connect again` : state.state;
}
