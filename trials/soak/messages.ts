import { CacheClear, CacheUpdate, messageType, SubscriptionChange } from '@stasis-rx/core';
import type { CacheUpdateData, Message, MessageType, SubscriptionChangeData } from '@stasis-rx/core';

/** What every published message carries. */
export interface Parcel {
  /** Counts all publishes on the bus: the order in which every subscriber must see them. */
  readonly number: number;
  /** Name of the topic to which it is first published. */
  readonly from: string;
  /** How many handlers published one another's messages until this one. */
  readonly hops: number;
}

/** What a cacheable message carries. */
export interface StateParcel extends Parcel {
  readonly id: number;
}

export const Plain: MessageType<Parcel> = messageType<Parcel>('soak_plain');
export const Formatted: MessageType<Parcel> = messageType<Parcel>('soak_formatted', {
  formatters: { json: ({ data }) => data },
});
export const State: MessageType<StateParcel> = messageType<StateParcel>('soak_state');
/** The bus declines it: it reaches nobody. */
export const Declined: MessageType<Parcel> = messageType<Parcel>('soak_declined');

/** The token of a snapshot that is not there. */
export const NO_SNAPSHOT = 0;

/** The types that are published on topics. */
export const PUBLISHED_TYPES = [Plain, Formatted, State, Declined, CacheClear] as const;

// Millions of messages come by here: their types are compared as they are, which `is` does too, and more.

/** The parcel of a message that the soak published. */
export function parcelOf(message: Message): Parcel {
  return (message.type === CacheClear ? (message as Message<Message>).data.data : message.data) as Parcel;
}

/**
 * A number that stands for a message: that of its parcel, or for a subscription change a negative one. Those of one
 * subscription's coming and going are next to each other.
 */
export function tokenOf(message: Message): number {
  return isChange(message) ? tokenOfChange(message.data) : parcelOf(message).number;
}

/** A number that stands for what a cache holds. */
export function tokenOfSnapshot(snapshot: Message | undefined | null): number {
  return snapshot === undefined || snapshot === null ? NO_SNAPSHOT : parcelOf(snapshot).number;
}

/** Name of the topic to which a message was first published. */
export function originOf(message: Message): string {
  return isChange(message) ? message.data.topic : parcelOf(message).from;
}

/** Whether it tells of a subscription's coming or going. */
export function isChange(message: Message): message is Message<SubscriptionChangeData> {
  return message.type === SubscriptionChange;
}

/** Whether it tells of a change in a cache. */
export function isUpdate(message: Message): message is Message<CacheUpdateData> {
  return message.type === CacheUpdate;
}

/** @param subscription the number of the subscription on its bus: what its id ends with */
export function changeToken(subscription: number, description: SubscriptionChangeData['description']): number {
  return -2 * subscription - (description === 'Unsubscribe' ? 1 : 0);
}

function tokenOfChange({ uniqueId, description }: SubscriptionChangeData): number {
  return changeToken(Number(uniqueId.slice(uniqueId.lastIndexOf('#') + 1)), description);
}

/** What a token stands for, in words. */
export function tokenInWords(token: number | undefined): string {
  if (token === undefined) return 'nothing';
  if (token >= 0) return `message ${token}`;
  const subscription = Math.floor(-token / 2);
  return `${-token % 2 === 0 ? 'Subscribe' : 'Unsubscribe'} of #${subscription}`;
}
