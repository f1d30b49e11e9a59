import type { InspectorClient } from './inspector-client.js';
import { awaitPort } from './port-carrier.js';
import { openSocket } from './socket-carrier.js';

/**
 * Connects in the way that the page is shown: inside of the page of the bus, or opened by it, over a port; else, with a
 * token in the address, to who has served it. Without either a recording can be opened.
 */
export function connect(client: InspectorClient): void {
  const token = new URLSearchParams(location.search).get('token');
  if (window.parent !== window || (token === null && window.opener !== null)) {
    client.connecting();
    awaitPort(client.events);
    return;
  }
  if (token === null) return;
  client.connecting();
  openSocket(token, client.events);
}
