import type { CarrierEvents } from './carrier.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 5000;

/** Keeps a WebSocket to the process that has served the page: where it is lost, it is opened again, and again. */
export function openSocket(token: string, events: CarrierEvents): void {
  const url = new URL('/inspect', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ token }).toString();
  let delayMs = FIRST_DELAY_MS;
  let isOver = false;
  const open = (): void => {
    const socket = new WebSocket(url);
    const close = (): void => {
      isOver = true;
      socket.close();
    };
    socket.addEventListener('open', () => {
      delayMs = FIRST_DELAY_MS;
      events.opened({ send: (text) => socket.send(text), close });
    });
    socket.addEventListener('message', ({ data }) => events.received(String(data)));
    socket.addEventListener('close', ({ reason }) => {
      if (isOver) return;
      events.closed(reason);
      setTimeout(open, delayMs);
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    });
  };
  open();
}
