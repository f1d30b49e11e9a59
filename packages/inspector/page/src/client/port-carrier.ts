import type { CarrierEvents } from './carrier.js';

/** What the page that has the bus sends along with a port. */
const GREETING = 'stasis-rx-inspector';

/** Waits for the page that shows this one, or has opened it, to hand over a port. Another port takes the place of the last. */
export function awaitPort(events: CarrierEvents): void {
  let current: MessagePort | undefined;
  addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
    if (!isOwner(source) || port === undefined || !isGreeting(data)) return;
    current?.close();
    current = port;
    port.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (port === current) events.received(typeof event.data === 'string' ? event.data : JSON.stringify(event.data));
    });
    port.addEventListener('close', () => {
      if (port === current) events.closed('the page of the bus has closed');
    });
    events.opened({ send: (text) => port.postMessage(text), close: () => port.close() });
    port.start();
  });
}

/** Who shows this page, or has opened it, or has opened the page that shows it. */
function isOwner(source: MessageEventSource | null): boolean {
  if (source === null || source === window) return false;
  return source === window.parent || source === window.opener || source === window.parent.opener;
}

function isGreeting(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'is' in data && data.is === GREETING;
}
