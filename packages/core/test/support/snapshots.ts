import { messageType, type CacheId, type Message, type MessageOptions } from '../../src/index.js';

export interface Snapshot {
  readonly id: CacheId;
  readonly state: string;
}

/** Two types of snapshots, and one type of messages that no cache takes. */
export const Channel = messageType<Snapshot>('channel');
export const Bridge = messageType<Snapshot>('bridge');
export const Note = messageType<string>('note');

/** The caches' id function. */
export function snapshotId(message: Message): CacheId | undefined {
  return Channel.is(message) || Bridge.is(message) ? message.data.id : undefined;
}

export const channel = (id: CacheId, state = 'up', eid?: string | null): Message<Snapshot> =>
  Channel({ id, state }, optionsOf(eid));

export const bridge = (id: CacheId, state = 'up', eid?: string | null): Message<Snapshot> =>
  Bridge({ id, state }, optionsOf(eid));

function optionsOf(eid: string | null | undefined): MessageOptions {
  return { eid };
}
