import { ChannelSnapshot, parseAriTime, type Channel, type ChannelSnapshotData } from '@stasis-rx/asterisk';
import { messageType, type Cache, type Message, type MessageType } from '@stasis-rx/core';
import { durationText } from './duration-text.js';
import { liveRows, type LiveRows } from './live-rows.js';

/** What a channel is doing, for people: each is shown by a shape and a word. */
export type ChannelActivity = 'new' | 'calling' | 'ringing' | 'talking' | 'busy' | 'other';

/** One line of the table of live channels. */
export interface ChannelRow {
  readonly id: string;
  readonly activity: ChannelActivity;
  /** The activity in a word, or Asterisk's own where there is none. */
  readonly state: string;
  /** Name or number of who is at this end; the channel's name where neither is known. */
  readonly caller: string;
  /** The other party, or the extension that was dialled; may be empty. */
  readonly to: string;
  /** How long it has been there, such as `0:05`. */
  readonly duration: string;
}

/** The channels that are alive. */
export type LiveChannels = LiveRows<ChannelRow>;

export const LiveChannels: MessageType<LiveChannels> = messageType<LiveChannels>('wallboard_live_channels');

/** More do not fit on any wall. */
const MOST_ROWS = 30;

const ACTIVITIES: ReadonlyMap<string, readonly [ChannelActivity, string]> = new Map([
  ['Down', ['new', 'New']],
  ['Rsrvd', ['new', 'New']],
  ['OffHook', ['calling', 'Calling']],
  ['Dialing', ['calling', 'Calling']],
  ['Ring', ['calling', 'Calling']],
  ['Ringing', ['ringing', 'Ringing']],
  ['Up', ['talking', 'Talking']],
  ['Busy', ['busy', 'Busy']],
]);

/** @param before what is shown at present */
export function liveChannels(cache: Cache, now: number, before: LiveChannels | undefined): LiveChannels {
  const toRow = ({ data }: Message<ChannelSnapshotData>) => channelRow(data.new, now);
  return liveRows(waitingFirst(cache.dump(ChannelSnapshot)), MOST_ROWS, toRow, before);
}

/** Those that talk need nobody's attention. */
function waitingFirst(snapshots: readonly Message<ChannelSnapshotData>[]): readonly Message<ChannelSnapshotData>[] {
  const talks = ({ data }: Message<ChannelSnapshotData>) => data.new.state === 'Up';
  return [...snapshots.filter((snapshot) => !talks(snapshot)), ...snapshots.filter(talks)];
}

function channelRow(channel: Channel, now: number): ChannelRow {
  const [activity, state] = ACTIVITIES.get(channel.state) ?? (['other', channel.state] as const);
  const { connected, dialplan } = channel;
  const caller = channel.caller.name || channel.caller.number || nameWithoutSerial(channel.name);
  const other = connected.name || connected.number;
  return {
    id: channel.id,
    activity,
    state,
    caller,
    // An originated channel is connected with itself, as far as names go.
    to: other === '' || other === caller ? dialplan.exten : other,
    duration: durationText(now - parseAriTime(channel.creationtime)),
  };
}

/** `PJSIP/ann-00000001` is ann's phone, `Local/sales@queue-0000002a;1` one end of a way to sales. */
function nameWithoutSerial(name: string): string {
  return name.replace(/-[0-9a-f]{8}(;[12])?$/, '');
}
