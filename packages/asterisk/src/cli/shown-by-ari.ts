import { isJsonObject } from '../events/ari-fields.js';
import { readRecording } from '../recordings/recording.js';

/** What the events of a recording show of what Asterisk's own statistics count. */
export interface ShownByAri {
  /** Channels that began. */
  readonly begun: number;
  /** Channels that ended. */
  readonly ended: number;
  /** How many events there are for the messages of each type of which ARI shows every one. */
  readonly counts: ReadonlyMap<string, number>;
}

/** The events that stand for one message each, whose type ARI shows in full. */
const MESSAGE_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['ChannelVarset', 'ast_channel_varset_type'],
  ['Dial', 'ast_channel_dial_type'],
  ['ChannelHangupRequest', 'ast_channel_hangup_request_type'],
  ['ChannelUserevent', 'ast_multi_user_event_type'],
  ['ChannelHold', 'ast_channel_hold_type'],
  ['ChannelUnhold', 'ast_channel_unhold_type'],
  ['ChannelDtmfReceived', 'ast_channel_dtmf_end_type'],
  ['ChannelTalkingStarted', 'ast_channel_talking_start'],
]);

/** Reads a recording. @throws RecordingError */
export async function readShown(path: string): Promise<ShownByAri> {
  const events: unknown[] = [];
  for await (const { event } of readRecording(path)) events.push(isJsonObject(event) ? event.type : undefined);
  return countShown(events);
}

/** @param eventTypes of all events */
export function countShown(eventTypes: readonly unknown[]): ShownByAri {
  const counts = new Map([...MESSAGE_TYPES.values()].map((type) => [type, 0]));
  for (const eventType of eventTypes) {
    const type = MESSAGE_TYPES.get(eventType);
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const countOf = (eventType: string) => eventTypes.filter((one) => one === eventType).length;
  return { begun: countOf('ChannelCreated'), ended: countOf('ChannelDestroyed'), counts };
}
