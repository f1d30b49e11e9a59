import type { BridgeEvent } from '@stasis-rx/nats';

const MOST = 8;

/** The last things that happened, the newest first. */
export class Happenings {
  readonly #list: HTMLElement;
  #last = '';

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  /** What is of no interest here is left out. */
  addEvent(event: BridgeEvent): void {
    const text = textOf(event);
    if (text !== undefined) this.add(text);
  }

  /** What happens again and again is told once. */
  add(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    const item = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString('en-GB');
    item.append(time, ` ${text}`);
    this.#list.prepend(item);
    while (this.#list.children.length > MOST) this.#list.lastElementChild?.remove();
  }
}

function textOf(event: BridgeEvent): string | undefined {
  switch (event.type) {
    case 'open':
      return 'this page takes part';
    case 'connected':
      return 'connected to NATS';
    case 'disconnected':
      return 'lost the connection to NATS';
    case 'peer-joined':
      return `${event.peer} joined, epoch ${event.epoch.slice(0, 8)}`;
    case 'peer-left':
      return event.reason === 'lost' ? `${event.peer} was lost: nothing was heard of it` : `${event.peer} left`;
    case 'gap':
      return `${event.missed} messages of ${event.peer} are gone; its snapshots are asked for`;
    case 'rejected':
      return `a message of ${event.peer} was dropped: ${event.reason}`;
    case 'duplicate-eid':
      return `two say that they are ${event.peer}`;
    case 'outbox-overflow':
      return `${event.dropped} messages of this page had no room to wait`;
    case 'error':
      return `a request to NATS failed: ${String(event.error)}`;
    case 'snapshot':
    case 'retry':
    case 'unsendable':
    case 'closed':
      return undefined;
  }
}
