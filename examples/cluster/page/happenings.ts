import type { BridgeEvent } from '@stasis-rx/nats';

const MOST = 8;

/** The last things that happened, the newest first. */
export class Happenings {
  readonly #list: HTMLElement;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  add(event: BridgeEvent): void {
    const text = textOf(event);
    if (text === undefined) return;
    const item = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString('en-GB');
    item.append(time, ` ${text}`);
    this.#list.prepend(item);
    while (this.#list.children.length > MOST) this.#list.lastElementChild?.remove();
  }
}

/** In words; nothing for what is of no interest here. */
function textOf(event: BridgeEvent): string | undefined {
  if (event.type === 'connected') return 'connected to NATS';
  if (event.type === 'disconnected') return 'lost the connection to NATS';
  if (event.type === 'peer-joined') return `${event.peer} joined, epoch ${event.epoch.slice(0, 8)}`;
  if (event.type === 'peer-left') {
    return event.reason === 'lost' ? `${event.peer} was lost: nothing was heard of it` : `${event.peer} left`;
  }
  if (event.type === 'gap') return `${event.missed} messages of ${event.peer} are gone; its snapshots are asked for`;
  return undefined;
}
