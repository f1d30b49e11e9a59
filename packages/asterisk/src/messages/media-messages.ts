import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { LiveRecording } from '../snapshots/live-recording.js';
import type { Playback } from '../snapshots/playback.js';

/** What became of a playback. */
export interface PlaybackSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: Playback | null;
  /** The playback now; `dead` in its last snapshot. */
  readonly new: Playback & {
    /** Whether it is over. */
    readonly dead: boolean;
  };
  /** Present where no event told of it: see `ChannelSnapshotData.reconciled`. */
  readonly reconciled?: true;
}

/**
 * A playback began, went on to its next sound, or is over. On the topic of the channel or bridge that hears it. In Asterisk
 * `stasis_app_playback_snapshot_type`.
 */
export const PlaybackSnapshot: MessageType<PlaybackSnapshotData> = messageType<PlaybackSnapshotData>(
  'stasis_app_playback_snapshot_type',
);

/** What became of a recording. */
export interface RecordingSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: LiveRecording | null;
  /** The recording now; `dead` in its last snapshot. */
  readonly new: LiveRecording & {
    /** Whether it is over. */
    readonly dead: boolean;
  };
  /** Present where no event told of it: see `ChannelSnapshotData.reconciled`. */
  readonly reconciled?: true;
}

/**
 * A recording began, or is over: done or failed. On the topic of the channel or bridge that is recorded. In Asterisk
 * `stasis_app_recording_snapshot_type`.
 */
export const RecordingSnapshot: MessageType<RecordingSnapshotData> = messageType<RecordingSnapshotData>(
  'stasis_app_recording_snapshot_type',
);

/** Everything that is published about playbacks and recordings. */
export type MediaMessage = Message<PlaybackSnapshotData> | Message<RecordingSnapshotData>;
