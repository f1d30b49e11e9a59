import { messageType } from '@stasis-rx/core';

interface Item {
  readonly id: string;
  readonly n: number;
}

/** An event: not cached. */
export const Note = messageType<Item>('note');
/** A snapshot: cached by id. */
export const State = messageType<Item>('state');
